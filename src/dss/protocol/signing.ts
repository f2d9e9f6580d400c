/** One document and its CMS signature (RFC 5652), with and without a confirmation on the telephone. */

import type { DssEndpoints } from './addresses.ts';
import { documentAnswer, transactionAnswer } from './answers.ts';
import { DssError } from './dss-error.ts';
import { type Answered, type Exchange, refusalOf } from './exchange.ts';

export interface DocumentToSign {
  readonly content: Uint8Array;
  readonly name: string;
  readonly certificateId: string;
  /** Empty: none. */
  readonly pin: string;
}

const SIGN_DOCUMENT = 2;
const CMS = 5;
const PLACE = 'dss-server';
const TIMEOUT_MS = 60_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** What stands for the document until the person has confirmed; returns its id. @throws {DssError} */
export async function createTransaction(
  exchange: Exchange,
  endpoints: DssEndpoints,
  accessToken: string,
  document: DocumentToSign,
  signal?: AbortSignal,
): Promise<string> {
  const { content, name, certificateId, pin } = document;
  const parameters = {
    SignatureType: 'CMS',
    CertificateID: certificateId,
    IsDetached: 'false',
    CmsSignatureType: 'sign',
    PinCode: pin,
    DocumentInfo: name,
    DocumentType: name.split('.').at(-1) ?? '',
  };
  const answered = await exchange({
    url: endpoints.transactions,
    authorization: `Bearer ${accessToken}`,
    body: {
      OperationCode: SIGN_DOCUMENT,
      Document: Buffer.from(content).toString('base64'),
      Documents: [],
      Parameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value })),
    },
    place: PLACE,
    signal,
  });
  const parsed = transactionAnswer.safeParse(answered.json);
  if (answered.status !== 200 || !parsed.success) throw notSigned(answered);
  return parsed.data;
}

/** After the confirmation, with the token that belongs to the transaction. @throws {DssError} */
export async function signTransaction(
  exchange: Exchange,
  endpoints: DssEndpoints,
  operationToken: string,
  pin: string,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  return readSignature(
    await exchange({
      url: endpoints.documents,
      authorization: `Bearer ${operationToken}`,
      body: pin === '' ? {} : { Signature: { PinCode: pin } },
      place: PLACE,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      signal,
    }),
  );
}

/** Where the policy asks for no confirmation. @throws {DssError} */
export async function signAtOnce(
  exchange: Exchange,
  endpoints: DssEndpoints,
  accessToken: string,
  document: DocumentToSign,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const { content, name, certificateId, pin } = document;
  const number = Number(certificateId);
  return readSignature(
    await exchange({
      url: endpoints.documents,
      authorization: `Bearer ${accessToken}`,
      body: {
        Content: Buffer.from(content).toString('base64'),
        Name: name,
        Signature: {
          CertificateId: Number.isSafeInteger(number) ? number : certificateId,
          Type: CMS,
          PinCode: pin,
          Parameters: { CmsSignatureType: 'sign', IsDetached: false, OriginalDocument: '' },
        },
      },
      place: PLACE,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      signal,
    }),
  );
}

function readSignature(answered: Answered): Uint8Array {
  const parsed = documentAnswer.safeParse(answered.json);
  if (answered.status !== 200 || !parsed.success) throw notSigned(answered);
  return new Uint8Array(Buffer.from(parsed.data, 'base64'));
}

function notSigned(answered: Answered): DssError {
  if (answered.status === 200) return new DssError('answer-unexpected', { place: PLACE, status: 200 });
  const refusal = refusalOf(answered, PLACE);
  if (refusal.failure !== 'answer-unexpected') return refusal;
  const { status, serverCode } = refusal;
  return new DssError('signature-refused', {
    place: PLACE,
    ...(status === undefined ? {} : { status }),
    ...(serverCode === undefined ? {} : { serverCode }),
  });
}
