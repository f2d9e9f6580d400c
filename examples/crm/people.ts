import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identity, IdentityReader, IdentityResult } from './identity/identity.ts';
import { type PageContext, renderMessagePage } from './pages/layout.ts';
import { chooseLanguage, type Language, TEXTS, type Texts } from './pages/texts.ts';
import { type CrmSession, SESSION_COOKIE, type Sessions } from './session.ts';

interface Person {
  readonly identity: Identity;
  readonly session: CrmSession;
  readonly token: string;
}

/** Who asks, for the time of one request. */
const people = new WeakMap<FastifyRequest, Person>();

const ONE_DAY_SECONDS = 86_400;

/** Lets in only those whom the gate names, and gives each of them a session of the CRM's own. */
export function registerPeople(app: FastifyInstance, readIdentity: IdentityReader, sessions: Sessions): void {
  app.addHook('onRequest', async (request, reply) => {
    const result = await readIdentity(request.headers);
    if (result.kind !== 'known') return refuse(request, reply, result.kind);
    const site = request.headers['sec-fetch-site'];
    if (request.method !== 'GET' && site !== undefined && site !== 'same-origin' && site !== 'none') {
      return refuse(request, reply, 'from-another-site');
    }
    const { identity } = result;
    const cookie = readCookie(request.headers.cookie);
    const { session, newToken } = sessions.resume(cookie, identity.login, new Date());
    const token = newToken ?? cookie ?? '';
    people.set(request, { identity, session, token });
    if (newToken !== undefined) {
      reply.header(
        'set-cookie',
        `${SESSION_COOKIE}=${newToken}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${ONE_DAY_SECONDS}`,
      );
    }
    const asked = new URL(request.url, 'http://crm').searchParams.get('lang');
    if (asked === 'ru' || asked === 'en') sessions.remember(token, { language: asked });
    return undefined;
  });
}

export function personOf(request: FastifyRequest): Person {
  const person = people.get(request);
  if (!person) throw new TypeError(`${request.url} was not registered behind the gate`);
  return person;
}

export function contextOf(request: FastifyRequest): PageContext {
  const person = people.get(request);
  return {
    language: languageOf(request, person?.session),
    identity: person?.identity,
    now: new Date(),
    here: new URL(request.url, 'http://crm'),
  };
}

function languageOf(request: FastifyRequest, session: CrmSession | undefined): Language {
  const asked = new URL(request.url, 'http://crm').searchParams.get('lang');
  return chooseLanguage(asked, session?.state.language, request.headers['accept-language']);
}

type Refusal = Exclude<IdentityResult['kind'], 'known'> | 'from-another-site';

const REFUSALS: Readonly<
  Record<Refusal, { status: number; title: keyof Texts & string; hint: keyof Texts & string }>
> = {
  unknown: { status: 401, title: 'behindGate', hint: 'behindGateHint' },
  'not-believed': { status: 401, title: 'notBelieved', hint: 'notBelievedHint' },
  'keys-unavailable': { status: 503, title: 'keysUnavailable', hint: 'keysUnavailableHint' },
  'from-another-site': { status: 403, title: 'refused', hint: 'refusedHint' },
};

function refuse(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const context = { ...contextOf(request), identity: undefined };
  const { status, title, hint } = REFUSALS[refusal];
  const texts = TEXTS[context.language];
  return reply
    .code(status)
    .type('text/html')
    .send(renderMessagePage(context, String(texts[title]), String(texts[hint])));
}

function readCookie(header: string | undefined): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [name, value] = part.trim().split('=');
    if (name === SESSION_COOKIE && value) return value;
  }
  return undefined;
}
