import { type Answer, type DssRequest, json, readJson, refuse } from '../answer.ts';
import type { CloudCertificates } from '../authority/certificates.ts';
import type { Fields } from '../fields.ts';
import { Fields as FieldsOf } from '../fields.ts';
import { authenticateBearer } from '../sign-in/credentials.ts';
import type { Grant, Tokens } from '../sign-in/tokens.ts';
import type { DssUser } from '../users.ts';
import type { DocumentStore } from './document-store.ts';
import { checkPin } from './job.ts';
import type { Policies } from './policy.ts';
import { presentCertificate } from './present-certificate.ts';
import type { SigningTransactions } from './transactions.ts';
import { createTransaction, signV1 } from './v1.ts';
import { signV2 } from './v2.ts';

export interface SignServerContext {
  readonly tokens: Tokens;
  readonly certificates: CloudCertificates;
  readonly policies: Policies;
  readonly transactions: SigningTransactions;
  readonly documents: DocumentStore;
}

/** A call of somebody who has signed in. */
export interface Call {
  readonly user: DssUser;
  readonly grant: Grant;
  readonly fields: Fields;
  readonly now: Date;
  readonly context: SignServerContext;
}

/** @param path behind `{SignServer}/rest/api/` (or `{SignServer}/api/`), in lower case, without slashes around it */
export async function handleSignServer(
  path: string,
  request: DssRequest,
  context: SignServerContext,
): Promise<Answer> {
  const { user, grant } = authenticateBearer(request.authorization, context.tokens, request.now);
  if (request.method === 'GET') return get(path, user, context);
  if (request.method !== 'POST') throw refuse(405, 'method_not_allowed');
  const call: Call = { user, grant, fields: new FieldsOf(readJson(request)), now: request.now, context };
  switch (path) {
    case 'transactions':
      return createTransaction(call);
    case 'documents':
      return signV1(call, 2);
    case 'documents/packagesignature':
      return signV1(call, 4);
    case 'v2/signature':
      return signV2(call);
    default:
      return checkPinOf(path, call);
  }
}

function get(path: string, user: DssUser, { certificates, policies }: SignServerContext): Answer {
  if (path === 'policy') return json(policies.present(user));
  const match = /^(?:v2\/)?certificates(?:\/(\d+))?$/.exec(path);
  if (!match) throw refuse(404, 'not_found');
  const all = certificates.listOf(user);
  if (match[1] === undefined) return json(all.map((one, index) => presentCertificate(one, index === 0)));
  const found = certificates.find(user, Number(match[1]));
  if (!found) throw refuse(404, 'certificate_not_found');
  return json(presentCertificate(found, found === all[0]));
}

/** `POST certificates/{id}/pin/check`. */
function checkPinOf(path: string, { user, fields, context }: Call): Answer {
  const id = /^certificates\/(\d+)\/pin\/check$/.exec(path)?.[1];
  if (id === undefined) throw refuse(404, 'not_found');
  const found = context.certificates.find(user, Number(id));
  if (!found) throw refuse(404, 'certificate_not_found');
  try {
    checkPin(found, fields.text('Pin'));
    return json({ IsValid: true, ErrorDescription: null });
  } catch {
    return json({ IsValid: false, ErrorDescription: 'Неверный ПИН-код' });
  }
}
