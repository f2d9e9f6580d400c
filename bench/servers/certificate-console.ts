import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { createConsole } from '../../src/console/console.ts';
import { createWorkspaceSection } from '../../src/console/workspace/workspace-section.ts';
import type { ApplicationId } from '../../src/kernel/brand.ts';
import { systemClock as clock } from '../../src/kernel/clock.ts';
import { silentLogger as logger } from '../../src/kernel/logger.ts';
import { systemRandom as random } from '../../src/kernel/random.ts';
import { addIssuers, addPerson, handOver, issue, signIn } from '../../src/store/testing/people.ts';
import { createImports } from '../../src/workspace/importing/imports.ts';
import { createUploadReader } from '../../src/workspace/importing/upload-reader.ts';
import { openBenchStore } from '../database/fill.ts';
import { fillWorkspace } from '../database/fill-workspace.ts';
import type { Workbench } from '../workbench.ts';

const CONSOLE = 'console' as ApplicationId;

/**
 * The built pages and the console's API for one person with so many certificates, on a real database, without TLS; and
 * beside it, on `/bare`, one page with the same rows as a table that the server wrote.
 */
export async function startCertificateConsole(workbench: Workbench, count: number): Promise<string> {
  const store = await openBenchStore({ databaseFile: join(workbench.directory, 'certificates.sqlite') });
  workbench.onClose(() => store.close());
  const ivanov = await addPerson(store, clock, 'ivanov');
  const { issuing } = await addIssuers(store, clock);
  await issue(store, clock, ivanov.id, issuing.id);
  const token = await handOver(store, clock, await signIn(store, clock, ivanov.id), CONSOLE);
  await fillWorkspace(store, ivanov.id, count);
  const reader = createUploadReader();
  workbench.onClose(() => reader.close());
  const bare = await renderBare(store.workspace, ivanov.id, count);

  const server = http.createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  workbench.onClose(async () => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const own = await createConsole({
    origin,
    portalOrigin: origin,
    productName: 'Propusk',
    administratorContact: '',
    defaultLocale: 'ru',
    port: store.console,
    accounts: store.accounts,
    clock,
    random,
    logger,
    webDirectory: resolve(import.meta.dirname, '../../web/dist'),
    sections: [
      createWorkspaceSection({
        port: store.workspace,
        imports: createImports({ port: store.workspace, reader, clock, random }),
      }),
    ],
  });
  workbench.onClose(() => own.close());
  server.on('request', async (request: http.IncomingMessage, response: http.ServerResponse) => {
    if (request.url === '/bare') {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(bare);
      return;
    }
    // As the gate does: read at every request.
    const entry = await store.gate.readEntry(token, CONSOLE, clock.now());
    if (entry === undefined) response.writeHead(401).end();
    else own.handle(request, response, entry);
  });
  return origin;
}

type Listing = Pick<Parameters<typeof createImports>[0]['port'], 'listCertificates'>;

async function renderBare(
  port: Listing,
  accountId: Parameters<typeof fillWorkspace>[1],
  count: number,
): Promise<string> {
  const { entries } = await port.listCertificates({
    accountId,
    store: undefined,
    search: undefined,
    state: undefined,
    ends: undefined,
    source: undefined,
    issuerKey: undefined,
    organisation: undefined,
    algorithm: undefined,
    sort: 'owner',
    direction: 'ascending',
    offset: 0,
    limit: count,
    now: clock.now(),
  });
  const rows = entries.map(({ certificate: { sha256, owner, organisation, issuerName, notAfter } }) =>
    [
      '<tr data-key="',
      sha256,
      '"><td>',
      owner,
      '<td>',
      organisation,
      '<td>',
      issuerName,
      '<td>',
      notAfter.toISOString().slice(0, 10),
    ].join(''),
  );
  return `<!doctype html><meta charset="utf-8"><title>bare</title><table><tbody>${rows.join('\n')}</table>`;
}
