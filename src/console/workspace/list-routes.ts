import { z } from 'zod';
import type { AccountId, Sha256Fingerprint } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { parseCertificate } from '../../pki/x509/certificate.ts';
import { fileNameOf } from '../../workspace/exporting/file-name.ts';
import type { CertificateQuery, WorkspacePort } from '../../workspace/stores/ports.ts';
import { parseSearch } from '../../workspace/stores/search-text.ts';
import { actorOf } from '../actor.ts';
import type { ConsoleApp } from '../console-app.ts';
import type { ConsoleContext } from '../options.ts';
import { attachmentHeaders } from './attachment.ts';
import {
  certificateFilters,
  certificatesQuery,
  certificatesView,
  certificateView,
  groupsQuery,
  groupsView,
  keysView,
  listItem,
  listsQuery,
  listsView,
  sha256Schema,
  storesView,
} from './contract.ts';
import { presentCard, presentEntry, presentList } from './present-workspace.ts';
import { rememberAccessCertificate } from './remember-access.ts';
import type { WorkspaceSectionOptions } from './workspace-section.ts';

const KEYS_MAX = 10_000;
export const sha256Params = z.object({ sha256: sha256Schema });

/** What is there. */
export function registerListRoutes(
  app: ConsoleApp,
  { port }: Pick<WorkspaceSectionOptions, 'port'>,
  { clock }: Pick<ConsoleContext, 'clock'>,
): void {
  app.get('/api/workspace/stores', { schema: { response: { 200: storesView } } }, async (request) => {
    const { accountId } = actorOf(request);
    await rememberAccessCertificate(port, accountId, clock.now());
    return { stores: [...(await port.countStores(accountId, clock.now()))] };
  });

  app.get(
    '/api/workspace/certificates',
    { schema: { querystring: certificatesQuery, response: { 200: certificatesView } } },
    async (request) => {
      const { accountId } = actorOf(request);
      const { sort, direction, offset, limit, group, ...filters } = request.query;
      await rememberAccessCertificate(port, accountId, clock.now());
      const query = queryOf(accountId, filters, clock.now());
      const { total, entries } = await port.listCertificates({
        ...query,
        group,
        sort,
        direction,
        offset,
        limit,
      });
      return { total, rows: entries.map(presentEntry) };
    },
  );

  app.get(
    '/api/workspace/certificates/keys',
    { schema: { querystring: certificateFilters, response: { 200: keysView } } },
    async (request) => {
      const query = queryOf(actorOf(request).accountId, request.query, clock.now());
      const { entries } = await port.listCertificates({ ...query, limit: KEYS_MAX });
      return { sha256s: entries.map(({ certificate }) => certificate.sha256) };
    },
  );

  app.get(
    '/api/workspace/groups',
    { schema: { querystring: groupsQuery, response: { 200: groupsView } } },
    async (request) => {
      const { by, ...filters } = request.query;
      const query = queryOf(actorOf(request).accountId, filters, clock.now());
      return { groups: [...(await port.groupCertificates(query, by))] };
    },
  );

  app.get(
    '/api/workspace/certificates/:sha256',
    { schema: { params: sha256Params, response: { 200: certificateView } } },
    async (request) => {
      const { accountId } = actorOf(request);
      await rememberAccessCertificate(port, accountId, clock.now());
      const card = await port.findCertificate(accountId, request.params.sha256 as Sha256Fingerprint);
      if (card === undefined) throw new ProblemError('not-found');
      return presentCard(card, parseCertificate(card.der));
    },
  );

  app.get(
    '/api/workspace/lists',
    { schema: { querystring: listsQuery, response: { 200: listsView } } },
    async (request) => {
      const { accountId } = actorOf(request);
      const { q, offset, limit } = request.query;
      const search = q === undefined ? undefined : parseSearch(q);
      const { total, entries } = await port.listLists({ accountId, search, offset, limit });
      return { total, rows: entries.map(presentList) };
    },
  );

  app.get(
    '/api/workspace/lists/:sha256',
    { schema: { params: sha256Params, response: { 200: listItem } } },
    async (request) => presentList(await getList(port, actorOf(request).accountId, request.params.sha256)),
  );

  app.get(
    '/api/workspace/lists/:sha256/file',
    { schema: { params: sha256Params } },
    async (request, reply) => {
      const { list } = await getList(port, actorOf(request).accountId, request.params.sha256);
      const der = await port.readListDer(list.sha256);
      if (der === undefined) throw new ProblemError('not-found');
      // RFC 2585, section 4.2.
      const file = {
        name: fileNameOf(list.issuerName, list.thisUpdate, 'crl'),
        mediaType: 'application/pkix-crl',
      };
      return await reply.headers(attachmentHeaders(file)).send(Buffer.from(der));
    },
  );
}

async function getList(port: WorkspacePort, accountId: AccountId, sha256: string) {
  const found = await port.findList(accountId, sha256 as Sha256Fingerprint);
  if (found === undefined) throw new ProblemError('not-found');
  return found;
}

function queryOf(
  accountId: AccountId,
  filters: z.output<typeof certificateFilters>,
  now: Date,
): CertificateQuery {
  return {
    accountId,
    store: filters.store,
    search: filters.q === undefined ? undefined : parseSearch(filters.q),
    state: filters.state,
    ends: filters.ends,
    source: filters.source,
    issuerKey: filters.issuer,
    organisation: filters.organisation,
    algorithm: filters.algorithm,
    sort: 'owner',
    direction: 'ascending',
    offset: 0,
    limit: 100,
    now,
  };
}
