/** RSASSA-PSS-params (RFC 4055, 3.1). */
import { contextTag, type DerElement, derInvalid, TAG } from '../der/der-element.ts';
import { readOid, readSmallInteger } from '../der/der-values.ts';
import { DIGESTS, type Digest, findDigest } from './digests.ts';

const MGF1 = '1.2.840.113549.1.1.8';

export interface PssParameters {
  readonly digest: Digest;
  /** Of the mask generation; may differ from `digest`. */
  readonly maskDigest: Digest;
  /** In octets. */
  readonly saltLength: number;
}

/**
 * Nothing for a digest or mask generation that is unknown.
 * @throws {ProblemError} `der-invalid`
 */
export function readPssParameters(sequence: DerElement): PssParameters | undefined {
  const what = 'RSASSA-PSS parameters';
  const fields = sequence.expect(TAG.sequence, what).reader();
  const [hash, mask, salt, trailer] = [0, 1, 2, 3].map((tag) => {
    const reader = fields.optional(contextTag(tag, 'constructed'))?.reader();
    const value = reader?.next(what);
    reader?.end(what);
    return value;
  });
  fields.end(what);
  const digest = hash ? readDigest(hash) : DIGESTS.sha1;
  const maskDigest = mask ? readMaskGeneration(mask) : DIGESTS.sha1;
  const saltLength = salt ? readSmallInteger(salt, what) : 20;
  // RFC 4055, 3.1: "MUST be 1".
  if (trailer && readSmallInteger(trailer, what) !== 1) throw derInvalid(`${what}: another trailer`);
  if (saltLength > 2048) throw derInvalid(`${what}: a salt of ${saltLength} octets`);
  return digest && maskDigest && { digest, maskDigest, saltLength };
}

function readDigest(identifier: DerElement): Digest | undefined {
  const what = 'digest';
  const reader = identifier.expect(TAG.sequence, what).reader();
  const oid = readOid(reader.next(what), what);
  // RFC 4055, 2.1: absent and NULL are equal.
  reader.optional(TAG.null);
  reader.end(what);
  return findDigest(oid);
}

function readMaskGeneration(identifier: DerElement): Digest | undefined {
  const what = 'mask generation';
  const reader = identifier.expect(TAG.sequence, what).reader();
  if (readOid(reader.next(what), what) !== MGF1) return undefined;
  return readDigest(reader.next(what));
}
