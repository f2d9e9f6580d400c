/** Whether a list speaks about a certificate (RFC 5280, 6.3.3 (b)). */
import type { IndexedRevocationList } from '../../crl/indexed-revocation-list.ts';
import type { Certificate } from '../../x509/certificate.ts';
import type { DistinguishedName } from '../../x509/distinguished-name.ts';
import {
  ALL_REASONS,
  type DistributionPoint,
  distributionPointNameKeys,
  type ReasonMask,
} from '../../x509/distribution-point.ts';
import { isEquivalentName, nameKey } from '../../x509/name-comparison.ts';

/** The point that 6.3.3 assumes beside those of the certificate: the name of the issuer. */
export function assumedPoint({ issuer }: Certificate): DistributionPoint {
  return { name: { kind: 'full', names: [{ form: 'directoryName', name: issuer }] } };
}

export function issuersOfLists(
  point: DistributionPoint,
  { issuer }: Certificate,
): readonly DistinguishedName[] {
  return point.issuers ?? [issuer];
}

/** (b) (1) and (2); the issuer's name is the right one already. */
export function isInScope(
  list: IndexedRevocationList,
  point: DistributionPoint,
  certificate: Certificate,
): boolean {
  const scope = list.issuingDistributionPoint;
  // Another authority's list about certificates of this one must say that it is indirect.
  if (point.issuers && !scope?.indirectCRL) return false;
  if (!scope) return true;
  const isAuthority = certificate.basicConstraints?.ca === true;
  if (scope.onlyContainsUserCerts && isAuthority) return false;
  if (scope.onlyContainsCACerts && !isAuthority) return false;
  if (scope.onlyContainsAttributeCerts) return false;
  if (!scope.name) return true;
  const listNames = new Set(distributionPointNameKeys(scope.name, [list.issuer]));
  const pointNames = point.name
    ? distributionPointNameKeys(point.name, point.issuers ?? [certificate.issuer])
    : (point.issuers ?? []).map((name) => `directoryName:${nameKey(name)}`);
  return pointNames.some((name) => listNames.has(name));
}

/** (d). */
export function reasonsOf(list: IndexedRevocationList, point: DistributionPoint): ReasonMask {
  return (point.reasons ?? ALL_REASONS) & (list.issuingDistributionPoint?.onlySomeReasons ?? ALL_REASONS);
}

/** 5.2.4 and 6.3.3 (c): the same issuer, scope and key, and numbers that follow one another. */
export function isDeltaOf(delta: IndexedRevocationList, complete: IndexedRevocationList): boolean {
  return (
    delta.deltaBaseNumber !== undefined &&
    delta.number !== undefined &&
    complete.number !== undefined &&
    complete.number >= delta.deltaBaseNumber &&
    complete.number < delta.number &&
    isEquivalentName(delta.issuer, complete.issuer) &&
    delta.authorityKeyIdentifier === complete.authorityKeyIdentifier &&
    Buffer.compare(
      delta.issuingDistributionPointDer ?? new Uint8Array(0),
      complete.issuingDistributionPointDer ?? new Uint8Array(0),
    ) === 0
  );
}
