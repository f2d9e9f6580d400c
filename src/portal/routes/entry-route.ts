import { z } from 'zod';
import { hashToken, makeToken } from '../../kernel/random.ts';
import { ENTRY_TOKEN_MAX, isEntryToken } from '../entry-token.ts';
import type { PortalOptions } from '../options.ts';
import type { PortalApp } from '../portal-app.ts';
import { findSignedIn } from '../visitor.ts';

const HAND_OVER_SECONDS = 30;

/** The way from the portal into an application. */
export function registerEntryRoute(app: PortalApp, options: PortalOptions): void {
  const { applications, clock, entryTokens, random, port } = options;

  app.get(
    '/enter',
    {
      schema: {
        querystring: z.object({ request: z.string().max(ENTRY_TOKEN_MAX).optional().catch(undefined) }),
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const requestToken = request.query.request;
      const visitor = await findSignedIn(options, request);
      const isToken = isEntryToken(requestToken);
      if (!visitor) return reply.redirect(isToken ? `/sign-in?request=${requestToken}` : '/sign-in', 303);
      // Somebody else knows it: nothing opens before it is changed.
      if (visitor.session.account.passwordState === 'first') {
        return reply.redirect(isToken ? `/password?request=${requestToken}` : '/password', 303);
      }
      if (!isToken) return reply.redirect('/', 303);
      const now = clock.now();
      const entry = entryTokens.open(requestToken, now);
      const application = applications.find(({ id }) => id === entry?.applicationId);
      // Too old, or of an application that is configured no more: the home page leads on.
      if (!entry || !application) return reply.redirect('/', 303);
      const code = makeToken(random);
      await port.createHandOver({
        codeHash: hashToken(code),
        sessionId: visitor.session.id,
        applicationId: entry.applicationId,
        bindingHash: entry.bindingHash,
        returnPath: entry.returnPath,
        now,
        expiresAt: new Date(now.getTime() + HAND_OVER_SECONDS * 1000),
      });
      return reply.redirect(`${application.origins[0]}/.propusk/callback?code=${code}`, 303);
    },
  );
}
