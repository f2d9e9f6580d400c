/**
 * SignedData (RFC 5652, section 5; RFC 2315): files with many certificates (`.p7b`, `.p7c`) and signatures. In DER or
 * BER. Verifies nothing: see `verifySignedData`.
 */
import { BerReader } from '../der/ber-reader.ts';
import { contextTag, derInvalid, readDer, TAG } from '../der/der-element.ts';
import { readOid } from '../der/der-values.ts';
import { encodeElement } from '../der/der-writer.ts';
import { normaliseBer } from '../der/normalise-ber.ts';
import { readSignerInfo, type SignerInfo } from './signer-info.ts';

export const SIGNED_DATA = '1.2.840.113549.1.7.2';

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_CERTIFICATES = 10_000;
const MAX_REVOCATION_LISTS = 1000;
const MAX_SIGNERS = 100;

export interface SignedData {
  /** As received; none of them is parsed. */
  readonly certificatesDer: readonly Uint8Array[];
  readonly revocationListsDer: readonly Uint8Array[];
  /** eContentType. */
  readonly contentType: string;
  /** Undefined: the signature is detached, or there is none. */
  readonly content: Uint8Array | undefined;
  readonly signers: readonly SignerInfo[];
}

/**
 * Takes exactly one ContentInfo of at most 64 MiB with 10,000 certificates.
 *
 * @throws {ProblemError} `der-invalid`
 */
export function readSignedData(ber: Uint8Array): SignedData {
  const what = 'PKCS#7 file';
  if (ber.length > MAX_BYTES) throw derInvalid(`${what}: longer than ${MAX_BYTES} bytes`);
  const file = new BerReader(ber);
  const contentInfo = file.expect(TAG.sequence, what).reader();
  if (!file.isDone) throw derInvalid(`${what}: something follows the end`);
  const type = oidOf(contentInfo.next(what).ber, what);
  if (type !== SIGNED_DATA) throw derInvalid(`${what}: not signed data but ${type}`);
  const fields = contentInfo
    .expect(contextTag(0, 'constructed'), what)
    .reader()
    .expect(TAG.sequence, what)
    .reader();
  fields.expect(TAG.integer, 'version');
  fields.expect(TAG.set, 'digest algorithms');
  const encapsulated = fields.expect(TAG.sequence, 'content').reader();
  const contentType = oidOf(encapsulated.next('type of the content').ber, what);
  const wrapper = encapsulated.optional(contextTag(0, 'constructed'));
  const certificates = fields.optional(contextTag(0, 'constructed'))?.reader();
  const lists = fields.optional(contextTag(1, 'constructed'))?.reader();
  const signers = fields.expect(TAG.set, 'signers').reader();
  return {
    contentType,
    content: wrapper ? contentOf(wrapper.reader(), what) : undefined,
    certificatesDer: collect(certificates, 'certificates', MAX_CERTIFICATES),
    revocationListsDer: collect(lists, 'revocation lists', MAX_REVOCATION_LISTS),
    signers: collect(signers, 'signers', MAX_SIGNERS).map((signer) =>
      readSignerInfo(normaliseBer(signer, 'signer')),
    ),
  };
}

/** PKCS#7 1.5 allows any type here; its octets are then what is signed (RFC 5652, 5.2.1). */
function contentOf(reader: BerReader, what: string): Uint8Array {
  const element = reader.next(what);
  return (element.tag & ~0x20) === TAG.octetString ? element.octets(what) : element.content;
}

/** The other choices (attribute certificates, OCSP answers) have context tags and are passed over. */
function collect(reader: BerReader | undefined, what: string, limit: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  while (reader && !reader.isDone) {
    const element = reader.next(what);
    if (element.tag !== TAG.sequence) continue;
    if (found.length >= limit) throw derInvalid(`more than ${limit} ${what}`);
    found.push(element.ber[1] === 0x80 ? encodeElement(TAG.sequence, element.content) : element.ber);
  }
  return found;
}

function oidOf(ber: Uint8Array, what: string): string {
  return readOid(readDer(ber, what), what);
}
