import type { Actor } from '../../kernel/audit-event.ts';
import type { AccountId, Sha256Fingerprint } from '../../kernel/brand.ts';
import type { CertificateStore, KnownCertificate, KnownList, SourceKind } from './known-certificate.ts';
import type { SearchQuery } from './search-text.ts';

export const CHECK_STATES = ['checking', 'valid', 'valid-expires-soon', 'unknown', 'invalid'] as const;
export type CheckState = (typeof CHECK_STATES)[number];

/** Whose anchor it is: this person's own, everybody's, both, nobody's. */
export type AnchorScope = 'none' | 'own' | 'everybody' | 'own-and-everybody';

/** A certificate in a person's workspace. */
export interface CertificateEntry {
  readonly certificate: Omit<KnownCertificate, 'der' | 'searchText'>;
  readonly store: CertificateStore;
  /** Its key is where the certificate came from: in the file that stayed with the person, in a DSS, in their browser. */
  readonly hasKeyElsewhere: boolean;
  readonly sources: readonly SourceKind[];
  readonly addedAt: Date;
  readonly state: CheckState;
  readonly reason: string | undefined;
  readonly anchor: AnchorScope;
}

export interface CertificateCard extends CertificateEntry {
  readonly der: Uint8Array;
  readonly sourceDetails: readonly {
    readonly kind: SourceKind;
    readonly detail: string;
    readonly at: Date;
  }[];
}

export interface ListEntry {
  readonly list: Omit<KnownList, 'der' | 'searchText'>;
  readonly size: number;
  readonly sources: readonly SourceKind[];
  readonly addedAt: Date;
}

export const CERTIFICATE_SORTS = [
  'owner',
  'issuer',
  'organisation',
  'not-before',
  'not-after',
  'added',
  'algorithm',
] as const;
export type CertificateSort = (typeof CERTIFICATE_SORTS)[number];

export interface CertificateQuery {
  readonly accountId: AccountId;
  /** Undefined: of all stores. */
  readonly store: CertificateStore | undefined;
  readonly search: SearchQuery | undefined;
  readonly state: CheckState | undefined;
  readonly ends: 'expired' | 'soon' | 'later' | undefined;
  readonly source: SourceKind | undefined;
  /** Only those of this issuer, by its key. */
  readonly issuerKey: string | undefined;
  readonly organisation: string | undefined;
  readonly algorithm: string | undefined;
  /** Rows of a group stand together, in the order of the groups. */
  readonly group?: GroupBy | undefined;
  readonly sort: CertificateSort;
  readonly direction: 'ascending' | 'descending';
  readonly offset: number;
  readonly limit: number;
  readonly now: Date;
}

export interface StoreCount {
  readonly store: CertificateStore | 'revocation-lists';
  readonly count: number;
  /** Invalid, unknown or expired; of lists: out of date. */
  readonly problems: number;
}

/** A value that many of the found certificates share, with how many do. */
export interface CertificateGroup {
  readonly value: string;
  readonly title: string;
  readonly count: number;
}

export type GroupBy = 'store' | 'owner' | 'issuer' | 'status' | 'organisation' | 'algorithm';

/** What a person has. Nobody else's entries can be reached through it. */
export interface WorkspacePort {
  listCertificates(query: CertificateQuery): Promise<{
    readonly total: number;
    readonly entries: readonly CertificateEntry[];
  }>;
  /** In the order of the rows; at most 10,000. */
  groupCertificates(query: CertificateQuery, by: GroupBy): Promise<readonly CertificateGroup[]>;
  countStores(accountId: AccountId, now: Date): Promise<readonly StoreCount[]>;
  findCertificate(accountId: AccountId, sha256: Sha256Fingerprint): Promise<CertificateCard | undefined>;
  /** Those of these that the person has, removed ones included. */
  findPresence(
    accountId: AccountId,
    sha256s: readonly Sha256Fingerprint[],
  ): Promise<ReadonlyMap<Sha256Fingerprint, 'here' | 'removed'>>;
  /** The person's certificates of these owners (subject keys), to tell renewed ones. */
  findBySubject(
    accountId: AccountId,
    subjectKeys: readonly string[],
  ): Promise<readonly Omit<KnownCertificate, 'der' | 'searchText'>[]>;
  /** In the order asked for; those that the person has. */
  readCertificates(
    accountId: AccountId,
    sha256s: readonly Sha256Fingerprint[],
  ): Promise<readonly Pick<KnownCertificate, 'sha256' | 'der' | 'owner' | 'notAfter'>[]>;
  /** Those with one of these names that this person can know: their own and the anchors of everybody. */
  readIssuers(accountId: AccountId, subjectKey: string): Promise<readonly KnownCertificate[]>;
  listLists(query: {
    readonly accountId: AccountId;
    readonly search: SearchQuery | undefined;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ readonly total: number; readonly entries: readonly ListEntry[] }>;
  findList(accountId: AccountId, sha256: Sha256Fingerprint): Promise<ListEntry | undefined>;
  /** Whoever has it: ask {@link findList} first. */
  readListDer(sha256: Sha256Fingerprint): Promise<Uint8Array | undefined>;
  /** The newest of each issuer that the person has, to tell whether another is newer. */
  findListsOfIssuers(
    accountId: AccountId,
    issuerKeys: readonly string[],
  ): Promise<readonly ListEntry['list'][]>;
  /** The certificate of this server's own authority that is the person's current one. */
  findAccessCertificate(
    accountId: AccountId,
  ): Promise<
    { readonly sha256: Sha256Fingerprint; readonly der: Uint8Array; readonly isKnown: boolean } | undefined
  >;
  /** Of this person: it is checked as the others are. */
  rememberCertificate(accountId: AccountId, certificate: KnownCertificate, now: Date): Promise<void>;
}

export interface ImportedCertificate {
  readonly certificate: KnownCertificate;
  readonly store: CertificateStore;
  readonly hasKeyElsewhere: boolean;
  readonly source: SourceKind;
  /** Name of the file, of the connection; empty: none. */
  readonly detail: string;
}

export interface ImportedList {
  readonly list: KnownList;
  readonly source: SourceKind;
  readonly detail: string;
}

interface Change {
  readonly accountId: AccountId;
  readonly actor: Actor;
  readonly now: Date;
}

export interface WorkspaceChangePort {
  /** In one transaction. What is there already gets its new source, and comes back where it had been removed. */
  addToWorkspace(
    change: Change & {
      readonly certificates: readonly ImportedCertificate[];
      readonly lists: readonly ImportedList[];
    },
  ): Promise<{ readonly added: number; readonly alreadyThere: number }>;
  /** Certificates and lists. They stay for 30 days. Returns which went. */
  removeFromWorkspace(
    change: Change & { readonly sha256s: readonly Sha256Fingerprint[] },
  ): Promise<readonly Sha256Fingerprint[]>;
  /** Returns how many came back. */
  restoreToWorkspace(change: Change & { readonly sha256s: readonly Sha256Fingerprint[] }): Promise<number>;
  moveToStore(
    change: Change & { readonly sha256: Sha256Fingerprint; readonly store: CertificateStore },
  ): Promise<'moved' | 'missing'>;
  /** `everybody`: the caller has asked for the role of an administrator. */
  installAnchor(
    change: Change & { readonly sha256: Sha256Fingerprint; readonly scope: 'own' | 'everybody' },
  ): Promise<'installed' | 'missing' | 'not-an-authority'>;
  withdrawAnchor(
    change: Change & { readonly sha256: Sha256Fingerprint; readonly scope: 'own' | 'everybody' },
  ): Promise<'withdrawn' | 'missing'>;
  /** Written to the journal. */
  recordExport(
    change: Change & { readonly sha256s: readonly Sha256Fingerprint[]; readonly format: string },
  ): Promise<void>;
  /** What has been in the bin for 30 days. */
  purgeRemoved(before: Date): Promise<number>;
}
