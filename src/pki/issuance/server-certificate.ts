/**
 * A TLS server certificate for demonstrations and tests, from an authority of its own whose key is forgotten at once:
 * nobody should ever have to trust the authority of people's certificates for servers.
 */
import type { IssuerId } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { OID } from '../der/oid.ts';
import { encodePem } from '../pem/pem.ts';
import { encodeDistinguishedName } from '../x509/distinguished-name.ts';
import { findKeyWeakness, generateKeyPair } from '../x509/key-pair.ts';
import { makeSerialNumber } from '../x509/serial-number.ts';
import { type AuthorityName, checkWithinIssuer, createRootCa, type IssuanceDeps } from './authority.ts';
import {
  assembleCertificate,
  type CertificateTemplate,
  encodeTbsCertificate,
} from './certificate-builder.ts';
import {
  authorityKeyIdentifier,
  extendedKeyUsage,
  keyUsage,
  subjectAltName,
  subjectKeyIdentifier,
} from './extension-values.ts';
import type { IssuedCertificate } from './issue-certificate.ts';
import { type Issuer, issuerSignatureAlgorithm, signAs } from './issuer.ts';
import { lintCertificate } from './lint-certificate.ts';
import { backdated, daysAfter } from './validity.ts';

/** Browsers refuse server certificates of more than 398 days. */
const MAX_SERVER_VALIDITY_DAYS = 397;
/** RFC 1034, 3.5, letters in either case; the first label may be `*` (RFC 9525, 6.3). */
const DNS_NAME =
  /^(?=.{1,253}$)(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** @throws {ProblemError} `certificate-unusable`, `issuer-unavailable` */
export function createServerCertificate(
  input: {
    readonly issuer: Issuer;
    /** The first becomes the subject's CN, all of them dNSNames. */
    readonly hostNames: readonly string[];
    readonly publicKeySpki: Uint8Array;
    readonly validityDays?: number;
  },
  deps: IssuanceDeps,
): IssuedCertificate {
  const { issuer, hostNames, publicKeySpki, validityDays = MAX_SERVER_VALIDITY_DAYS } = input;
  const [commonName] = hostNames;
  if (commonName === undefined) throw unusable('a server certificate needs at least one host name');
  for (const name of hostNames) {
    if (!DNS_NAME.test(name)) throw unusable(`"${name}" is not a host name in ASCII`);
  }
  if (!Number.isInteger(validityDays) || validityDays < 1 || validityDays > MAX_SERVER_VALIDITY_DAYS) {
    throw unusable(
      `validityDays: a whole number from 1 to ${MAX_SERVER_VALIDITY_DAYS} is expected, not ${validityDays}`,
    );
  }
  const weakness = findKeyWeakness(publicKeySpki);
  if (weakness !== undefined) throw unusable(weakness);
  const now = deps.clock.now();
  const template: CertificateTemplate = {
    serialNumber: makeSerialNumber(deps.random),
    algorithmDer: issuerSignatureAlgorithm(issuer).algorithmDer,
    issuerDer: issuer.certificate.subject.der,
    subjectDer: encodeDistinguishedName({ commonName: commonName.slice(0, 64) }),
    notBefore: backdated(now),
    notAfter: daysAfter(now, validityDays),
    publicKeySpki: Uint8Array.from(publicKeySpki),
    extensions: [
      keyUsage(['digitalSignature']),
      extendedKeyUsage([OID.serverAuth]),
      subjectKeyIdentifier(publicKeySpki),
      authorityKeyIdentifier(issuer.keyIdentifier),
      subjectAltName(hostNames),
    ],
  };
  checkWithinIssuer(template, issuer);
  const tbsDer = encodeTbsCertificate(template);
  const certificateDer = assembleCertificate(tbsDer, signAs(issuer, tbsDer));
  return { certificateDer, certificate: lintCertificate(certificateDer, template, issuer.certificate) };
}

export interface DemoServerCertificate {
  /** The server's certificate and its authority's, for the `cert` option of a TLS server. */
  readonly certificatesPem: string;
  readonly privateKeyPem: string;
  /** What a browser may be told to trust. */
  readonly authorityPem: string;
}

/** An authority of two years, one server certificate from it, and then no key of the authority any more. */
export async function createDemoServerCertificate(
  input: AuthorityName & { readonly hostNames: readonly string[] },
  deps: IssuanceDeps,
): Promise<DemoServerCertificate> {
  const { hostNames, ...name } = input;
  const authority = await createRootCa({ ...name, id: deps.random.id<IssuerId>(), validityYears: 2 }, deps);
  const { privateKeyPkcs8, publicKeySpki } = await generateKeyPair();
  const { certificateDer } = createServerCertificate(
    { issuer: authority.issuer, hostNames, publicKeySpki },
    deps,
  );
  const authorityPem = encodePem('CERTIFICATE', authority.certificateDer);
  return {
    certificatesPem: encodePem('CERTIFICATE', certificateDer) + authorityPem,
    privateKeyPem: encodePem('PRIVATE KEY', privateKeyPkcs8),
    authorityPem,
  };
}

function unusable(detail: string): ProblemError {
  return new ProblemError('certificate-unusable', { detail });
}
