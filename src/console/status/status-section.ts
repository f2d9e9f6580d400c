import { z } from 'zod';
import type { AccountId, Sha256Fingerprint } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { parseCertificate } from '../../pki/x509/certificate.ts';
import type { StatusPort, StatusRow, Wish } from '../../workspace/status/ports.ts';
import { isFetchable } from '../../workspace/status/reasons.ts';
import { questionsOf } from '../../workspace/status/status-questions.ts';
import type { WorkspaceChangePort, WorkspacePort } from '../../workspace/stores/ports.ts';
import { actorOf } from '../actor.ts';
import type { ConsoleSection } from '../options.ts';
import { rememberAccessCertificate } from '../workspace/remember-access.ts';
import { makeCalendar } from './calendar.ts';
import {
  fetchBody,
  healthView,
  progressBody,
  progressView,
  recheckBody,
  recheckedView,
  statusView,
} from './contract.ts';
import { registerLevelRoutes } from './level-routes.ts';
import { registerListRoutes } from './list-routes.ts';
import { groupProblems, type KnownLevel, presentStatus } from './present-status.ts';

export interface StatusSectionOptions {
  readonly port: StatusPort;
  readonly workspace: Pick<
    WorkspacePort,
    'listCertificates' | 'findList' | 'readListDer' | 'findAccessCertificate' | 'rememberCertificate'
  > &
    Pick<WorkspaceChangePort, 'addToWorkspace' | 'recordExport'>;
}

const fingerprint = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/u) });

/** What is known about people's certificates, why, and what to do about it. */
export function createStatusSection({ port, workspace }: StatusSectionOptions): ConsoleSection {
  return {
    name: 'status',
    register(app, { clock, productName }) {
      registerListRoutes(app, workspace, { clock });
      registerLevelRoutes(app, { port, workspace }, { clock });

      app.get(
        '/api/status/certificates/:sha256',
        { schema: { params: fingerprint, response: { 200: statusView } } },
        async (request) => {
          const { accountId } = actorOf(request);
          const sha256 = request.params.sha256 as Sha256Fingerprint;
          const row = await port.findStatus(accountId, sha256);
          if (row === undefined) throw new ProblemError('not-found');
          const known = await readChain(port, accountId, row);
          const urls = addressesOf(known).map(({ url }) => url);
          return presentStatus(row, await port.readFetches(urls), known);
        },
      );

      app.get('/api/status/health', { schema: { response: { 200: healthView } } }, async (request) => {
        const { accountId } = actorOf(request);
        await rememberAccessCertificate(workspace, accountId, clock.now());
        const [counts, problems] = await Promise.all([
          port.countStates(accountId),
          port.listProblems(accountId),
        ]);
        return { counts, groups: groupProblems(problems) };
      });

      app.post(
        '/api/status/recheck',
        { schema: { body: recheckBody, response: { 200: recheckedView } }, bodyLimit: 1024 * 1024 },
        async (request) => {
          const { accountId } = actorOf(request);
          const sha256s = request.body.sha256s as Sha256Fingerprint[] | undefined;
          const now = clock.now();
          return { count: await port.requestChecks(accountId, sha256s, now), since: now.toISOString() };
        },
      );

      app.post(
        '/api/status/progress',
        { schema: { body: progressBody, response: { 200: progressView } }, bodyLimit: 1024 * 1024 },
        async (request) => {
          const { accountId } = actorOf(request);
          const { since } = request.body;
          const sha256s = request.body.sha256s as Sha256Fingerprint[];
          return await port.countChecked(accountId, sha256s, new Date(since));
        },
      );

      // «Получить недостающий сертификат», «Обновить список отзыва»: of this certificate and of its chain, and only
      // what they name themselves.
      app.post('/api/status/fetch', { schema: { body: fetchBody } }, async (request, reply) => {
        const { accountId } = actorOf(request);
        const { sha256, kind } = request.body;
        const row = await port.findStatus(accountId, sha256 as Sha256Fingerprint);
        if (row === undefined) throw new ProblemError('not-found');
        const known = await readChain(port, accountId, row);
        const wishes = addressesOf(known).filter((wish) => wish.kind === kind);
        await port.requestFetches(accountId, wishes, clock.now());
        return await reply.code(204).send();
      });

      app.get('/api/status/calendar.ics', async (request, reply) => {
        const { accountId, locale } = actorOf(request);
        const now = clock.now();
        const { entries } = await workspace.listCertificates({
          accountId,
          store: 'personal',
          search: undefined,
          state: undefined,
          ends: undefined,
          source: undefined,
          issuerKey: undefined,
          organisation: undefined,
          algorithm: undefined,
          group: undefined,
          sort: 'not-after',
          direction: 'ascending',
          offset: 0,
          limit: 500,
          now,
        });
        const ends = entries
          .map(({ certificate }) => certificate)
          .filter(({ notAfter }) => notAfter > now)
          .map(({ sha256, owner, issuerName, notAfter }) => ({ id: sha256, owner, issuerName, notAfter }));
        return await reply
          .type('text/calendar; charset=utf-8')
          .header('content-disposition', 'attachment; filename="certificates.ics"')
          .send(makeCalendar(ends, { locale, now, productName }));
      });
    },
  };
}

/** The certificate and those above it that the person may know. */
async function readChain(
  port: Pick<StatusPort, 'readKnown'>,
  accountId: AccountId,
  { sha256, detail }: StatusRow,
): Promise<readonly KnownLevel[]> {
  const chain = [...new Set([sha256, ...(detail?.chain ?? []).map((level) => level.sha256)])];
  const known = await port.readKnown(accountId, chain as Sha256Fingerprint[]);
  return known.map(({ der, ...rest }) => ({ ...rest, certificate: parseCertificate(der) }));
}

/** What the certificates of a chain name themselves, and what responders are asked about them. */
function addressesOf(known: readonly KnownLevel[]): readonly Wish[] {
  const certificates = known.map(({ certificate }) => certificate);
  const named = certificates.flatMap(({ caIssuersUrls, revocationListUrls }): Wish[] => [
    ...caIssuersUrls.map((url) => ({ url, kind: 'issuer' as const })),
    ...revocationListUrls.map((url) => ({ url, kind: 'list' as const })),
  ]);
  return [...named.filter(({ url }) => isFetchable(url)), ...questionsOf(certificates, certificates)];
}
