import type { MockAnswer, MockRequest } from '../mock-api.ts';
import type { ConsoleAnswer } from './scenario.ts';
import { CONSOLE_SCENARIOS } from './scenarios.ts';

/** Plays the console's server from the scenario that the cookie names. @returns undefined for what is no matter of it */
export function answerConsoleMock(request: MockRequest): MockAnswer | undefined {
  const scenario = CONSOLE_SCENARIOS[request.cookies.get('scenario') ?? ''];
  const { pathname } = new URL(request.url, 'http://mock');
  if (scenario === undefined || !pathname.startsWith('/api/')) return undefined;
  const asked = `${request.method} ${pathname}`;
  if (asked === 'GET /api/me') {
    const locale = request.cookies.get('locale') === 'en' ? 'en' : 'ru';
    return present({ kind: 'json', body: { ...scenario.me, locale } });
  }
  if (asked === 'PUT /api/locale' || asked.startsWith('PUT /api/preferences/')) {
    return present({ kind: 'done' });
  }
  return present(scenario.answers[asked] ?? { kind: 'problem', code: 'not-found', status: 404 });
}

function present(answer: ConsoleAnswer): MockAnswer {
  switch (answer.kind) {
    case 'json':
      return {
        kind: 'answer',
        status: 200,
        headers: {
          'content-type': 'application/json',
          ...(answer.revision === undefined ? {} : { etag: `"${answer.revision}"` }),
        },
        body: JSON.stringify(answer.body),
      };
    case 'done':
      return { kind: 'answer', status: 204, headers: {}, body: '' };
    case 'problem': {
      const { code, status } = answer;
      return {
        kind: 'answer',
        status,
        headers: { 'content-type': 'application/problem+json' },
        body: JSON.stringify({ type: `urn:propusk:problem:${code}`, title: code, status, code }),
      };
    }
    case 'hang':
    case 'cut':
      return answer;
  }
}
