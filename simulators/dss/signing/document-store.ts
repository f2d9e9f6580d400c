import { randomUUID } from 'node:crypto';
import { type Answer, type DssRequest, json, refuse } from '../answer.ts';
import { Fields } from '../fields.ts';
import { authenticateBearer } from '../sign-in/credentials.ts';
import type { Tokens } from '../sign-in/tokens.ts';

interface StoredDocument {
  readonly login: string;
  readonly name: string;
  readonly content: Buffer;
}

/** Where clients of API v2 put documents before they sign them by `RefId`. */
export class DocumentStore {
  readonly #byId = new Map<string, StoredDocument>();

  find(id: string, login: string): StoredDocument | undefined {
    const found = this.#byId.get(id.toLowerCase());
    return found?.login === login ? found : undefined;
  }

  /** @param path behind `{DocumentStore}/api/`, in lower case */
  handle(path: string, request: DssRequest, tokens: Tokens): Answer {
    const { user } = authenticateBearer(request.authorization, tokens, request.now);
    if (request.method === 'POST' && path === 'documents') {
      const id = randomUUID();
      const name = readDescription(request).text('FileName') ?? '';
      this.#byId.set(id, { login: user.login, name, content: request.body });
      return json({ DocumentId: id });
    }
    const id = /^documents\/([\da-f-]{36})(?:\/content)?$/.exec(path)?.[1];
    const found = id === undefined ? undefined : this.find(id, user.login);
    if (id === undefined || !found) throw refuse(404, 'document_not_found');
    if (request.method === 'DELETE') {
      this.#byId.delete(id);
      return json({});
    }
    if (request.method !== 'GET') throw refuse(405, 'method_not_allowed');
    return { status: 200, type: 'application/octet-stream', body: found.content };
  }
}

/** Header `CPDSS-POSTDOC`: base64url of JSON. */
function readDescription(request: DssRequest): Fields {
  const header = request.headers['cpdss-postdoc'];
  if (typeof header !== 'string') return new Fields({});
  try {
    return new Fields(JSON.parse(Buffer.from(header, 'base64url').toString('utf8')));
  } catch {
    throw refuse(400, 'document_info_invalid');
  }
}
