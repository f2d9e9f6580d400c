/** SafeContents (RFC 7292, section 4.2): bags with keys and certificates. Other bags are passed over. */
import { contextTag, type DerElement, derInvalid, readDer, TAG } from '../der/der-element.ts';
import { readOid } from '../der/der-values.ts';
import { normaliseBer } from '../der/normalise-ber.ts';
import { OID } from '../der/oid.ts';
import { PbeError } from '../pkcs5/pbe-error.ts';
import type { WorkBudget } from '../pkcs5/work-budget.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { decryptWithPassword } from './decrypt-with-password.ts';

const MAX_CERTIFICATES = 200;
const MAX_KEYS = 20;
const MAX_NESTING = 4;

export interface OpenedSafe {
  readonly certificates: Certificate[];
  /** PKCS#8 in DER. */
  readonly privateKeys: Uint8Array[];
  /** How the keys are encrypted that cannot be decrypted here. */
  readonly unsupportedKeys: string[];
}

/** Adds what it finds to `opened`. @throws {PbeError} and {@link ProblemError} `der-invalid` */
export function readSafeContents(
  ber: Uint8Array,
  password: string,
  budget: WorkBudget,
  opened: OpenedSafe,
): void {
  const what = 'bags of the file';
  readBags(readDer(normaliseBer(ber, what), what), password, budget, opened, 0);
}

function readBags(
  sequence: DerElement,
  password: string,
  budget: WorkBudget,
  opened: OpenedSafe,
  nesting: number,
): void {
  const what = 'bag';
  if (nesting > MAX_NESTING) throw derInvalid('bags within bags within bags');
  const bags = sequence.expect(TAG.sequence, what).reader();
  while (!bags.isDone) {
    const bag = bags.expect(TAG.sequence, what).reader();
    const type = readOid(bag.next(what), what);
    const value = bag.expect(contextTag(0, 'constructed'), what).reader().next(what);
    switch (type) {
      case OID.certBag:
        readCertificateBag(value, opened);
        break;
      case OID.keyBag:
        addKey(opened, value.der);
        break;
      case OID.pkcs8ShroudedKeyBag:
        readShroudedKey(value, password, budget, opened);
        break;
      case OID.safeContentsBag:
        readBags(value, password, budget, opened, nesting + 1);
        break;
      default:
        // Lists, secrets and unknown kinds: nobody here asks for them.
        break;
    }
  }
}

function readCertificateBag(value: DerElement, opened: OpenedSafe): void {
  const what = 'certificate bag';
  const reader = value.expect(TAG.sequence, what).reader();
  if (readOid(reader.next(what), what) !== OID.x509Certificate) return;
  const octets = reader.expect(contextTag(0, 'constructed'), what).reader().expect(TAG.octetString, what);
  const certificate = parseCertificate(octets.content);
  if (
    opened.certificates.some(({ sha256Fingerprint }) => sha256Fingerprint === certificate.sha256Fingerprint)
  )
    return;
  if (opened.certificates.length >= MAX_CERTIFICATES)
    throw derInvalid(`more than ${MAX_CERTIFICATES} certificates`);
  opened.certificates.push(certificate);
}

/** A key in a scheme of its maker's own must not keep the certificates from being read. */
function readShroudedKey(value: DerElement, password: string, budget: WorkBudget, opened: OpenedSafe): void {
  const what = 'encrypted private key';
  const reader = value.expect(TAG.sequence, what).reader();
  const algorithm = reader.expect(TAG.sequence, what);
  const ciphertext = reader.expect(TAG.octetString, what).content;
  try {
    addKey(opened, decryptWithPassword(algorithm, ciphertext, password, budget));
  } catch (error) {
    if (!(error instanceof PbeError) || error.failure !== 'scheme-unsupported') throw error;
    opened.unsupportedKeys.push(error.message);
  }
}

function addKey(opened: OpenedSafe, privateKeyPkcs8: Uint8Array): void {
  readDer(privateKeyPkcs8, 'private key').expect(TAG.sequence, 'private key');
  if (opened.privateKeys.length >= MAX_KEYS) throw derInvalid(`more than ${MAX_KEYS} private keys`);
  opened.privateKeys.push(Uint8Array.from(privateKeyPkcs8));
}
