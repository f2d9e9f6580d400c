import type { Actor } from '../../kernel/audit-event.ts';
import type { AccountId, Brand, SessionId, Sha256Fingerprint } from '../../kernel/brand.ts';
import type { DssFailure } from '../protocol/dss-error.ts';

export type DssConnectionId = Brand<string, 'DssConnectionId'>;

/** What a person has written down about a DSS. Never a password, never a token. */
export interface DssConnection {
  readonly id: DssConnectionId;
  readonly accountId: AccountId;
  readonly name: string;
  readonly authorizationServer: string;
  readonly dssServer: string;
  /** «Использовать подтверждения КриптоПро DSS 2.0». */
  readonly usesV2: boolean;
  readonly login: string;
  readonly createdAt: Date;
  readonly refreshedAt: Date | undefined;
  /** The last thing that went wrong, until something goes well. */
  readonly failed: { readonly failure: DssFailure; readonly at: Date } | undefined;
}

export interface ConnectionCertificate {
  readonly dssId: string;
  /** Undefined: it could not be read. */
  readonly sha256: Sha256Fingerprint | undefined;
  readonly owner: string;
  readonly notAfter: Date | undefined;
  readonly status: string;
  readonly hasPin: boolean;
  readonly isDefault: boolean;
  /** When the server listed it no more. */
  readonly vanishedAt: Date | undefined;
}

export type CertificateOfConnection = Omit<ConnectionCertificate, 'vanishedAt'>;

interface Change {
  readonly accountId: AccountId;
  readonly actor: Actor;
  readonly now: Date;
}

/** A person's own connections; nobody else's can be reached through it. */
export interface DssConnectionPort {
  /** By name. */
  listConnections(accountId: AccountId): Promise<readonly DssConnection[]>;
  findConnection(accountId: AccountId, id: DssConnectionId): Promise<DssConnection | undefined>;
  listCertificates(id: DssConnectionId): Promise<readonly ConnectionCertificate[]>;
  /** @throws {ProblemError} `dss-name-taken` */
  addConnection(
    change: Change & { readonly connection: Omit<DssConnection, 'createdAt' | 'refreshedAt' | 'failed'> },
  ): Promise<void>;
  /** What the server lists now; what it lists no more is marked so. Whatever had failed is forgotten. */
  recordCertificates(
    change: Change & {
      readonly id: DssConnectionId;
      readonly certificates: readonly CertificateOfConnection[];
    },
  ): Promise<void>;
  /** In the journal and among «События»; with `id` it stays beside the connection as well. */
  recordFailure(change: Change & { readonly failure: RecordedFailure }): Promise<void>;
  recordTestSignature(
    change: Change & {
      readonly id: DssConnectionId;
      readonly sha256: Sha256Fingerprint;
      readonly outcome: 'verified' | 'not-verified';
    },
  ): Promise<void>;
  /** @throws {ProblemError} `dss-name-taken` */
  renameConnection(
    change: Change & { readonly id: DssConnectionId; readonly name: string },
  ): Promise<'renamed' | 'missing'>;
  removeConnection(
    change: Change & { readonly id: DssConnectionId; readonly certificates: 'kept' | 'removed' },
  ): Promise<'removed' | 'missing'>;
  /** Those of these sessions that are not over. */
  listLiveSessions(ids: readonly SessionId[], now: Date): Promise<readonly SessionId[]>;
}

export interface RecordedFailure {
  readonly id: DssConnectionId | undefined;
  readonly connectionName: string;
  readonly authorizationServer: string;
  readonly dssServer: string;
  readonly step: string;
  readonly failure: DssFailure;
  readonly status?: number;
  readonly serverCode?: string;
}

/** What was read of a certificate on its way into «Личные». */
export interface ImportedFromDss {
  readonly sha256: Sha256Fingerprint;
  readonly owner: string;
  readonly notAfter: Date;
}

/** The person's certificates, joined by the application. */
export interface CertificateImportPort {
  /** One answer for each, in their order; undefined: it cannot be read and was left out. */
  importFromDss(
    change: Change & { readonly connectionName: string; readonly certificatesDer: readonly Uint8Array[] },
  ): Promise<readonly (ImportedFromDss | undefined)[]>;
  readCertificate(
    accountId: AccountId,
    sha256: Sha256Fingerprint,
  ): Promise<{ readonly der: Uint8Array; readonly owner: string } | undefined>;
  removeFromWorkspace(change: Change & { readonly sha256s: readonly Sha256Fingerprint[] }): Promise<unknown>;
}
