/**
 * The two authorities of an instance: a root that signs the issuing authority and its own revocation list, and the
 * issuing authority (path length 0) that signs people's certificates. Both profiles are RFC 5280's.
 */
import type { IssuerId } from '../../kernel/brand.ts';
import type { Clock } from '../../kernel/clock.ts';
import { ProblemError } from '../../kernel/problem.ts';
import type { Random } from '../../kernel/random.ts';
import { encodeDistinguishedName } from '../x509/distinguished-name.ts';
import { generateKeyPair, type KeyAlgorithm, readPrivateKey } from '../x509/key-pair.ts';
import { makeSerialNumber } from '../x509/serial-number.ts';
import { checkAddress } from './addresses.ts';
import {
  assembleCertificate,
  type CertificateTemplate,
  encodeTbsCertificate,
} from './certificate-builder.ts';
import {
  authorityInformationAccess,
  authorityKeyIdentifier,
  basicConstraints,
  distributionPoints,
  keyIdentifierOf,
  keyUsage,
  subjectKeyIdentifier,
} from './extension-values.ts';
import {
  type Issuer,
  issuerSignatureAlgorithm,
  issuerUnavailable,
  openIssuer,
  signAs,
  signatureAlgorithmOf,
  signBytes,
} from './issuer.ts';
import { lintCertificate } from './lint-certificate.ts';
import { backdated, yearsAfter } from './validity.ts';

export interface AuthorityName {
  /** Shown in browsers before anybody signed in: name nothing that is not public. At most 64 characters. */
  readonly commonName: string;
  /** At most 64 characters. */
  readonly organisation?: string;
}

export interface RootCaInput extends AuthorityName {
  readonly id: IssuerId;
  readonly keyAlgorithm?: KeyAlgorithm;
  readonly validityYears?: number;
}

export interface IssuingCaInput extends RootCaInput {
  readonly root: Issuer;
  /** Where the root's certificate can be fetched (DER). */
  readonly caIssuersUrl: string;
  /** Where the root's revocation list can be fetched (DER). */
  readonly revocationListUrl: string;
}

export interface IssuanceDeps {
  readonly clock: Clock;
  readonly random: Random;
}

export interface CreatedAuthority {
  readonly issuer: Issuer;
  readonly certificateDer: Uint8Array;
  /** A secret: seal it before it is stored. */
  readonly privateKeyPkcs8: Uint8Array;
}

/** Self-signed, CA:TRUE, keyCertSign and cRLSign, 20 years by default. */
export async function createRootCa(input: RootCaInput, deps: IssuanceDeps): Promise<CreatedAuthority> {
  const subjectDer = authorityNameDer(input);
  const { privateKeyPkcs8, publicKeySpki } = await generateKeyPair(input.keyAlgorithm);
  const privateKey = readPrivateKey(privateKeyPkcs8);
  const { algorithmDer } = signatureAlgorithmOf(privateKey);
  const now = deps.clock.now();
  const template: CertificateTemplate = {
    serialNumber: makeSerialNumber(deps.random),
    algorithmDer,
    issuerDer: subjectDer,
    subjectDer,
    notBefore: backdated(now),
    notAfter: yearsAfter(now, checkYears(input.validityYears ?? 20)),
    publicKeySpki,
    extensions: [
      basicConstraints(undefined),
      keyUsage(['keyCertSign', 'cRLSign']),
      subjectKeyIdentifier(publicKeySpki),
      authorityKeyIdentifier(keyIdentifierOf(publicKeySpki)),
    ],
  };
  const tbsDer = encodeTbsCertificate(template);
  const certificateDer = assembleCertificate(tbsDer, { algorithmDer, value: signBytes(privateKey, tbsDer) });
  lintCertificate(certificateDer, template, 'self-signed');
  return {
    issuer: openIssuer({ id: input.id, certificateDer, privateKeyPkcs8 }),
    certificateDer,
    privateKeyPkcs8,
  };
}

/**
 * Signed by the root, CA:TRUE with path length 0, 10 years by default, with the addresses of the root's certificate
 * and list.
 *
 * @throws {ProblemError} `issuer-unavailable` when its validity would leave the root's; `certificate-unusable` for
 * names and addresses that cannot stand in a certificate.
 */
export async function createIssuingCa(input: IssuingCaInput, deps: IssuanceDeps): Promise<CreatedAuthority> {
  const { root } = input;
  const subjectDer = authorityNameDer(input);
  if (Buffer.compare(subjectDer, root.certificate.subject.der) === 0) {
    throw unusable('the issuing authority needs another name than the root');
  }
  if (root.certificate.basicConstraints?.pathLength === 0) {
    throw issuerUnavailable('the root may not sign another authority (its path length is 0)');
  }
  const caIssuers = checkAddress(input.caIssuersUrl, 'caIssuersUrl');
  const revocationListUrl = checkAddress(input.revocationListUrl, 'revocationListUrl');
  const { privateKeyPkcs8, publicKeySpki } = await generateKeyPair(input.keyAlgorithm);
  const now = deps.clock.now();
  const template: CertificateTemplate = {
    serialNumber: makeSerialNumber(deps.random),
    algorithmDer: issuerSignatureAlgorithm(root).algorithmDer,
    issuerDer: root.certificate.subject.der,
    subjectDer,
    notBefore: backdated(now),
    notAfter: yearsAfter(now, checkYears(input.validityYears ?? 10)),
    publicKeySpki,
    extensions: [
      basicConstraints(0),
      keyUsage(['keyCertSign', 'cRLSign']),
      subjectKeyIdentifier(publicKeySpki),
      authorityKeyIdentifier(root.keyIdentifier),
      distributionPoints(revocationListUrl),
      authorityInformationAccess({ caIssuers }),
    ],
  };
  checkWithinIssuer(template, root);
  const tbsDer = encodeTbsCertificate(template);
  const certificateDer = assembleCertificate(tbsDer, signAs(root, tbsDer));
  lintCertificate(certificateDer, template, root.certificate);
  return {
    issuer: openIssuer({ id: input.id, certificateDer, privateKeyPkcs8 }),
    certificateDer,
    privateKeyPkcs8,
  };
}

/**
 * A certificate outside of its issuer's validity is refused by everyone who checks the path, at a moment that nobody
 * expects; so it is refused here.
 */
export function checkWithinIssuer(validity: { notBefore: Date; notAfter: Date }, issuer: Issuer): void {
  const { notBefore, notAfter } = issuer.certificate;
  if (validity.notBefore < notBefore) {
    throw issuerUnavailable(
      `the issuing authority is valid from ${notBefore.toISOString()} only; check the clock of this machine`,
    );
  }
  if (validity.notAfter > notAfter) {
    throw issuerUnavailable(
      `the certificate would outlive its authority, which ends at ${notAfter.toISOString()}; renew the authority or shorten the validity`,
    );
  }
}

/** @throws {ProblemError} `certificate-unusable` */
export function authorityNameDer(name: AuthorityName): Uint8Array {
  checkNamePart(name.commonName, 'commonName');
  if (name.organisation !== undefined) checkNamePart(name.organisation, 'organisation');
  return encodeDistinguishedName(name);
}

/** RFC 5280, appendix A: ub-common-name and ub-organization-name are 64. */
function checkNamePart(value: string, option: string): void {
  if (
    value.trim() !== value ||
    value === '' ||
    [...value].length > 64 ||
    /[\p{C}\p{Zl}\p{Zp}]/u.test(value)
  ) {
    throw unusable(
      `${option}: 1 to 64 visible characters without blanks around them are expected, not "${value}"`,
    );
  }
}

function checkYears(years: number): number {
  if (!Number.isInteger(years) || years < 1 || years > 50) {
    throw unusable(`validityYears: a whole number from 1 to 50 is expected, not ${years}`);
  }
  return years;
}

function unusable(detail: string): ProblemError {
  return new ProblemError('certificate-unusable', { detail });
}
