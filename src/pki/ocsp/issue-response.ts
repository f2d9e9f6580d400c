/** Answers about certificates (RFC 6960, 4.2), as DER by hand: thousands are signed in a second. */
import type { RevocationReason } from '../../kernel/audit-event.ts';
import { REASON_CODES } from '../crl/revoked-entry.ts';
import { contextTag, TAG } from '../der/der-element.ts';
import {
  encodeBitString,
  encodeElement,
  encodeGeneralizedTime,
  encodeOctetString,
  encodeOid,
  encodeSequence,
} from '../der/der-writer.ts';
import { OID } from '../der/oid.ts';
import type { CertificateId } from './certificate-id.ts';
import { type ResponderKey, signAnswer } from './responder-key.ts';

/** RFC 6960, 2.2: `good` says no more than "not revoked"; `unknown` that this serial number was never given out. */
export type CertificateStatus =
  | { readonly kind: 'good' }
  | { readonly kind: 'revoked'; readonly revokedAt: Date; readonly reason: RevocationReason | undefined }
  | { readonly kind: 'unknown' };

export interface OcspAnswer {
  readonly id: CertificateId;
  readonly status: CertificateStatus;
}

export interface OcspResponseInput {
  readonly answers: readonly OcspAnswer[];
  /** When what is said was known to be right, and when it was signed. */
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly nonce?: Uint8Array;
}

/** RFC 6960, 4.2.1; unsigned. */
const ERRORS = { malformedRequest: 1, internalError: 2, tryLater: 3, unauthorized: 6 } as const;
export type OcspError = keyof typeof ERRORS;

const ID_BASIC = encodeOid(OID.ocspBasic);
const ID_NONCE = encodeOid(OID.ocspNonce);
const GOOD = encodeElement(contextTag(0, 'primitive'));
const UNKNOWN = encodeElement(contextTag(2, 'primitive'));
const SUCCESSFUL = encodeElement(TAG.enumerated, Uint8Array.of(0));

/** The whole OCSPResponse in DER, signed by the responder's key, whose certificate comes with it. */
export function issueOcspResponse(key: ResponderKey, input: OcspResponseInput): Uint8Array {
  const thisUpdate = encodeGeneralizedTime(input.thisUpdate);
  const nextUpdate = explicit(0, encodeGeneralizedTime(input.nextUpdate));
  const tbsDer = encodeSequence(
    explicit(2, encodeOctetString(key.keyHash)),
    thisUpdate,
    encodeSequence(
      ...input.answers.map(({ id, status }) =>
        encodeSequence(id.der, encodeStatus(status), thisUpdate, nextUpdate),
      ),
    ),
    ...(input.nonce === undefined ? [] : [explicit(1, encodeSequence(encodeNonce(input.nonce)))]),
  );
  const signature = signAnswer(key, tbsDer);
  const basic = encodeSequence(
    tbsDer,
    signature.algorithmDer,
    encodeBitString(signature.value),
    explicit(0, encodeSequence(key.certificate.der)),
  );
  return encodeSequence(SUCCESSFUL, explicit(0, encodeSequence(ID_BASIC, encodeOctetString(basic))));
}

export function encodeOcspError(error: OcspError): Uint8Array {
  return encodeSequence(encodeElement(TAG.enumerated, Uint8Array.of(ERRORS[error])));
}

function encodeStatus(status: CertificateStatus): Uint8Array {
  switch (status.kind) {
    case 'good':
      return GOOD;
    case 'unknown':
      return UNKNOWN;
    case 'revoked': {
      const reason =
        status.reason === undefined
          ? []
          : [explicit(0, encodeElement(TAG.enumerated, Uint8Array.of(REASON_CODES[status.reason])))];
      return encodeElement(contextTag(1, 'constructed'), encodeGeneralizedTime(status.revokedAt), ...reason);
    }
  }
}

function encodeNonce(nonce: Uint8Array): Uint8Array {
  return encodeSequence(ID_NONCE, encodeOctetString(encodeOctetString(nonce)));
}

function explicit(number: number, content: Uint8Array): Uint8Array {
  return encodeElement(contextTag(number, 'constructed'), content);
}
