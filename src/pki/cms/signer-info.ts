/** SignerInfo (RFC 5652, 5.3). */
import { contextTag, type DerElement, derInvalid, readDer, TAG } from '../der/der-element.ts';
import { readIntegerBytes, readOid, readTime } from '../der/der-values.ts';
import { encodeElement } from '../der/der-writer.ts';
import { serialNumberOf } from '../x509/serial-number.ts';

const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_TIME = '1.2.840.113549.1.9.5';

export type SignerIdentifier =
  | { readonly kind: 'issuer-and-serial'; readonly issuerDer: Uint8Array; readonly serialNumber: string }
  /** Hexadecimal. */
  | { readonly kind: 'subject-key-identifier'; readonly keyIdentifier: string };

export interface SignedAttributes {
  /** The DER of the SET, which is what is signed (5.4). */
  readonly der: Uint8Array;
  readonly contentType: string;
  readonly messageDigest: Uint8Array;
  /** As the signer says. */
  readonly signingTime?: Date;
}

export interface SignerInfo {
  readonly identifier: SignerIdentifier;
  readonly digestAlgorithm: string;
  /** AlgorithmIdentifier in DER; may name the key's algorithm only. */
  readonly signatureAlgorithmDer: Uint8Array;
  readonly signedAttributes: SignedAttributes | undefined;
  readonly signature: Uint8Array;
}

/** @throws {ProblemError} `der-invalid` */
export function readSignerInfo(der: Uint8Array): SignerInfo {
  const what = 'signer';
  const fields = readDer(der, what).expect(TAG.sequence, what).reader();
  fields.expect(TAG.integer, what);
  const identifier = readIdentifier(fields.next(what));
  const digestAlgorithm = readOid(fields.expect(TAG.sequence, what).reader().next(what), what);
  const attributes = fields.optional(contextTag(0, 'constructed'));
  const signatureAlgorithmDer = fields.expect(TAG.sequence, what).der;
  const signature = fields.expect(TAG.octetString, what).content;
  fields.optional(contextTag(1, 'constructed'));
  fields.end(what);
  return {
    identifier,
    digestAlgorithm,
    signatureAlgorithmDer,
    signedAttributes: attributes && readSignedAttributes(attributes),
    signature,
  };
}

function readIdentifier(element: DerElement): SignerIdentifier {
  const what = 'identifier of the signer';
  if (element.tag === contextTag(0, 'primitive'))
    return { kind: 'subject-key-identifier', keyIdentifier: Buffer.from(element.content).toString('hex') };
  const reader = element.expect(TAG.sequence, what).reader();
  const issuerDer = reader.expect(TAG.sequence, what).der;
  const serialNumber = serialNumberOf(readIntegerBytes(reader.next(what), what));
  return { kind: 'issuer-and-serial', issuerDer, serialNumber };
}

/** Section 11: both attributes must be there, each once and with one value. */
function readSignedAttributes(element: DerElement): SignedAttributes {
  const what = 'signed attributes';
  const values = new Map<string, DerElement>();
  const reader = element.reader();
  while (!reader.isDone) {
    const attribute = reader.expect(TAG.sequence, what).reader();
    const type = readOid(attribute.next(what), what);
    const set = attribute.expect(TAG.set, what).reader();
    const value = set.isDone ? undefined : set.next(what);
    if (values.has(type)) throw derInvalid(`${what}: ${type} occurs twice`);
    if (value && set.isDone) values.set(type, value);
  }
  const contentType = values.get(CONTENT_TYPE);
  const messageDigest = values.get(MESSAGE_DIGEST);
  if (!contentType || !messageDigest) throw derInvalid(`${what}: type and digest of the content are missing`);
  const time = values.get(SIGNING_TIME);
  return {
    der: encodeElement(TAG.set, element.content),
    contentType: readOid(contentType, what),
    messageDigest: messageDigest.expect(TAG.octetString, what).content,
    ...(time && { signingTime: readTime(time, what) }),
  };
}
