import type { IssuerId } from '../../kernel/brand.ts';

/** An issuer for looking at: its key stays sealed. */
export interface WatchedIssuer {
  readonly id: IssuerId;
  readonly role: 'root' | 'issuing';
  readonly status: 'active' | 'retired';
  readonly certificateDer: Uint8Array;
  readonly hasKey: boolean;
  /** Certificates of people that are active and not past their end. */
  readonly certificates: number;
  readonly list:
    | { readonly number: number; readonly thisUpdate: Date; readonly nextUpdate: Date }
    | undefined;
}

export interface AuthorityPort {
  /** Those that sign now first, then by age, the youngest first. */
  listWatchedIssuers(now: Date): Promise<readonly WatchedIssuer[]>;
  findIssuerRequestTime(): Promise<Date | undefined>;
}
