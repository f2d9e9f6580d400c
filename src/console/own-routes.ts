import { z } from 'zod';
import { chooseLocale } from '../accounts/choose-locale.ts';
import { ProblemError } from '../kernel/problem.ts';
import { actorOf } from './actor.ts';
import type { ConsoleApp } from './console-app.ts';
import { localeRequest, type MeView, meView, preferenceName, preferenceRequest } from './contract.ts';
import type { ConsoleContext } from './options.ts';

const PREFERENCE_MAX_CHARACTERS = 4_096;
const PREFERENCES_MAX = 64;

/** Who is here, and what they like. */
export function registerOwnRoutes(app: ConsoleApp, context: ConsoleContext): void {
  const { accounts, clock, port } = context;

  app.get('/api/me', { schema: { response: { 200: meView } } }, async (request): Promise<MeView> => {
    const actor = actorOf(request);
    const [certificate, preferences] = await Promise.all([
      port.findOwnCertificate(actor.accountId),
      port.listPreferences(actor.accountId),
    ]);
    // Replaced since the gate has looked: its next look refuses.
    if (certificate === undefined) throw new ProblemError('certificate-missing');
    return {
      account: {
        id: actor.accountId,
        login: actor.login,
        displayName: actor.displayName,
        role: actor.role,
      },
      locale: chooseLocale({
        chosen: actor.localeChosen ? actor.locale : undefined,
        cookie: undefined,
        account: actor.locale,
        acceptLanguage: request.headers['accept-language'],
        fallback: context.defaultLocale,
      }),
      certificate: {
        subject: actor.login,
        serialNumber: certificate.serialNumber,
        sha256Fingerprint: certificate.sha256Fingerprint,
        notAfter: certificate.notAfter.toISOString(),
      },
      productName: context.productName,
      administratorContact: context.administratorContact,
      portalOrigin: context.portalOrigin,
      preferences: Object.fromEntries(
        preferences.map(({ name, value }) => [name, z.json().parse(JSON.parse(value))]),
      ),
    };
  });

  app.put('/api/locale', { schema: { body: localeRequest } }, async (request, reply) => {
    const actor = actorOf(request);
    await accounts.setLocale(actor.accountId, request.body.locale, clock.now());
    return await reply.code(204).send();
  });

  app.put(
    '/api/preferences/:name',
    { schema: { params: z.object({ name: preferenceName }), body: preferenceRequest } },
    async (request, reply) => {
      const { accountId } = actorOf(request);
      const { value } = request.body;
      const json = JSON.stringify(value);
      if (json.length > PREFERENCE_MAX_CHARACTERS) throw new ProblemError('request-too-large');
      await port.storePreference({
        accountId,
        name: request.params.name,
        value: value === null ? undefined : json,
        limit: PREFERENCES_MAX,
        now: clock.now(),
      });
      return await reply.code(204).send();
    },
  );
}
