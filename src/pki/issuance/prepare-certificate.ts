/**
 * Everything that can be refused about a person's certificate is refused here, before anything is signed. What comes
 * back is a token: it shows the serial number and the dates, so that the intent can be recorded first, and it is the
 * only thing that `issueCertificate` takes.
 */
import type { IssuerId, SerialNumber } from '../../kernel/brand.ts';
import type { Login } from '../../kernel/login.ts';
import { parseLogin } from '../../kernel/login.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { OID } from '../der/oid.ts';
import { encodeDistinguishedName } from '../x509/distinguished-name.ts';
import { findKeyWeakness } from '../x509/key-pair.ts';
import { makeSerialNumber } from '../x509/serial-number.ts';
import { checkAddress } from './addresses.ts';
import { checkWithinIssuer, type IssuanceDeps } from './authority.ts';
import { type CertificateTemplate, encodeTbsCertificate } from './certificate-builder.ts';
import {
  authorityInformationAccess,
  authorityKeyIdentifier,
  distributionPoints,
  extendedKeyUsage,
  keyUsage,
  subjectKeyIdentifier,
} from './extension-values.ts';
import { type Issuer, issuerSignatureAlgorithm, issuerUnavailable } from './issuer.ts';
import { daysAfter, earlier, later, notBeforeAt } from './validity.ts';

const DEFAULT_VALIDITY_DAYS = 365;
const MAX_VALIDITY_DAYS = 3650;
/** Nobody goes through an installation for less. */
const MIN_VALIDITY_DAYS = 1;

export interface CertificateInput {
  readonly issuer: Issuer;
  /** Becomes the subject's CN, by which people tell certificates apart in the picker. */
  readonly login: Login;
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKeySpki: Uint8Array;
  readonly validityDays?: number;
  /** An IANA name or an offset such as `+03:00`: whose date `notBefore` must not precede. The server's by default. */
  readonly timeZone?: string;
  readonly caIssuersUrl: string;
  readonly revocationListUrl: string;
  readonly ocspUrl?: string;
}

interface PreparedIssuance {
  readonly issuer: Issuer;
  readonly template: CertificateTemplate;
  readonly tbsDer: Uint8Array;
}

class PreparedCertificate {
  readonly issuerId: IssuerId;
  readonly serialNumber: SerialNumber;
  readonly login: Login;
  readonly #notBefore: number;
  readonly #notAfter: number;
  #prepared: PreparedIssuance | undefined;

  constructor(login: Login, prepared: PreparedIssuance) {
    this.issuerId = prepared.issuer.id;
    this.serialNumber = prepared.template.serialNumber;
    this.login = login;
    this.#notBefore = prepared.template.notBefore.getTime();
    this.#notAfter = prepared.template.notAfter.getTime();
    this.#prepared = prepared;
    Object.freeze(this);
  }

  get notBefore(): Date {
    return new Date(this.#notBefore);
  }

  get notAfter(): Date {
    return new Date(this.#notAfter);
  }

  static redeem(token: PreparedCertificate): PreparedIssuance {
    // A look-alike of the token, which only a type assertion could bring here.
    if (!(#prepared in token)) throw new TypeError('an issuance token comes from prepareCertificate()');
    const prepared = token.#prepared;
    if (prepared === undefined) throw new ProblemError('issuance-token-used');
    token.#prepared = undefined;
    return prepared;
  }
}

/** Made by {@link prepareCertificate} alone; its private field keeps every other object out, for the compiler too. */
export type IssuanceToken = PreparedCertificate;

/**
 * The profile: CN = login; clientAuth only; digitalSignature (critical); no basic constraints; SKI, AKI, distribution
 * point, caIssuers. It never outlives its issuer: near the end of the issuer it is shorter than asked for.
 *
 * @throws {ProblemError} `issuer-unavailable` when the issuer cannot sign it now; `certificate-unusable` for the key,
 * the validity and the addresses; `login-invalid`.
 */
export function prepareCertificate(input: CertificateInput, deps: IssuanceDeps): IssuanceToken {
  const { issuer, login, publicKeySpki } = input;
  // The brand says that a login was parsed; a string from the database that is none must not become a subject.
  if (parseLogin(login) !== login) throw new ProblemError('login-invalid');
  const now = deps.clock.now();
  checkIssuer(issuer, now);
  const weakness = findKeyWeakness(publicKeySpki);
  if (weakness !== undefined) throw unusable(weakness);
  if (Buffer.compare(publicKeySpki, issuer.certificate.publicKeySpki) === 0) {
    throw unusable('the key of the authority cannot be a person’s key');
  }
  const template: CertificateTemplate = {
    serialNumber: makeSerialNumber(deps.random),
    algorithmDer: issuerSignatureAlgorithm(issuer).algorithmDer,
    issuerDer: issuer.certificate.subject.der,
    subjectDer: encodeDistinguishedName({ commonName: login }),
    // An issuer may be younger than the minutes that are taken off for clocks that are slow.
    notBefore: later(notBeforeAt(now, input.timeZone), issuer.certificate.notBefore),
    // Shorter near the end of the issuer: a certificate beyond it would be refused by whoever checks the path.
    notAfter: earlier(
      daysAfter(now, checkDays(input.validityDays ?? DEFAULT_VALIDITY_DAYS)),
      issuer.certificate.notAfter,
    ),
    publicKeySpki: Uint8Array.from(publicKeySpki),
    extensions: [
      keyUsage(['digitalSignature']),
      extendedKeyUsage([OID.clientAuth]),
      subjectKeyIdentifier(publicKeySpki),
      authorityKeyIdentifier(issuer.keyIdentifier),
      distributionPoints(checkAddress(input.revocationListUrl, 'revocationListUrl')),
      authorityInformationAccess({
        caIssuers: checkAddress(input.caIssuersUrl, 'caIssuersUrl'),
        ocsp: input.ocspUrl === undefined ? undefined : checkAddress(input.ocspUrl, 'ocspUrl'),
      }),
    ],
  };
  checkWithinIssuer(template, issuer);
  return new PreparedCertificate(login, { issuer, template, tbsDer: encodeTbsCertificate(template) });
}

/** For `issueCertificate` only. @throws {ProblemError} `issuance-token-used` the second time. */
export function redeemIssuanceToken(token: IssuanceToken): PreparedIssuance {
  return PreparedCertificate.redeem(token);
}

function checkIssuer(issuer: Issuer, now: Date): void {
  const { notBefore, notAfter, basicConstraints } = issuer.certificate;
  if (now < notBefore) {
    throw issuerUnavailable(
      `the issuing authority is valid from ${notBefore.toISOString()} only; check the clock of this machine`,
    );
  }
  if (daysAfter(now, MIN_VALIDITY_DAYS) > notAfter) {
    throw issuerUnavailable(
      `the issuing authority ends at ${notAfter.toISOString()}; renew it: propusk ca rotate`,
    );
  }
  // People's certificates come from the issuing authority; a root that signs them could not be taken offline.
  if (basicConstraints?.pathLength !== 0) {
    throw issuerUnavailable('people’s certificates are signed by an issuing authority with path length 0');
  }
}

function checkDays(days: number): number {
  if (!Number.isInteger(days) || days < 1 || days > MAX_VALIDITY_DAYS) {
    throw unusable(`validityDays: a whole number from 1 to ${MAX_VALIDITY_DAYS} is expected, not ${days}`);
  }
  return days;
}

function unusable(detail: string): ProblemError {
  return new ProblemError('certificate-unusable', { detail });
}
