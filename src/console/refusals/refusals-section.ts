import { z } from 'zod';
import type { AccountPort } from '../../accounts/ports.ts';
import { reaches, requirePermission } from '../../accounts/roles.ts';
import { allowDownload } from '../../enrolment/allow-download.ts';
import type { EnrolmentService } from '../../enrolment/enrolment-service.ts';
import { permitAdministration } from '../../enrolment/permit-administration.ts';
import type { EnrolmentPort } from '../../enrolment/ports.ts';
import type { AccountId, DecisionId } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { requireRole } from '../actor.ts';
import type { ConsoleSection } from '../options.ts';
import type { NameOfApplication } from '../sessions/present-sessions.ts';
import { refusalsQuery, refusalsView, refusalView } from './contract.ts';
import type { RefusalPort } from './ports.ts';
import { presentDetails, presentRefusal } from './present-refusal.ts';
import { recogniseSearch } from './recognise-search.ts';

export interface RefusalsSectionOptions {
  readonly port: RefusalPort;
  readonly accounts: Pick<AccountPort, 'findAccount'>;
  readonly enrolment: Pick<EnrolmentService, 'readStatus' | 'sendPasswordAgain'>;
  readonly enrolmentPort: Pick<EnrolmentPort, 'allowDownload'>;
  readonly nameOfApplication: NameOfApplication;
}

const ID = z.object({ id: z.uuid() });

/** «Отказы»: why somebody was refused, whether they would be now, and what to do about it. */
export function createRefusalsSection(options: RefusalsSectionOptions): ConsoleSection {
  const { port, accounts, enrolment, enrolmentPort, nameOfApplication } = options;
  const find = async (id: string) => {
    const refusal = await port.findRefusal(id.toLowerCase() as DecisionId);
    if (refusal === undefined) throw new ProblemError('not-found');
    return refusal;
  };
  const getAccount = async (id: AccountId) => {
    const account = await accounts.findAccount(id);
    if (account === undefined) throw new ProblemError('account-not-found');
    return account;
  };
  return {
    name: 'refusals',
    register(app, { clock }) {
      app.get(
        '/api/refusals',
        { schema: { querystring: refusalsQuery, response: { 200: refusalsView } } },
        async (request) => {
          const { locale } = requireRole(request, 'operator', 'administrator');
          const { search: text, reason, from, to, before, limit } = request.query;
          const search = text === undefined ? undefined : recogniseSearch(text);
          const found = await port.listRefusals({
            ...(search && { search }),
            ...(reason !== undefined && { reason }),
            ...(from !== undefined && { from: new Date(from) }),
            ...(to !== undefined && { to: new Date(to) }),
            ...(before !== undefined && { before: before.toLowerCase() as DecisionId }),
            limit: limit + 1,
          });
          return {
            refusals: found
              .slice(0, limit)
              .map((each) => presentRefusal(each, nameOfApplication(each.applicationId, locale))),
            hasMore: found.length > limit,
            searchedBy: search?.kind ?? null,
          };
        },
      );

      app.get(
        '/api/refusals/:id',
        { schema: { params: ID, response: { 200: refusalView } } },
        async (request) => {
          const { locale, role } = requireRole(request, 'operator', 'administrator');
          const refusal = await find(request.params.id);
          const target = await getAccount(refusal.account.id);
          const view = presentDetails(refusal, await enrolment.readStatus(refusal.account.id), {
            application: nameOfApplication(refusal.applicationId, locale),
            now: clock.now(),
            role,
          });
          const mayResend = reaches(role, 'resend-password', target.role);
          return { ...view, fixes: view.fixes.filter((fix) => fix !== 'send-password' || mayResend) };
        },
      );

      app.post('/api/refusals/:id/allow-download', { schema: { params: ID } }, async (request, reply) => {
        const { journal } = requireRole(request, 'administrator');
        const { account } = await find(request.params.id);
        const permit = await permitAdministration('allow-download', journal, accounts);
        await allowDownload({ port: enrolmentPort, clock }, permit, account.id);
        return await reply.code(204).send();
      });

      app.post('/api/refusals/:id/send-password', { schema: { params: ID } }, async (request, reply) => {
        const { journal, accountId, role } = requireRole(request, 'operator', 'administrator');
        const { account } = await find(request.params.id);
        requirePermission({ id: accountId, role }, 'resend-password', await getAccount(account.id));
        await enrolment.sendPasswordAgain(account.id, journal);
        return await reply.code(204).send();
      });
    },
  };
}
