import type { AccountId } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { actorOf } from '../actor.ts';
import type { ConsoleSection } from '../options.ts';
import { registerAccountRoutes } from './account-routes.ts';
import { registerCertificateRoutes } from './certificate-routes.ts';
import { passwordRequest } from './contract.ts';
import { registerImportRoutes } from './import-routes.ts';
import type { AdministrationOptions } from './options.ts';

/** Accounts and certificates of everybody; and, for everybody, one's own password. */
export function createAdministrationSection(options: AdministrationOptions): ConsoleSection {
  return {
    name: 'administration',
    register(app, context) {
      registerAccountRoutes(app, context, options);
      registerCertificateRoutes(app, context, options);
      registerImportRoutes(app, context, options);
      app.post(
        '/api/administration/password',
        { schema: { body: passwordRequest } },
        async (request, reply) => {
          const { accountId, sessionId, journal } = actorOf(request);
          const account = await options.accounts.findAccount(accountId satisfies AccountId);
          if (account === undefined) throw new ProblemError('sign-in-required');
          const { current, wanted } = request.body;
          await options.passwords.changeOwn({ account, sessionId, actor: journal, current, wanted });
          return await reply.code(204).send();
        },
      );
    },
  };
}
