/** Proof that a certificate of a DSS works from end to end: a random text is signed there and verified here. */

import type { Random } from '../../kernel/random.ts';
import { readSignedData } from '../../pki/cms/read-signed-data.ts';
import { verifySignedData } from '../../pki/cms/verify-signed-data.ts';
import { parseCertificate } from '../../pki/x509/certificate.ts';
import { endpointsOf } from '../protocol/addresses.ts';
import { readPolicy } from '../protocol/certificates.ts';
import { DssError } from '../protocol/dss-error.ts';
import { createTransaction, signAtOnce, signTransaction } from '../protocol/signing.ts';
import type { Attempt, AttemptPurpose } from './attempt.ts';
import { converse, type DialogueContext } from './sign-in.ts';

export interface TestSignature {
  readonly outcome: 'verified' | 'not-verified';
  readonly signatureDer: Uint8Array;
}

/** @throws {DssError} */
export async function makeTestSignature(
  context: DialogueContext,
  attempt: Attempt,
  purpose: Extract<AttemptPurpose, { kind: 'test-signature' }>,
  input: { readonly accessToken: string; readonly certificateDer: Uint8Array; readonly random: Random },
): Promise<TestSignature> {
  const { exchange } = context;
  const { signal } = attempt.abort;
  const { accessToken } = input;
  const endpoints = endpointsOf(attempt.connection);
  attempt.state = { kind: 'working', step: 'signing' };
  const content = textToSign(input.random);
  const document = {
    content,
    name: 'propusk-test.txt',
    certificateId: purpose.dssId,
    pin: purpose.pin,
  };
  const policy = await readPolicy(exchange, endpoints, accessToken, signal);
  const signatureDer = policy.confirmed.has('signdocument')
    ? await signConfirmed()
    : await signAtOnce(exchange, endpoints, accessToken, document, signal);
  attempt.state = { kind: 'working', step: 'verifying' };
  return { outcome: verify(signatureDer, input.certificateDer, content), signatureDer };

  /** The confirmation of an operation goes to v1, also where the sign-in is of 2.0: that is where v1 transactions live. */
  async function signConfirmed(): Promise<Uint8Array> {
    const id = await createTransaction(exchange, endpoints, accessToken, document, signal);
    const token = await converse(context, attempt, {
      url: endpoints.confirmation.v1,
      resource: endpoints.resource,
      authorization: `Bearer ${accessToken}`,
      clientId: context.clientId,
      operation: { TransactionTokenId: id },
    });
    attempt.state = { kind: 'working', step: 'signing' };
    return await signTransaction(exchange, endpoints, token.value, purpose.pin, signal);
  }
}

function textToSign(random: Random): Uint8Array {
  return new TextEncoder().encode(`Propusk ${Buffer.from(random.bytes(32)).toString('hex')}\n`);
}

/** By this very certificate, over this very text; the certificate that the answer brings along proves nothing. */
function verify(
  signatureDer: Uint8Array,
  certificateDer: Uint8Array,
  content: Uint8Array,
): TestSignature['outcome'] {
  const certificate = parseCertificate(certificateDer);
  let signed: ReturnType<typeof readSignedData>;
  try {
    signed = readSignedData(signatureDer);
  } catch (cause) {
    throw new DssError('answer-unexpected', { place: 'dss-server', cause });
  }
  if (signed.content === undefined || Buffer.compare(signed.content, content) !== 0) return 'not-verified';
  const verdicts = verifySignedData(signed, [certificate]);
  const isGood = verdicts.length > 0 && verdicts.every(({ kind }) => kind === 'verified');
  return isGood ? 'verified' : 'not-verified';
}
