import { type Answer, json, refuse } from '../answer.ts';
import { type DocumentResult, readJob, runJob, type SigningDocument } from './job.ts';
import type { Call } from './sign-server.ts';
import type { SigningTransaction } from './transactions.ts';
import { decode } from './v1.ts';

/** `POST v2/signature`: makes an operation, or finishes the one whose token is shown. */
export async function signV2({ user, grant, fields, now, context }: Call): Promise<Answer> {
  const signature = fields.object('Signature');
  if (grant.transactionId !== undefined) {
    const operation = context.transactions.find(grant.transactionId, user.login);
    if (operation?.version !== 'v2') throw refuse(400, 'wrong_operation');
    operation.results ??= await runJob(operation.job, signature.text('PinCode'), now);
    operation.state = 'completed';
    return present(operation, 'Completed');
  }
  const documents = fields.list('BinaryData').map((entry): SigningDocument => {
    const refId = entry.text('RefId');
    if (refId !== undefined) {
      const stored = context.documents.find(refId, user.login);
      if (!stored) throw refuse(404, 'document_not_found');
      return { name: stored.name, content: stored.content, original: undefined };
    }
    return {
      name: entry.text('ContentInfo') ?? '',
      content: decode(entry.text('Content')) ?? Buffer.alloc(0),
      original: decode(entry.text('OriginalContent')),
    };
  });
  const code = documents.length > 1 ? 4 : 2;
  const parameters = signature.object('Parameters');
  const job = readJob({ user, certificates: context.certificates, signature, parameters, documents });
  const operation = context.transactions.create({ login: user.login, version: 'v2', code, job }, now);
  const action = code === 2 ? 'SignDocument' : 'SignDocuments';
  if (fields.isTrue('ForceConfirmation') || context.policies.isConfirmationRequired(user, action)) {
    return present(operation, 'Created');
  }
  operation.results = await runJob(job, undefined, now);
  operation.state = 'completed';
  return present(operation, 'Completed');
}

function present(operation: SigningTransaction, status: 'Created' | 'Completed'): Answer {
  return json({
    Operation: {
      Id: operation.id,
      Status: status,
      ExpirationDate: Math.floor(operation.expiresAt.getTime() / 1000),
      Result: operation.results
        ? {
            ProcessedDocuments: operation.results.map((result, index) => processed(operation, result, index)),
          }
        : null,
      Error: null,
      ErrorDescription: null,
      UserLogin: operation.login,
      UserRealm: 'local',
      UserId: operation.login,
    },
  });
}

function processed(operation: SigningTransaction, result: DocumentResult, index: number): object {
  const isSigned = result.kind === 'signed';
  return {
    RefId: null,
    Content: isSigned ? result.signature.toString('base64') : null,
    ContentInfo: operation.job.documents[index]?.name ?? '',
    Status: isSigned ? 'Completed' : 'Error',
    Error: isSigned ? null : result.code,
    ErrorDescription: null,
  };
}

const STATES = {
  created: 'Created',
  confirmed: 'Confirmed',
  declined: 'Declined',
  completed: 'Completed',
} as const satisfies Record<SigningTransaction['state'], string>;

/** One entry of `GET {STS}/operations`. */
export function presentOperation(operation: SigningTransaction, now: Date): object {
  const isExpired = operation.state === 'created' && operation.expiresAt <= now;
  return {
    Id: operation.id,
    Type: operation.code === 2 ? 'SignDocument' : 'SignDocuments',
    Description: operation.job.documents.map(({ name }) => name).join(', '),
    State: isExpired ? 'Expired' : STATES[operation.state],
    CreatedAt: Math.floor(operation.createdAt.getTime() / 1000),
    ConfirmBefore: Math.floor(operation.expiresAt.getTime() / 1000),
    CompleteBefore: Math.floor(operation.expiresAt.getTime() / 1000),
    UserId: operation.login,
    IsAsync: false,
  };
}
