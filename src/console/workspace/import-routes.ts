import type { Readable } from 'node:stream';
import { z } from 'zod';
import { ProblemError } from '../../kernel/problem.ts';
import { actorOf } from '../actor.ts';
import type { ConsoleApp } from '../console-app.ts';
import {
  commitRequest,
  committedView,
  fileQuery,
  importStarted,
  importView,
  passwordRequest,
  passwordView,
  textRequest,
} from './contract.ts';
import { presentImport } from './present-workspace.ts';
import type { WorkspaceSectionOptions } from './workspace-section.ts';

const MAX_FILE_BYTES = 64 * 1024 * 1024;
const MAX_JSON_BYTES = 5 * 1024 * 1024;
/** Of all people; each may be of 64 MB. */
const UPLOADS_AT_ONCE = 4;
const params = z.object({ id: z.string().max(64) });

/** What a person brings: uploaded, looked at, then saved. */
export function registerImportRoutes(
  app: ConsoleApp,
  { imports }: Pick<WorkspaceSectionOptions, 'imports'>,
): void {
  let uploads = 0;
  // Read piece by piece below, within a bound of its own.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));

  app.post('/api/workspace/imports', { schema: { response: { 200: importStarted } } }, async (request) => ({
    id: imports.begin(actorOf(request).accountId),
  }));

  app.post(
    '/api/workspace/imports/:id/files',
    { bodyLimit: MAX_FILE_BYTES, schema: { params, querystring: fileQuery } },
    async (request, reply) => {
      const { accountId } = actorOf(request);
      const { id } = request.params;
      imports.check(accountId, id);
      if (Number(request.headers['content-length'] ?? 0) > MAX_FILE_BYTES) throw tooLarge();
      if (uploads >= UPLOADS_AT_ONCE) {
        throw new ProblemError('throttled', {
          detail: 'many files are being uploaded',
          retryAfterSeconds: 3,
        });
      }
      uploads += 1;
      try {
        const bytes = await collect(request.body as Readable | undefined);
        await imports.addFile(accountId, id, { name: request.query.name, bytes, source: 'file' });
      } finally {
        uploads -= 1;
      }
      return await reply.code(204).send();
    },
  );

  app.post(
    '/api/workspace/imports/:id/text',
    { bodyLimit: MAX_JSON_BYTES, schema: { params, body: textRequest } },
    async (request, reply) => {
      const bytes = new Uint8Array(Buffer.from(request.body.text));
      const { accountId } = actorOf(request);
      await imports.addFile(accountId, request.params.id, { name: '', bytes, source: 'paste' });
      return await reply.code(204).send();
    },
  );

  app.post(
    '/api/workspace/imports/:id/items/:itemId/password',
    {
      schema: {
        params: params.extend({ itemId: z.string().max(20) }),
        body: passwordRequest,
        response: { 200: passwordView },
      },
    },
    async (request) => {
      const { id, itemId } = request.params;
      const { accountId } = actorOf(request);
      return { outcome: await imports.unlock(accountId, id, itemId, request.body.password) };
    },
  );

  app.get(
    '/api/workspace/imports/:id',
    { schema: { params, response: { 200: importView } } },
    async (request) => presentImport(await imports.preview(actorOf(request).accountId, request.params.id)),
  );

  app.post(
    '/api/workspace/imports/:id/commit',
    { bodyLimit: MAX_JSON_BYTES, schema: { params, body: commitRequest, response: { 200: committedView } } },
    async (request) => {
      const { accountId, journal } = actorOf(request);
      const { token, chosen, trusted } = request.body;
      return await imports.commit(accountId, request.params.id, {
        token,
        chosen: chosen.map(({ id, store }) => ({ id, store })),
        trusted,
        actor: journal,
      });
    },
  );

  app.delete('/api/workspace/imports/:id', { schema: { params } }, async (request, reply) => {
    imports.discard(actorOf(request).accountId, request.params.id);
    return await reply.code(204).send();
  });
}

async function collect(body: Readable | undefined): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    if (!(piece instanceof Uint8Array)) throw new ProblemError('request-invalid');
    length += piece.length;
    if (length > MAX_FILE_BYTES) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces, length);
}

function tooLarge(): ProblemError {
  return new ProblemError('request-too-large', { detail: 'a file has at most 64 MB' });
}
