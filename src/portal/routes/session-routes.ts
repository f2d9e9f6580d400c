import { z } from 'zod';
import type { Locale } from '../../accounts/account.ts';
import { clientAddress } from '../../http/client-address.ts';
import { formatClearCookie, formatSetCookie, readCookie } from '../../http/cookies.ts';
import { maskPhoneNumber } from '../../kernel/phone-number.ts';
import { ProblemError } from '../../kernel/problem.ts';
import {
  localeSchema,
  nextView,
  passwordRequest,
  type SessionView,
  sessionView,
  signInRequest,
} from '../contract.ts';
import { ENTRY_TOKEN_MAX, isEntryToken } from '../entry-token.ts';
import { makeBrowserMark, readBrowserMark } from '../known-browser.ts';
import { localeOf } from '../locale-of.ts';
import type { PortalOptions } from '../options.ts';
import type { PortalApp } from '../portal-app.ts';
import {
  BROWSER_COOKIE,
  BROWSER_SECONDS,
  LOCALE_COOKIE,
  LOCALE_SECONDS,
  SESSION_COOKIE,
  VISITOR_COOKIE,
} from '../portal-cookies.ts';
import { presentApplication } from '../present-refusal.ts';
import { beginSignOut } from '../sign-out-step.ts';
import { actorOf, findSignedIn, prepareCsrfToken, sessionCookie } from '../visitor.ts';

export function registerSessionRoutes(app: PortalApp, options: PortalOptions): void {
  const { applications, clock, entryTokens, port, random, secret, sessions, signIn } = options;

  app.get(
    '/api/session',
    {
      schema: {
        querystring: z.object({ request: z.string().max(ENTRY_TOKEN_MAX).optional() }),
        response: { 200: sessionView },
      },
    },
    async (request, reply): Promise<SessionView> => {
      const visitor = await findSignedIn(options, request);
      const account = visitor?.session.account;
      const [lastApplication] = visitor ? await port.listEntered(visitor.session.id) : [];
      const locale = localeOf(options, request, account);
      return {
        csrfToken: prepareCsrfToken(options, request, reply, visitor),
        locale,
        productName: options.productName,
        administratorContact: options.administratorContact,
        applications: applications.map((application) => presentApplication(application, locale)),
        lastApplication: lastApplication ?? null,
        entry: findEntry(request.query.request, locale),
        account: account
          ? {
              login: account.login,
              displayName: account.displayName,
              phone: account.phone === undefined ? null : maskPhoneNumber(account.phone),
              password: account.passwordState,
            }
          : null,
      };
    },
  );

  function findEntry(requestToken: string | undefined, locale: Locale) {
    const entry = isEntryToken(requestToken) ? entryTokens.open(requestToken, clock.now()) : undefined;
    const application = applications.find(({ id }) => id === entry?.applicationId);
    return application ? presentApplication(application, locale) : null;
  }

  app.post(
    '/api/sign-in',
    { schema: { body: signInRequest, response: { 200: nextView } } },
    async (request, reply) => {
      const { login, password } = request.body;
      const former = await findSignedIn(options, request);
      const mark = readCookie(request.headers.cookie, BROWSER_COOKIE);
      const { token, session } = await signIn({
        login,
        password,
        address: clientAddress(request.raw.socket),
        userAgent: request.headers['user-agent'] ?? '',
        knownBrowser: (account) => readBrowserMark(mark, account.id, secret),
      });
      if (former) {
        // One browser, one session: the applications still hold its tokens.
        await sessions.endSession(former.session.id, 'replaced', actorOf(former.session), clock.now());
      }
      reply
        .header('set-cookie', sessionCookie(token, session, clock.now()))
        .header('set-cookie', formatClearCookie(VISITOR_COOKIE))
        .header(
          'set-cookie',
          formatSetCookie({
            name: BROWSER_COOKIE,
            value: makeBrowserMark(session.account.id, secret, random),
            maxAgeSeconds: BROWSER_SECONDS,
          }),
        );
      const wanted = request.body.request;
      if (session.account.passwordState === 'first') {
        return { next: isEntryToken(wanted) ? `/password?request=${wanted}` : '/password' };
      }
      return { next: isEntryToken(wanted) ? `/enter?request=${wanted}` : '/' };
    },
  );

  app.post('/api/password', { schema: { body: passwordRequest } }, async (request, reply) => {
    const visitor = await findSignedIn(options, request);
    if (visitor === undefined) throw new ProblemError('sign-in-required');
    const { session } = visitor;
    await options.passwords.changeFirst({
      account: session.account,
      sessionId: session.id,
      actor: actorOf(session),
      wanted: request.body.password,
    });
    return await reply.code(204).send();
  });

  app.post('/api/sign-out', { schema: { response: { 200: nextView } } }, async (request, reply) => {
    const visitor = await findSignedIn(options, request);
    // Of a session that was over already nothing is known any more: whoever enters next finds things cleared.
    const entered = visitor ? await port.listEntered(visitor.session.id) : [];
    if (visitor) {
      await sessions.endSession(visitor.session.id, 'signed-out', actorOf(visitor.session), clock.now());
    }
    const { next, cookie } = beginSignOut(applications, entered);
    reply.header('set-cookie', formatClearCookie(SESSION_COOKIE)).header('set-cookie', cookie);
    return { next };
  });

  app.post(
    '/api/locale',
    { schema: { body: z.object({ locale: localeSchema }) } },
    async (request, reply) => {
      const { locale } = request.body;
      const visitor = await findSignedIn(options, request);
      if (visitor) await options.accounts.setLocale(visitor.session.account.id, locale, clock.now());
      return await reply
        .code(204)
        .header(
          'set-cookie',
          formatSetCookie({ name: LOCALE_COOKIE, value: locale, maxAgeSeconds: LOCALE_SECONDS }),
        )
        .send();
    },
  );
}
