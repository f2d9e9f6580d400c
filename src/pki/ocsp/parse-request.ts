/** Questions about certificates (RFC 6960, 4.1). Bounded: whoever asks is a stranger. */
import { checkDer, contextTag, type DerElement, derInvalid, readDer, TAG } from '../der/der-element.ts';
import { readSmallInteger } from '../der/der-values.ts';
import { OID } from '../der/oid.ts';
import { readRawExtensions } from '../x509/extensions.ts';
import { type CertificateId, readCertificateId } from './certificate-id.ts';

/** A question about one certificate has about 80 octets. */
export const REQUEST_MAX_BYTES = 8 * 1024;
const LIMITS = { maxBytes: REQUEST_MAX_BYTES, maxElements: 600, maxDepth: 16 };
const MAX_CERTIFICATES = 32;
/** RFC 9654, 2.1. */
const NONCE_MAX_OCTETS = 128;

export interface OcspRequest {
  /** One or more. */
  readonly certificates: readonly CertificateId[];
  /** The content of the nonce's OCTET STRING, 1 to 128 octets. */
  readonly nonce?: Uint8Array;
}

/**
 * A signature on the question and the name of who asks are passed over: everybody may ask (RFC 6960, 4.1.2).
 *
 * @throws {ProblemError} `der-invalid` where it is no such question, and where it asks with a critical extension for
 * something that is not understood
 */
export function parseOcspRequest(requestDer: Uint8Array): OcspRequest {
  const what = 'OCSP request';
  checkDer(requestDer, what, LIMITS);
  const outer = readDer(Uint8Array.from(requestDer), what).expect(TAG.sequence, what).reader();
  const fields = outer.expect(TAG.sequence, what).reader();
  outer.optional(contextTag(0, 'constructed'));
  outer.end(what);

  const version = fields.optional(contextTag(0, 'constructed'));
  if (version && readSmallInteger(version.reader().next('version'), 'version') !== 0) {
    throw derInvalid('version: not 1');
  }
  fields.optional(contextTag(1, 'constructed'));
  const certificates = readList(fields.expect(TAG.sequence, what));
  const wrapper = fields.optional(contextTag(2, 'constructed'));
  fields.end(what);
  const nonce = wrapper && readNonce(wrapper);
  return { certificates, ...(nonce && { nonce }) };
}

function readList(list: DerElement): CertificateId[] {
  const requests = list.reader().rest();
  if (requests.length === 0 || requests.length > MAX_CERTIFICATES) {
    throw derInvalid(`OCSP request: 1 to ${MAX_CERTIFICATES} certificates are expected`);
  }
  return requests.map((request) => {
    const fields = request.expect(TAG.sequence, 'request').reader();
    const id = readCertificateId(fields.next('request'));
    const wrapper = fields.optional(contextTag(0, 'constructed'));
    fields.end('request');
    if (wrapper) refuseCritical(wrapper);
    return id;
  });
}

function readNonce(wrapper: DerElement): Uint8Array | undefined {
  const value = refuseCritical(wrapper, OID.ocspNonce).get(OID.ocspNonce);
  if (value === undefined) return undefined;
  const { content } = readDer(value, 'nonce').expect(TAG.octetString, 'nonce');
  if (content.length === 0 || content.length > NONCE_MAX_OCTETS) {
    throw derInvalid(`nonce: 1 to ${NONCE_MAX_OCTETS} octets are expected`);
  }
  return content;
}

/** The values of the extensions, none of which is critical but, perhaps, the known one. */
function refuseCritical(wrapper: DerElement, known?: string): ReadonlyMap<string, Uint8Array> {
  const fields = wrapper.reader();
  const { values, critical } = readRawExtensions(fields.next('extensions'), 'extensions');
  fields.end('extensions');
  const unknown = critical.find((oid) => oid !== known);
  if (unknown !== undefined) throw derInvalid(`extension ${unknown} is critical and not understood`);
  return values;
}
