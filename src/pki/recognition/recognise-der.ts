/** Tells the kinds of DER objects apart by their outline, without reading them: each has a reader of its own. */
import { ProblemError } from '../../kernel/problem.ts';
import { BerReader } from '../der/ber-reader.ts';
import { contextTag, type DerElement, DerReader, TAG } from '../der/der-element.ts';
import { readOid } from '../der/der-values.ts';
import { looksLikePkcs12 } from '../pkcs12/read-pkcs12.ts';
import type { ObjectKind } from './recognised-file.ts';

const ENVELOPED_TYPES = new Set([
  '1.2.840.113549.1.7.3',
  '1.2.840.113549.1.7.6',
  '1.2.840.113549.1.9.16.1.23',
]);
const OCSP_BASIC = '1.3.6.1.5.5.7.48.1.1';

/** Undefined for what is no single well-formed element. */
export function recogniseDer(bytes: Uint8Array): ObjectKind | undefined {
  if (looksLikePkcs12(bytes)) return isOneBerElement(bytes) ? 'pkcs12' : undefined;
  const contentType = contentTypeOf(bytes);
  if (contentType === '1.2.840.113549.1.7.2') return 'signed-data';
  if (contentType !== undefined && ENVELOPED_TYPES.has(contentType)) return 'encrypted-message';
  try {
    const file = new DerReader(bytes);
    const outer = file.next('file');
    file.end('file');
    return outer.tag === TAG.sequence ? kindOfSequence(outer.reader().rest()) : 'unknown';
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}

function isOneBerElement(bytes: Uint8Array): boolean {
  try {
    const reader = new BerReader(bytes);
    reader.next('file');
    return reader.isDone;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

/** ContentInfo (RFC 5652, section 3), in DER or BER. */
function contentTypeOf(bytes: Uint8Array): string | undefined {
  try {
    const file = new BerReader(bytes);
    const fields = file.expect(TAG.sequence, 'file').reader();
    const type = fields.expect(TAG.oid, 'type');
    fields.expect(contextTag(0, 'constructed'), 'content');
    return file.isDone ? readOid(new DerReader(type.ber).next('type'), 'type') : undefined;
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}

function kindOfSequence(parts: readonly DerElement[]): ObjectKind {
  const tags = parts.map(({ tag }) => tag);
  const [first, second] = parts;
  const outline = tags.map((tag) => LETTERS.get(tag) ?? '?').join('');
  if (outline === 'SSB' && first) return kindOfSigned(first.reader().rest());
  if (outline === 'SB') return 'public-key';
  if (outline === 'SO' && isAlgorithm(first)) return 'encrypted-private-key';
  // PKCS#8 (RFC 5958): version, algorithm, key; SEC 1 (RFC 5915): version, key.
  if (/^ISO/.test(outline) && isAlgorithm(second)) return 'private-key';
  if (/^IO/.test(outline) && first?.content[0] === 1) return 'private-key';
  // PKCS#1 (RFC 8017, A.1): nine numbers, or two; DSA: six, and three or three for parameters.
  if (/^I{6}$|^I{9}S?$/.test(outline)) return 'private-key';
  if (outline === 'II') return 'public-key';
  if (/^I{3}$/.test(outline)) return 'key-parameters';
  if (outline === 'E' || (outline === 'Ex' && isOcspResponse(second))) return 'ocsp-response';
  if (/^Sx?$/.test(outline) && first && isOcspRequest(first)) return 'ocsp-request';
  return 'unknown';
}

const LETTERS = new Map<number, string>([
  [TAG.sequence, 'S'],
  [TAG.set, 's'],
  [TAG.integer, 'I'],
  [TAG.bitString, 'B'],
  [TAG.octetString, 'O'],
  [TAG.enumerated, 'E'],
  [TAG.utcTime, 'T'],
  [TAG.generalizedTime, 'T'],
  [contextTag(0, 'constructed'), 'x'],
  [contextTag(1, 'constructed'), 'y'],
  [contextTag(3, 'constructed'), 'z'],
]);

/** What stands before an algorithm and a signature. */
function kindOfSigned(fields: readonly DerElement[]): ObjectKind {
  const outline = fields.map(({ tag }) => LETTERS.get(tag) ?? '?').join('');
  // TBSCertificate: version, number, algorithm, issuer, validity, subject, key.
  if (/^x?ISSSSS/.test(outline)) return 'certificate';
  if (/^I?SST/.test(outline)) return 'revocation-list';
  if (/^ISS(x|$)/.test(outline)) return 'certification-request';
  // AttributeCertificateInfo (RFC 5755): version, holder, issuer, algorithm, number, validity, attributes.
  if (/^IS[xS]SI/.test(outline)) return 'attribute-certificate';
  return 'unknown';
}

function isAlgorithm(element: DerElement | undefined): boolean {
  return element?.tag === TAG.sequence && element.content[0] === TAG.oid;
}

/** OCSPResponse (RFC 6960, 4.2.1). */
function isOcspResponse(element: DerElement | undefined): boolean {
  const type = element?.reader().next('response').reader().next('type');
  return type?.tag === TAG.oid && readOid(type, 'type') === OCSP_BASIC;
}

/** TBSRequest (RFC 6960, 4.1.1): a list of requests, each with the identifier of a certificate. */
function isOcspRequest(tbs: DerElement): boolean {
  const list = tbs
    .reader()
    .rest()
    .find(({ tag }) => tag === TAG.sequence);
  const request = list?.reader().rest()[0];
  const identifier = request?.tag === TAG.sequence ? request.reader().rest()[0] : undefined;
  const outline =
    identifier?.tag === TAG.sequence
      ? identifier
          .reader()
          .rest()
          .map(({ tag }) => LETTERS.get(tag))
      : [];
  return outline.join('') === 'SOOI';
}
