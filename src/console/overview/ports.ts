import type { AccessCertificateId, AccountId } from '../../kernel/brand.ts';

export interface Overview {
  readonly accounts: {
    readonly active: number;
    readonly blocked: number;
    readonly withoutCertificate: number;
  };
  readonly present: {
    readonly people: number;
    readonly sessions: number;
    readonly newest: readonly {
      readonly accountId: AccountId;
      readonly login: string;
      readonly displayName: string;
      readonly lastSeenAt: Date;
      readonly address: string;
    }[];
  };
  /** Of those that are somebody's current one. */
  readonly certificates: Readonly<Record<'active' | 'expired' | 'suspended' | 'revoked', number>>;
  readonly expiring: {
    readonly in7: number;
    readonly in30: number;
    readonly first: readonly {
      readonly id: AccessCertificateId;
      readonly accountId: AccountId;
      readonly login: string;
      readonly displayName: string;
      readonly notAfter: Date;
    }[];
  };
  /** `step` counts from 0 at `from`. */
  readonly refusals: readonly { readonly step: number; readonly reason: string; readonly count: number }[];
  readonly entries: number;
  readonly signInFailures: number;
  readonly messages: {
    readonly delivered: number;
    readonly waiting: number;
    readonly failed: number;
    readonly failures: readonly { readonly category: string; readonly count: number }[];
  };
}

export interface OverviewPort {
  readOverview(query: {
    readonly now: Date;
    readonly from: Date;
    readonly stepSeconds: number;
    /** Of each list. */
    readonly limit: number;
  }): Promise<Overview>;
}
