/**
 * Looks at the certificate that the server shows to browsers, before anything listens. Everything at once, each
 * finding with what to do; an `error` means that browsers will not open the site, a `warning` that some may not.
 *
 * Whether browsers trust the authority at the end of the chain cannot be known here.
 */
import { OID } from '../der/oid.ts';
import type { Certificate } from '../x509/certificate.ts';
import { isSameName } from '../x509/distinguished-name.ts';
import { findKeyWeakness, publicKeyOf, readPrivateKey } from '../x509/key-pair.ts';
import { isSignedBy } from '../x509/verify-certificate-signature.ts';
import { coversHostName } from './host-name-match.ts';

export type ServerCertificateFindingCode =
  | 'certificate-none'
  | 'key-mismatch'
  | 'order-wrong'
  | 'chain-incomplete'
  | 'chain-unrelated'
  | 'host-not-covered'
  | 'not-yet-valid'
  | 'expired'
  | 'expires-soon'
  | 'authority-not-valid'
  | 'purpose-missing'
  | 'is-authority'
  | 'key-weak';

export interface ServerCertificateFinding {
  readonly code: ServerCertificateFindingCode;
  readonly severity: 'error' | 'warning';
  /** What is wrong and what to do. */
  readonly text: string;
  readonly hostName?: string;
}

export interface ServerCertificateCheck {
  readonly certificates: readonly Certificate[];
  /** PKCS#8 in DER. */
  readonly privateKeyPkcs8: Uint8Array;
  readonly hostNames: readonly string[];
  readonly now: Date;
}

const EXPIRES_SOON_MS = 14 * 24 * 60 * 60 * 1000;

/** No finding: all is well. @throws {ProblemError} `der-invalid` when the private key cannot be read. */
export function checkServerCertificate(input: ServerCertificateCheck): readonly ServerCertificateFinding[] {
  const publicKey = publicKeyOf(readPrivateKey(input.privateKeyPkcs8));
  const [first] = input.certificates;
  if (!first)
    return [
      finding(
        'certificate-none',
        'error',
        'there is no certificate; give the server’s own and its authorities',
      ),
    ];
  const leaf = input.certificates.find(({ publicKeySpki }) => Buffer.compare(publicKeySpki, publicKey) === 0);
  if (!leaf) {
    return [
      finding(
        'key-mismatch',
        'error',
        `the private key belongs to none of the certificates (the first is for ${first.subject.text}); give the key that this certificate was requested with`,
      ),
    ];
  }
  return [
    ...checkOrder(input.certificates, leaf),
    ...checkNames(leaf, input.hostNames),
    ...checkDates(leaf, input.now),
    ...checkPurpose(leaf),
    ...checkChain(input.certificates, leaf, input.now),
  ];
}

function checkOrder(certificates: readonly Certificate[], leaf: Certificate): ServerCertificateFinding[] {
  const wanted = chainOf(certificates, leaf);
  // RFC 8446, 4.4.2: the server's own first, each next one certifies the one before.
  const isInOrder = wanted.every((certificate, index) => certificates[index] === certificate);
  return isInOrder
    ? []
    : [
        finding(
          'order-wrong',
          certificates[0] === leaf ? 'warning' : 'error',
          `the certificates stand in the wrong order; put them in this one: ${wanted.map(({ subject }) => subject.text).join(' | ')}`,
        ),
      ];
}

function checkNames(leaf: Certificate, hostNames: readonly string[]): ServerCertificateFinding[] {
  const names = leaf.subjectAltName?.dnsNames ?? [];
  return hostNames
    .filter((hostName) => !names.some((name) => coversHostName(name, hostName)))
    .map((hostName) => ({
      ...finding(
        'host-not-covered',
        'error',
        `the certificate is not for ${hostName} but for ${names.join(', ') || 'no host name at all'}; request one that has ${hostName} among its subject alternative names`,
      ),
      hostName,
    }));
}

function checkDates(leaf: Certificate, now: Date): ServerCertificateFinding[] {
  const { notBefore, notAfter } = leaf;
  if (now < notBefore) {
    return [
      finding(
        'not-yet-valid',
        'error',
        `the certificate is valid from ${notBefore.toISOString()} only; wait, or check the clock of this machine`,
      ),
    ];
  }
  if (now > notAfter) {
    return [finding('expired', 'error', `the certificate expired at ${notAfter.toISOString()}; renew it`)];
  }
  return notAfter.getTime() - now.getTime() < EXPIRES_SOON_MS
    ? [finding('expires-soon', 'warning', `the certificate expires at ${notAfter.toISOString()}; renew it`)]
    : [];
}

function checkPurpose(leaf: Certificate): ServerCertificateFinding[] {
  const purposes = leaf.extendedKeyUsage;
  const usages = leaf.keyUsage;
  const findings: ServerCertificateFinding[] = [];
  if (purposes && !purposes.includes(OID.serverAuth) && !purposes.includes(OID.anyExtendedKeyUsage)) {
    findings.push(
      finding(
        'purpose-missing',
        'error',
        'the certificate is not for servers (its extended key usage lacks serverAuth); request a server certificate',
      ),
    );
  }
  if (usages && !usages.includes('digitalSignature')) {
    findings.push(
      finding(
        'purpose-missing',
        'error',
        'the key of the certificate may not sign (its key usage lacks digitalSignature), which TLS 1.3 needs; request another',
      ),
    );
  }
  const weakness = findKeyWeakness(leaf.publicKeySpki);
  if (weakness !== undefined) {
    findings.push(
      finding(
        'key-weak',
        'warning',
        `${weakness}, which browsers may refuse; request a certificate for a P-256 or an RSA-2048 key`,
      ),
    );
  }
  if (leaf.basicConstraints?.ca) {
    findings.push(
      finding(
        'is-authority',
        'warning',
        'this is the certificate of an authority, which browsers may refuse for a server; request a server certificate',
      ),
    );
  }
  return findings;
}

function checkChain(
  certificates: readonly Certificate[],
  leaf: Certificate,
  now: Date,
): ServerCertificateFinding[] {
  const chain = chainOf(certificates, leaf);
  const last = chain.at(-1) ?? leaf;
  const findings: ServerCertificateFinding[] = [];
  const isSelfIssued = isSameName(last.subject, last.issuer);
  // A root need not be sent, so an authority above the server's own certificate is enough; nothing above it is not.
  if (chain.length === 1 && !isSelfIssued) {
    findings.push(
      finding(
        'chain-incomplete',
        'warning',
        `the certificate of ${last.issuer.text} is missing; add it after the server’s own, or browsers that do not know it refuse the site`,
      ),
    );
  }
  for (const authority of chain.slice(1)) {
    if (now > authority.notAfter || now < authority.notBefore) {
      findings.push(
        finding(
          'authority-not-valid',
          'error',
          `the certificate of the authority ${authority.subject.text} is not valid now (until ${authority.notAfter.toISOString()}); get its new certificate from the authority`,
        ),
      );
    }
  }
  for (const stranger of certificates.filter((certificate) => !chain.includes(certificate))) {
    findings.push(
      finding(
        'chain-unrelated',
        'warning',
        `the certificate of ${stranger.subject.text} does not belong to the chain; remove it`,
      ),
    );
  }
  return findings;
}

/** From the leaf upwards, as far as the given certificates reach; by name and by signature. */
function chainOf(certificates: readonly Certificate[], leaf: Certificate): Certificate[] {
  const chain = [leaf];
  for (;;) {
    const last = chain.at(-1) ?? leaf;
    const next = certificates.find((candidate) => !chain.includes(candidate) && isSignedBy(last, candidate));
    if (!next) return chain;
    chain.push(next);
  }
}

function finding(
  code: ServerCertificateFindingCode,
  severity: 'error' | 'warning',
  text: string,
): ServerCertificateFinding {
  return { code, severity, text };
}
