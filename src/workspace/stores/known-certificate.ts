import type { SerialNumber, Sha256Fingerprint } from '../../kernel/brand.ts';

/** The stores of certificates; revocation lists have one of their own. */
export const CERTIFICATE_STORES = ['personal', 'others', 'authorities'] as const;
export type CertificateStore = (typeof CERTIFICATE_STORES)[number];

/** How a certificate or list came here. */
export type SourceKind = 'file' | 'paste' | 'dss' | 'fetched' | 'administrator' | 'access';

/** What a certificate says, as it is listed, sorted and searched. Texts are safe to show. */
export interface KnownCertificate {
  readonly sha256: Sha256Fingerprint;
  readonly der: Uint8Array;
  /** SHA-256 of the name as RFC 5280, 7.1 compares it; equal keys mean equal names. */
  readonly subjectKey: string;
  readonly issuerKey: string;
  readonly serialNumber: SerialNumber;
  /** Hexadecimal, lower case. */
  readonly subjectKeyIdentifier: string | undefined;
  readonly authorityKeyIdentifier: string | undefined;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly owner: string;
  readonly issuerName: string;
  /** Empty: none. */
  readonly organisation: string;
  readonly inn: string | undefined;
  /** «ИНН ЮЛ», of the organisation. */
  readonly innLe: string | undefined;
  readonly snils: string | undefined;
  /** Or ОГРНИП. */
  readonly ogrn: string | undefined;
  readonly email: string | undefined;
  /** For example `gost-2012-256`, `rsa-2048`, `ec-p-256`; an object identifier where there is no name for it. */
  readonly algorithm: string;
  readonly isCa: boolean;
  /** Subject and issuer are the same. */
  readonly isSelfIssued: boolean;
  /** Lower case, of everything that people search by. */
  readonly searchText: string;
}

/** What a revocation list says, without its entries. */
export interface KnownList {
  readonly sha256: Sha256Fingerprint;
  readonly der: Uint8Array;
  readonly issuerKey: string;
  readonly issuerName: string;
  readonly authorityKeyIdentifier: string | undefined;
  readonly number: bigint | undefined;
  /** Of a delta list: the complete list that it goes with. */
  readonly baseNumber: bigint | undefined;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly entryCount: number;
  readonly searchText: string;
}
