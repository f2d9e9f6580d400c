/**
 * Reading OCSP responses (RFC 6960, 4.2.1). Verifies nothing: whether the responder may answer is asked where revocation
 * is checked.
 */
import { REVOCATION_REASONS, type RevocationReason } from '../../kernel/audit-event.ts';
import { REASON_CODES } from '../crl/revoked-entry.ts';
import {
  checkDer,
  contextTag,
  type DerElement,
  type DerReader,
  derInvalid,
  readDer,
  TAG,
} from '../der/der-element.ts';
import { readOid, readSignatureBytes, readSmallInteger, readTime } from '../der/der-values.ts';
import { OID } from '../der/oid.ts';
import type { CertificateSignature } from '../x509/certificate.ts';
import { type DistinguishedName, readDistinguishedName } from '../x509/distinguished-name.ts';
import { type RawExtensions, readRawExtensions } from '../x509/extensions.ts';
import { type CertificateId, readCertificateId } from './certificate-id.ts';

const LIMITS = { maxBytes: 1024 * 1024, maxElements: 40_000, maxDepth: 26 };

const RESPONSE_STATUSES = new Map([
  [1, 'malformedRequest'],
  [2, 'internalError'],
  [3, 'tryLater'],
  [5, 'sigRequired'],
  [6, 'unauthorized'],
] as const);

export type OcspError = 'malformedRequest' | 'internalError' | 'tryLater' | 'sigRequired' | 'unauthorized';

export type OcspCertStatus =
  | { readonly status: 'good' }
  | { readonly status: 'revoked'; readonly revokedAt: Date; readonly reason: RevocationReason | undefined }
  | { readonly status: 'unknown' };

export interface OcspSingleResponse {
  readonly certId: CertificateId;
  readonly certStatus: OcspCertStatus;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  readonly criticalExtensions: readonly string[];
}

export interface BasicOcspResponse {
  readonly kind: 'basic';
  readonly tbsDer: Uint8Array;
  readonly responderId:
    | { readonly kind: 'name'; readonly name: DistinguishedName }
    | { readonly kind: 'key'; readonly sha1: Uint8Array };
  readonly producedAt: Date;
  readonly responses: readonly OcspSingleResponse[];
  /** The value of the extension. */
  readonly nonce?: Uint8Array;
  readonly criticalExtensions: readonly string[];
  readonly signature: CertificateSignature;
  /** DER, not parsed: what a stranger adds may be anything. */
  readonly certificatesDer: readonly Uint8Array[];
}

export type OcspResponse = BasicOcspResponse | { readonly kind: 'error'; readonly error: OcspError };

/**
 * Takes exactly one response in DER, at most 1 MiB.
 *
 * @throws {ProblemError} `der-invalid`
 */
export function parseOcspResponse(responseDer: Uint8Array): OcspResponse {
  const what = 'OCSP response';
  checkDer(responseDer, what, LIMITS);
  const fields = readDer(Uint8Array.from(responseDer), what).expect(TAG.sequence, what).reader();
  const status = readSmallInteger(fields.expect(TAG.enumerated, what), what);
  const wrapper = fields.optional(contextTag(0, 'constructed'));
  fields.end(what);
  if (status !== 0) {
    const error = RESPONSE_STATUSES.get(status as 1);
    if (error === undefined) throw derInvalid(`${what}: status ${status}`);
    return { kind: 'error', error };
  }
  if (!wrapper) throw derInvalid(`${what}: successful and empty`);
  const bytes = only(wrapper, what).expect(TAG.sequence, what).reader();
  if (readOid(bytes.next(what), what) !== OID.ocspBasic) throw derInvalid(`${what}: not a basic one`);
  const basic = bytes.expect(TAG.octetString, what).content;
  bytes.end(what);
  checkDer(basic, what, LIMITS);
  return readBasicResponse(readDer(basic, what).expect(TAG.sequence, what).reader());
}

function readBasicResponse(fields: DerReader): BasicOcspResponse {
  const what = 'OCSP response';
  const tbs = fields.expect(TAG.sequence, what);
  const algorithm = fields.expect(TAG.sequence, 'signature algorithm');
  const value = readSignatureBytes(fields.next('signature'), 'signature');
  const certificates = fields.optional(contextTag(0, 'constructed'));
  fields.end(what);

  const data = tbs.reader();
  const version = data.optional(contextTag(0, 'constructed'));
  if (version && readSmallInteger(only(version, what), what) !== 0)
    throw derInvalid(`${what}: not version 1`);
  const responderId = readResponderId(data.next(what));
  const producedAt = readTime(data.expect(TAG.generalizedTime, 'producedAt'), 'producedAt');
  const responses = data.expect(TAG.sequence, what).reader().rest().map(readSingleResponse);
  const { values, critical } = readExtensions(data.optional(contextTag(1, 'constructed')));
  data.end(what);
  const nonce = values.get(OID.ocspNonce);
  return {
    kind: 'basic',
    tbsDer: tbs.der,
    responderId,
    producedAt,
    responses,
    ...(nonce && { nonce }),
    criticalExtensions: critical,
    signature: {
      algorithm: readOid(algorithm.reader().next('algorithm'), 'algorithm'),
      algorithmDer: algorithm.der,
      value,
    },
    certificatesDer: certificates
      ? only(certificates, what)
          .expect(TAG.sequence, what)
          .reader()
          .rest()
          .map(({ der }) => der)
      : [],
  };
}

function readResponderId(element: DerElement): BasicOcspResponse['responderId'] {
  const what = 'responder';
  if (element.tag === contextTag(1, 'constructed')) {
    return { kind: 'name', name: readDistinguishedName(only(element, what), what) };
  }
  const key = only(element.expect(contextTag(2, 'constructed'), what), what);
  return { kind: 'key', sha1: key.expect(TAG.octetString, what).content };
}

function readSingleResponse(element: DerElement): OcspSingleResponse {
  const what = 'single response';
  const fields = element.expect(TAG.sequence, what).reader();
  const certId = readCertificateId(fields.next(what));
  const certStatus = readCertStatus(fields.next(what));
  const thisUpdate = readTime(fields.expect(TAG.generalizedTime, 'thisUpdate'), 'thisUpdate');
  const next = fields.optional(contextTag(0, 'constructed'));
  const { critical } = readExtensions(fields.optional(contextTag(1, 'constructed')));
  fields.end(what);
  return {
    certId,
    certStatus,
    thisUpdate,
    ...(next && { nextUpdate: readTime(only(next, 'nextUpdate'), 'nextUpdate') }),
    criticalExtensions: critical,
  };
}

function readCertStatus(element: DerElement): OcspCertStatus {
  const what = 'certificate status';
  if (element.tag === contextTag(0, 'primitive')) return { status: 'good' };
  if (element.tag === contextTag(2, 'primitive')) return { status: 'unknown' };
  const fields = element.expect(contextTag(1, 'constructed'), what).reader();
  const revokedAt = readTime(fields.expect(TAG.generalizedTime, what), what);
  const wrapper = fields.optional(contextTag(0, 'constructed'));
  fields.end(what);
  const code = wrapper && readSmallInteger(only(wrapper, what).expect(TAG.enumerated, what), what);
  const reason = REVOCATION_REASONS.find((name) => REASON_CODES[name] === code);
  return { status: 'revoked', revokedAt, reason };
}

function readExtensions(wrapper: DerElement | undefined): RawExtensions {
  return wrapper
    ? readRawExtensions(only(wrapper, 'extensions'), 'extensions')
    : { values: new Map(), critical: [] };
}

function only(wrapper: DerElement, what: string): DerElement {
  const reader = wrapper.reader();
  const element = reader.next(what);
  reader.end(what);
  return element;
}
