import { type Certificate, parseCertificate } from '../pki/x509/certificate.ts';
import { isSameName } from '../pki/x509/distinguished-name.ts';
import type { KeptIssuer } from './ports.ts';

/** The authority that issues now, then those over it as far as they are known here, up to one that signed itself. */
export function activeChain(issuers: readonly KeptIssuer[]): Certificate[] {
  const active = issuers.find(({ role, status }) => role === 'issuing' && status === 'active');
  if (active === undefined) return [];
  const known = issuers.map(({ certificateDer }) => parseCertificate(certificateDer));
  const chain = [parseCertificate(active.certificateDer)];
  for (;;) {
    const child = chain.at(-1);
    const parent = known.find(
      ({ subject, subjectKeyIdentifier, der }) =>
        child !== undefined &&
        isSameName(subject, child.issuer) &&
        (child.authorityKeyIdentifier ?? subjectKeyIdentifier) === subjectKeyIdentifier &&
        chain.every((other) => Buffer.compare(other.der, der) !== 0),
    );
    if (parent === undefined) return chain;
    chain.push(parent);
  }
}
