import { type Answer, json, refuse } from '../answer.ts';
import { Fields } from '../fields.ts';
import { type DocumentResult, readJob, runJob, type SigningDocument, singleSignature } from './job.ts';
import type { Call } from './sign-server.ts';

/** `POST transactions`: the answer is the id as a bare JSON string. */
export function createTransaction({ user, fields, now, context }: Call): Answer {
  const code = Number(fields.text('OperationCode'));
  if (code !== 2 && code !== 4) {
    throw refuse(400, 'invalid_operation', 'the simulator knows OperationCode 2 and 4');
  }
  const parameters = readParameters(fields);
  const isPackage = code === 4;
  const list = fields.list('Documents');
  if (isPackage ? list.length === 0 : (fields.text('Document') ?? '') === '')
    throw refuse(400, 'content_required');
  const documents = isPackage
    ? list.map(readDocument)
    : [
        {
          name: parameters.text('DocumentInfo') ?? '',
          content: decode(fields.text('Document')) ?? Buffer.alloc(0),
          original: decode(parameters.text('OriginalDocument')),
        },
      ];
  const job = readJob({
    user,
    certificates: context.certificates,
    signature: parameters,
    parameters,
    documents,
  });
  return json(context.transactions.create({ login: user.login, version: 'v1', code, job }, now).id);
}

/** `POST documents` (2) and `POST documents/packagesignature` (4): what was confirmed, or at once where nobody has to. */
export async function signV1(call: Call, code: 2 | 4): Promise<Answer> {
  const { user, grant, fields, now, context } = call;
  if (grant.transactionId === undefined) return signAtOnce(call, code);
  const transaction = context.transactions.find(grant.transactionId, user.login);
  if (!transaction || transaction.code !== code || transaction.version !== 'v1') {
    throw refuse(400, 'wrong_operation');
  }
  transaction.results ??= await runJob(transaction.job, fields.object('Signature').text('PinCode'), now);
  transaction.state = 'completed';
  return present(transaction.results, code);
}

async function signAtOnce({ user, fields, now, context }: Call, code: 2 | 4): Promise<Answer> {
  const action = code === 2 ? 'SignDocument' : 'SignDocuments';
  if (context.policies.isConfirmationRequired(user, action)) {
    throw refuse(403, 'confirmation_required', 'Требуется вторичная аутентификация');
  }
  const signature = fields.object('Signature');
  const parameters = signature.object('Parameters');
  const documents =
    code === 4
      ? fields.list('Documents').map(readDocument)
      : [
          {
            name: fields.text('Name') ?? '',
            content: decode(fields.text('Content')) ?? Buffer.alloc(0),
            original: decode(parameters.text('OriginalDocument')),
          },
        ];
  const job = readJob({ user, certificates: context.certificates, signature, parameters, documents });
  return present(await runJob(job, undefined, now), code);
}

function present(results: readonly DocumentResult[], code: 2 | 4): Answer {
  if (code === 2) return json(singleSignature(results));
  return json({
    Results: results.map((result) => (result.kind === 'signed' ? result.signature.toString('base64') : null)),
    Errors: results.map((result) => (result.kind === 'signed' ? null : result.code)),
  });
}

function readParameters(fields: Fields): Fields {
  return new Fields(
    Object.fromEntries(
      fields.list('Parameters').map((parameter) => [parameter.text('Name') ?? '', parameter.text('Value')]),
    ),
  );
}

function readDocument(fields: Fields): SigningDocument {
  return {
    name: fields.text('Name') ?? '',
    content: decode(fields.text('Content')) ?? Buffer.alloc(0),
    original: decode(fields.text('OriginalContent')),
  };
}

/** Undefined for nothing. @throws {Refusal} 400 for what is no base64 */
export function decode(text: string | undefined): Buffer | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) throw refuse(400, 'invalid_content', 'not base64');
  return Buffer.from(text, 'base64');
}
