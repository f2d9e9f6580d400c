/** Certificates by subject, for finding issuers (RFC 4158). */
import type { Certificate } from '../../x509/certificate.ts';
import type { DistinguishedName } from '../../x509/distinguished-name.ts';
import { nameKey } from '../../x509/name-comparison.ts';
import type { TrustAnchor } from '../path-inputs.ts';

export class CertificatePool {
  readonly #bySubject = new Map<string, Certificate[]>();
  readonly #anchorsByName = new Map<string, TrustAnchor[]>();

  constructor(certificates: readonly Certificate[], anchors: readonly TrustAnchor[]) {
    const seen = new Set<string>();
    for (const certificate of certificates) {
      if (seen.has(certificate.sha256Fingerprint)) continue;
      seen.add(certificate.sha256Fingerprint);
      append(this.#bySubject, nameKey(certificate.subject), certificate);
    }
    for (const anchor of anchors) append(this.#anchorsByName, nameKey(anchor.name), anchor);
  }

  findAnchors(name: DistinguishedName): readonly TrustAnchor[] {
    return this.#anchorsByName.get(nameKey(name)) ?? [];
  }

  /**
   * The most likely first (RFC 4158, 3.5): its key identifier is the one that is named, it is valid now, it is new. An
   * identifier is a hint; who has another one comes last and is not left out.
   */
  findBySubject(
    name: DistinguishedName,
    keyIdentifier: string | undefined,
    time: Date,
  ): readonly Certificate[] {
    const found = this.#bySubject.get(nameKey(name));
    if (!found || found.length < 2) return found ?? [];
    return found
      .map((certificate) => ({ certificate, rank: rankOf(certificate, keyIdentifier, time) }))
      .sort(
        (left, right) =>
          left.rank - right.rank ||
          right.certificate.notBefore.getTime() - left.certificate.notBefore.getTime(),
      )
      .map(({ certificate }) => certificate);
  }
}

function rankOf(certificate: Certificate, keyIdentifier: string | undefined, time: Date): number {
  const own = certificate.subjectKeyIdentifier;
  const byKey = keyIdentifier === undefined || own === undefined ? 1 : own === keyIdentifier ? 0 : 2;
  const isInTime = certificate.notBefore <= time && time <= certificate.notAfter;
  return byKey * 2 + (isInTime ? 0 : 1);
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
