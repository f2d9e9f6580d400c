import type { Sha256Fingerprint } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { exportCertificates } from '../../workspace/exporting/certificate-files.ts';
import { issuersOf } from '../../workspace/exporting/issuers-of.ts';
import { describeCertificate } from '../../workspace/stores/describe-certificate.ts';
import { actorOf, requireRole } from '../actor.ts';
import type { ConsoleApp } from '../console-app.ts';
import type { ConsoleContext } from '../options.ts';
import { attachmentHeaders } from './attachment.ts';
import {
  exportRequest,
  moveRequest,
  removedView,
  restoredView,
  sha256sRequest,
  trustRequest,
} from './contract.ts';
import { sha256Params } from './list-routes.ts';
import type { WorkspaceSectionOptions } from './workspace-section.ts';

/** 10,000 fingerprints and what is around them. */
const BODY_MAX = 1024 * 1024;

/** What a person does with what is there. */
export function registerChangeRoutes(
  app: ConsoleApp,
  { port }: Pick<WorkspaceSectionOptions, 'port'>,
  { clock }: Pick<ConsoleContext, 'clock'>,
): void {
  const changeBy = (request: Parameters<typeof actorOf>[0]) => {
    const { accountId, journal } = actorOf(request);
    return { accountId, actor: journal, now: clock.now() };
  };

  app.post(
    '/api/workspace/remove',
    { bodyLimit: BODY_MAX, schema: { body: sha256sRequest, response: { 200: removedView } } },
    async (request) => {
      const sha256s = request.body.sha256s as Sha256Fingerprint[];
      return { sha256s: [...(await port.removeFromWorkspace({ ...changeBy(request), sha256s }))] };
    },
  );

  app.post(
    '/api/workspace/restore',
    { bodyLimit: BODY_MAX, schema: { body: sha256sRequest, response: { 200: restoredView } } },
    async (request) => {
      const sha256s = request.body.sha256s as Sha256Fingerprint[];
      return { restored: await port.restoreToWorkspace({ ...changeBy(request), sha256s }) };
    },
  );

  app.post(
    '/api/workspace/export',
    { bodyLimit: BODY_MAX, schema: { body: exportRequest } },
    async (request, reply) => {
      const { accountId } = actorOf(request);
      const { format } = request.body;
      const sha256s = request.body.sha256s as Sha256Fingerprint[];
      const found = await port.readCertificates(accountId, sha256s);
      const [first] = found;
      if (first === undefined) throw new ProblemError('not-found');
      if (found.length > 1 && (format === 'der' || format === 'chain')) {
        throw new ProblemError('request-invalid', { detail: `${format} is for one certificate` });
      }
      const above =
        format === 'chain' ? await issuersOf(port, accountId, describeCertificate(first.der)) : [];
      const file = exportCertificates([...found, ...above], format, clock.now());
      await port.recordExport({ ...changeBy(request), sha256s: found.map(({ sha256 }) => sha256), format });
      return await reply.headers(attachmentHeaders(file)).send(Buffer.from(file.bytes));
    },
  );

  app.post(
    '/api/workspace/certificates/:sha256/move',
    { schema: { params: sha256Params, body: moveRequest } },
    async (request, reply) => {
      const sha256 = request.params.sha256 as Sha256Fingerprint;
      const outcome = await port.moveToStore({ ...changeBy(request), sha256, store: request.body.store });
      if (outcome === 'missing') throw new ProblemError('not-found');
      return await reply.code(204).send();
    },
  );

  const trustRoute = { schema: { params: sha256Params, body: trustRequest } };
  app.post('/api/workspace/certificates/:sha256/trust', trustRoute, async (request, reply) => {
    const { scope } = request.body;
    if (scope === 'everybody') requireRole(request, 'administrator');
    const sha256 = request.params.sha256 as Sha256Fingerprint;
    const outcome = await port.installAnchor({ ...changeBy(request), sha256, scope });
    if (outcome === 'missing') throw new ProblemError('not-found');
    if (outcome === 'not-an-authority') throw new ProblemError('not-an-authority');
    return await reply.code(204).send();
  });

  app.post('/api/workspace/certificates/:sha256/distrust', trustRoute, async (request, reply) => {
    const { scope } = request.body;
    if (scope === 'everybody') requireRole(request, 'administrator');
    const sha256 = request.params.sha256 as Sha256Fingerprint;
    // Withdrawn already, in another window: as asked.
    await port.withdrawAnchor({ ...changeBy(request), sha256, scope });
    return await reply.code(204).send();
  });
}
