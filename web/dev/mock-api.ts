import type { LocaleCode, NextView } from '../../src/portal/contract.ts';
import { answerConsoleMock } from './console/console-mock.ts';
import { CONSOLE_SCENARIOS } from './console/scenarios.ts';
import { issued, replaced, sentCode } from './fixtures.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';

export interface MockRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly cookies: ReadonlyMap<string, string>;
  readonly body: string;
}

export type MockAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** The connection ends without an answer. */
  | { readonly kind: 'cut' }
  /** Nothing ever comes. */
  | { readonly kind: 'hang' };

/**
 * Plays the portal's server from the scenario that the cookie names. The password `wrong` is refused, `often` throttled,
 * every other opens. @returns undefined for what is no matter of the mock
 */
export function answerMock(request: MockRequest): MockAnswer | undefined {
  const url = new URL(request.url, 'http://mock');
  if (url.pathname.startsWith('/__mock')) return answerChooser(url);
  if (!url.pathname.startsWith('/api/')) return undefined;
  const ofConsole = answerConsoleMock(request);
  if (ofConsole !== undefined) return ofConsole;
  const scenario = SCENARIOS[request.cookies.get('scenario') ?? ''] ?? SCENARIOS['sign-in'];
  if (scenario === undefined) return undefined;
  const locale: LocaleCode = request.cookies.get('locale') === 'en' ? 'en' : 'ru';
  return answerApi(request, url, scenario, locale);
}

function answerApi(request: MockRequest, url: URL, scenario: Scenario, locale: LocaleCode): MockAnswer {
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /api/session':
      if (scenario.fault === 'network') return { kind: 'cut' };
      if (scenario.fault === 'internal') return problem('internal', 500);
      return json({ ...scenario.session, locale });
    case 'POST /api/sign-in':
      return answerSignIn(request.body);
    case 'POST /api/sign-out':
      return json({ next: '/__mock/use?name=signed-out' } satisfies NextView);
    case 'POST /api/locale': {
      const wanted = request.body.includes('"en"') ? 'en' : 'ru';
      return {
        kind: 'answer',
        status: 204,
        headers: { 'set-cookie': `locale=${wanted}; Path=/; SameSite=Lax` },
        body: '',
      };
    }
    case 'GET /api/refusal':
      if (scenario.fault === 'hangs') return { kind: 'hang' };
      return scenario.refusal === undefined ? problem('not-found', 404) : json(scenario.refusal);
    case 'GET /api/certificate':
      if (scenario.fault === 'hangs') return { kind: 'hang' };
      return scenario.certificate === undefined
        ? problem('sign-in-required', 401)
        : json(scenario.certificate);
    case 'POST /api/certificate/issue':
      return {
        ...json(issued({ delivery: 'queued', finishedAt: null })),
        headers: {
          'content-type': 'application/json',
          'set-cookie': 'scenario=certificate-queued; Path=/; SameSite=Lax',
        },
      };
    case 'GET /api/certificate/file':
      return {
        kind: 'answer',
        status: 200,
        headers: {
          'content-type': 'application/x-pkcs12',
          'content-disposition': `attachment; filename="ivanov-2026-11-22.${url.searchParams.get('extension') ?? 'pfx'}"`,
        },
        body: 'not a real file',
      };
    case 'POST /api/certificate/send-password':
      return json(issued({ delivery: 'queued', finishedAt: null }));
    case 'POST /api/recovery/code':
      return json({ login: 'ivanov', phone: '…47-12' });
    case 'POST /api/recovery':
      return request.body.includes('"00000000"')
        ? problem('recovery-code-wrong', 403)
        : { kind: 'answer', status: 204, headers: {}, body: '' };
    case 'POST /api/certificate/replacement/code':
      return json(sentCode);
    case 'POST /api/certificate/replace':
      if (request.body.includes('"00000000"'))
        return problem('replacement-code-wrong', 403, {}, { triesLeft: 4 });
      if (request.body.includes('"99999999"'))
        return problem('replacement-code-wrong', 403, {}, { triesLeft: 0 });
      return {
        ...json(replaced()),
        headers: {
          'content-type': 'application/json',
          'set-cookie': 'scenario=replace-done; Path=/; SameSite=Lax',
        },
      };
    case 'POST /api/choose-again':
      return json({ url: '/__mock/cut', token: 'token', returnUrl: '/__mock/entered' });
    default:
      return problem('not-found', 404);
  }
}

function answerSignIn(body: string): MockAnswer {
  if (body.includes('"wrong"')) return problem('sign-in-failed', 401);
  if (body.includes('"often"')) return problem('throttled', 429, { 'retry-after': '42' });
  if (body.includes('"blocked"')) return problem('account-blocked', 403);
  return json({ next: '/__mock/use?name=refused-6-1' } satisfies NextView);
}

function answerChooser(url: URL): MockAnswer {
  if (url.pathname === '/__mock/cut') return { kind: 'cut' };
  const name = url.searchParams.get('name') ?? '';
  const chosen = SCENARIOS[name] ?? CONSOLE_SCENARIOS[name];
  if (url.pathname === '/__mock/use' && chosen !== undefined) {
    return {
      kind: 'answer',
      status: 303,
      headers: { location: chosen.path, 'set-cookie': `scenario=${name}; Path=/; SameSite=Lax` },
      body: '',
    };
  }
  const links = [...Object.keys(SCENARIOS), ...Object.keys(CONSOLE_SCENARIOS)]
    .map((key) => `<li><a href="/__mock/use?name=${key}">${key}</a></li>`)
    .join('');
  return {
    kind: 'answer',
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><title>Mock</title><ul>${links}</ul>`,
  };
}

function json(body: object): MockAnswer & { readonly kind: 'answer' } {
  return {
    kind: 'answer',
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

function problem(
  code: string,
  status: number,
  headers: Record<string, string> = {},
  members: object = {},
): MockAnswer {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: JSON.stringify({ type: `urn:propusk:problem:${code}`, title: code, status, code, ...members }),
  };
}
