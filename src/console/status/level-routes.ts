import { z } from 'zod';
import type { AccountId, Sha256Fingerprint } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { exportCertificates } from '../../workspace/exporting/certificate-files.ts';
import type { StatusPort } from '../../workspace/status/ports.ts';
import { describeCertificate } from '../../workspace/stores/describe-certificate.ts';
import type { WorkspaceChangePort } from '../../workspace/stores/ports.ts';
import { actorOf } from '../actor.ts';
import type { ConsoleApp } from '../console-app.ts';
import type { ConsoleContext } from '../options.ts';
import { attachmentHeaders } from '../workspace/attachment.ts';

export interface LevelRouteOptions {
  readonly port: Pick<StatusPort, 'readKnown'>;
  readonly workspace: Pick<WorkspaceChangePort, 'addToWorkspace' | 'recordExport'>;
}

const fingerprint = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/u) });

/** A level of a chain: the person may know it without having it, where everybody trusts it. */
export function registerLevelRoutes(
  app: ConsoleApp,
  { port, workspace }: LevelRouteOptions,
  { clock }: Pick<ConsoleContext, 'clock'>,
): void {
  async function find(accountId: AccountId, sha256: string) {
    const [found] = await port.readKnown(accountId, [sha256 as Sha256Fingerprint]);
    if (found === undefined) throw new ProblemError('not-found');
    return { ...found, described: describeCertificate(found.der) };
  }

  app.get('/api/status/levels/:sha256/file', { schema: { params: fingerprint } }, async (request, reply) => {
    const { accountId, journal } = actorOf(request);
    const { sha256, described } = await find(accountId, request.params.sha256);
    const now = clock.now();
    const file = exportCertificates([described], 'der', now);
    await workspace.recordExport({ accountId, actor: journal, now, sha256s: [sha256], format: 'der' });
    return await reply.headers(attachmentHeaders(file)).send(Buffer.from(file.bytes));
  });

  // It stays there when nobody else trusts it any more.
  app.post('/api/status/levels/:sha256/keep', { schema: { params: fingerprint } }, async (request, reply) => {
    const { accountId, journal } = actorOf(request);
    const { isHere, described } = await find(accountId, request.params.sha256);
    if (!isHere) {
      await workspace.addToWorkspace({
        accountId,
        actor: journal,
        now: clock.now(),
        certificates: [
          {
            certificate: described,
            store: described.isCa ? 'authorities' : 'others',
            hasKeyElsewhere: false,
            source: 'administrator',
            detail: '',
          },
        ],
        lists: [],
      });
    }
    return await reply.code(204).send();
  });
}
