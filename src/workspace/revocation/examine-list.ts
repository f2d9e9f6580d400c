/** What a revocation list says about a serial number, and about the certificates that a person has. */
import type { SerialNumber, Sha256Fingerprint } from '../../kernel/brand.ts';
import type { IndexedRevocationList } from '../../pki/crl/indexed-revocation-list.ts';
import type { RevokedEntry } from '../../pki/crl/revoked-entry.ts';
import { nameKeyOf } from '../stores/describe-certificate.ts';
import type { KnownCertificate } from '../stores/known-certificate.ts';

export interface ListedCertificate {
  readonly sha256: Sha256Fingerprint;
  readonly owner: string;
  readonly notAfter: Date;
  /** Undefined: it is not on the list. */
  readonly entry: RevokedEntry | undefined;
}

/** The first of these numbers that is on the list; several entries where an indirect list has other issuers' too. */
export function searchList(
  list: IndexedRevocationList,
  serialNumbers: readonly SerialNumber[],
): readonly RevokedEntry[] {
  for (const serialNumber of serialNumbers) {
    const entries = list.findEntries(serialNumber);
    if (entries.length > 0) return entries;
  }
  return [];
}

type Facts = Pick<KnownCertificate, 'sha256' | 'owner' | 'notAfter' | 'serialNumber' | 'issuerKey' | 'isCa'>;

/**
 * Those of the certificates that the list speaks about (RFC 5280, 5.2.5: some lists are about authorities only, or about
 * everybody but them; an indirect one names other issuers' certificates too), the revoked ones first.
 */
export function concernedBy(
  list: IndexedRevocationList,
  certificates: readonly Facts[],
): readonly ListedCertificate[] {
  const scope = list.issuingDistributionPoint;
  if (scope?.onlyContainsAttributeCerts) return [];
  const listKey = nameKeyOf(list.issuer);
  return certificates
    .flatMap(({ sha256, owner, notAfter, serialNumber, issuerKey, isCa }): ListedCertificate[] => {
      if ((scope?.onlyContainsUserCerts && isCa) || (scope?.onlyContainsCACerts && !isCa)) return [];
      const entry = list
        .findEntries(serialNumber)
        .find(({ certificateIssuer }) => nameKeyOf(certificateIssuer ?? list.issuer) === issuerKey);
      if (entry === undefined && issuerKey !== listKey) return [];
      return [{ sha256, owner, notAfter, entry: entry?.isRemoved ? undefined : entry }];
    })
    .toSorted((a, b) => Number(b.entry !== undefined) - Number(a.entry !== undefined));
}
