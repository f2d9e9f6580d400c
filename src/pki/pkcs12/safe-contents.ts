/** SafeContents (RFC 7292, section 4.2): bags with keys, certificates and revocation lists. Keys are not decrypted here. */
import { contextTag, type DerElement, type DerReader, derInvalid, readDer, TAG } from '../der/der-element.ts';
import { readOid, readString } from '../der/der-values.ts';
import { normaliseBer } from '../der/normalise-ber.ts';
import { OID } from '../der/oid.ts';

const MAX_BAGS = 2000;
const MAX_NESTING = 4;

/** What PKCS#9 attributes say about a bag. */
export interface BagAttributes {
  readonly friendlyName?: string;
  /** Hexadecimal; equal in the bags of a key and its certificate. */
  readonly localKeyId?: string;
}

export interface ContentBag extends BagAttributes {
  readonly der: Uint8Array;
}

export type KeyBag = BagAttributes &
  (
    | { readonly kind: 'plain'; readonly privateKeyPkcs8: Uint8Array }
    | { readonly kind: 'encrypted'; readonly algorithm: DerElement; readonly ciphertext: Uint8Array }
  );

export interface SafeBags {
  readonly certificates: ContentBag[];
  readonly revocationLists: ContentBag[];
  readonly keys: KeyBag[];
}

/** Adds what it finds to `bags`. @throws {ProblemError} `der-invalid` */
export function readSafeContents(ber: Uint8Array, bags: SafeBags): void {
  const what = 'bags of the file';
  readBags(readDer(normaliseBer(ber, what), what), bags, 0);
}

function readBags(sequence: DerElement, bags: SafeBags, nesting: number): void {
  const what = 'bag';
  if (nesting > MAX_NESTING) throw derInvalid('bags within bags within bags');
  const reader = sequence.expect(TAG.sequence, what).reader();
  while (!reader.isDone) {
    if (bags.certificates.length + bags.revocationLists.length + bags.keys.length >= MAX_BAGS)
      throw derInvalid(`more than ${MAX_BAGS} bags`);
    const bag = reader.expect(TAG.sequence, what).reader();
    const type = readOid(bag.next(what), what);
    const value = bag.expect(contextTag(0, 'constructed'), what).reader().next(what);
    if (type === OID.safeContentsBag) readBags(value, bags, nesting + 1);
    else readBag(type, value, readAttributes(bag), bags);
  }
}

function readBag(type: string, value: DerElement, attributes: BagAttributes, bags: SafeBags): void {
  switch (type) {
    case OID.certBag:
      addContent(bags.certificates, OID.x509Certificate, value, attributes);
      break;
    case OID.crlBag:
      addContent(bags.revocationLists, OID.x509Crl, value, attributes);
      break;
    case OID.keyBag:
      bags.keys.push({
        kind: 'plain',
        privateKeyPkcs8: Uint8Array.from(value.expect(TAG.sequence, 'private key').der),
        ...attributes,
      });
      break;
    case OID.pkcs8ShroudedKeyBag:
      bags.keys.push({ ...readEncryptedKey(value), ...attributes });
      break;
    default:
      // Secrets and unknown kinds: nobody here asks for them.
      break;
  }
}

/** CertBag and CRLBag have the same form. */
function addContent(
  contents: ContentBag[],
  kind: string,
  value: DerElement,
  attributes: BagAttributes,
): void {
  const what = 'certificate or list in a bag';
  const reader = value.expect(TAG.sequence, what).reader();
  if (readOid(reader.next(what), what) !== kind) return;
  const octets = reader.expect(contextTag(0, 'constructed'), what).reader().expect(TAG.octetString, what);
  contents.push({ der: octets.content, ...attributes });
}

function readEncryptedKey(value: DerElement) {
  const what = 'encrypted private key';
  const reader = value.expect(TAG.sequence, what).reader();
  const algorithm = reader.expect(TAG.sequence, what);
  const ciphertext = reader.expect(TAG.octetString, what).content;
  return { kind: 'encrypted' as const, algorithm, ciphertext };
}

/** Attributes are an ornament: one that is malformed is passed over, and the bag is read. */
function readAttributes(bag: DerReader): BagAttributes {
  const what = 'attribute of a bag';
  const set = bag.optional(TAG.set)?.reader();
  let friendlyName: string | undefined;
  let localKeyId: string | undefined;
  while (set && !set.isDone) {
    const attribute = set.expect(TAG.sequence, what).reader();
    const type = readOid(attribute.next(what), what);
    const values = attribute.optional(TAG.set)?.reader();
    const value = values && !values.isDone ? values.next(what) : undefined;
    // An odd number of octets is half a character.
    if (type === OID.friendlyName && value?.tag === TAG.bmpString && value.contentLength % 2 === 0)
      friendlyName = readString(value, what).slice(0, 256);
    if (type === OID.localKeyId && value?.tag === TAG.octetString)
      localKeyId = Buffer.from(value.content.subarray(0, 64)).toString('hex');
  }
  return {
    ...(friendlyName !== undefined && { friendlyName }),
    ...(localKeyId !== undefined && { localKeyId }),
  };
}
