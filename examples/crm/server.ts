import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { openDatabase } from './data/database.ts';
import { Tickets } from './data/tickets.ts';
import { createIdentityReader, type IdentityOptions } from './identity/identity.ts';
import { Live } from './live.ts';
import { renderMessagePage } from './pages/layout.ts';
import { TEXTS } from './pages/texts.ts';
import { contextOf, registerPeople } from './people.ts';
import { registerAssets } from './routes/assets.ts';
import { registerFiles } from './routes/files.ts';
import { registerPages } from './routes/pages.ts';
import { registerTicketChanges } from './routes/ticket-changes.ts';
import { Sessions } from './session.ts';

export interface CrmOptions extends IdentityOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** The CRM's own SQLite database; files that are attached to tickets lie beside it. */
  readonly databaseFile: string;
}

export interface Crm {
  readonly url: string;
  close(): Promise<void>;
}

const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * A small CRM that knows nothing of certificates: it stands behind a gate, speaks plain HTTP on this machine and
 * believes who the gate says it is.
 */
export async function startCrm(options: CrmOptions): Promise<Crm> {
  const database = openDatabase(options.databaseFile, new Date());
  const filesFolder = `${options.databaseFile}-files`;
  mkdirSync(filesFolder, { recursive: true, mode: 0o700 });
  const readIdentity = createIdentityReader(options);
  const live = new Live();
  const parts = { tickets: new Tickets(database), sessions: new Sessions(database), live, filesFolder };

  const app = fastify({ forceCloseConnections: true, bodyLimit: 64 * 1024 });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  // Left alone here: an upload is written down while it comes.
  app.addContentTypeParser('multipart/form-data', (_request, _payload, done) => done(null));
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': PAGE_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  });
  registerAssets(app);
  await app.register((behindGate, _options, done) => {
    registerPeople(behindGate, readIdentity, parts.sessions);
    registerPages(behindGate, parts);
    registerTicketChanges(behindGate, parts);
    registerFiles(behindGate, parts);
    behindGate.setNotFoundHandler((request, reply) => {
      const context = contextOf(request);
      const { notFound, notFoundHint } = TEXTS[context.language];
      return reply
        .code(404)
        .type('text/html')
        .send(renderMessagePage(context, notFound, notFoundHint));
    });
    done();
  });
  live.attach(app.server, readIdentity);
  await app.listen({ port: options.port, host: options.host });

  return {
    url: `http://${options.host}:${(app.server.address() as AddressInfo).port}`,
    async close() {
      live.close();
      await app.close();
      database.close();
    },
  };
}
