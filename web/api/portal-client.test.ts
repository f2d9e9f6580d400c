import { describe, expect, test } from 'vitest';
import type { SessionView } from '../../src/portal/contract.ts';
import { createPortalClient, parseFileName } from './portal-client.ts';
import { ApiProblem } from './problem.ts';

interface Call {
  readonly path: string;
  readonly init: RequestInit;
}

function sessionOf(csrfToken: string): SessionView {
  return {
    csrfToken,
    locale: 'ru',
    productName: 'Propusk',
    administratorContact: '',
    applications: [],
    lastApplication: null,
    account: null,
  };
}

/** A server that answers with what `answer` says, and remembers what it was asked. */
function server(answer: (path: string, calls: readonly Call[]) => Response) {
  const calls: Call[] = [];
  const fetchFunction = async (path: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    calls.push({ path: String(path), init });
    return answer(String(path), calls);
  };
  return { calls, client: createPortalClient(fetchFunction, () => 1_000_000) };
}

function problem(code: string, status: number, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ code, status, title: code }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}

async function problemOf(promise: Promise<unknown>): Promise<ApiProblem> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiProblem)) throw new TypeError('no problem was thrown');
  return error;
}

function header(call: Call | undefined, name: string): string | null {
  return new Headers(call?.init.headers).get(name);
}

describe('the client of the portal', () => {
  test('sends the token of the session with every change', async () => {
    const { client, calls } = server((path) =>
      path.startsWith('/api/session') ? Response.json(sessionOf('t1')) : Response.json({ next: '/' }),
    );
    await client.signIn({ login: 'ivanov', password: 'x' });
    expect(calls.map(({ path }) => path)).toEqual(['/api/session', '/api/sign-in']);
    expect(header(calls[1], 'x-csrf-token')).toBe('t1');
    expect(header(calls[1], 'content-type')).toBe('application/json');
  });

  test('fetches a fresh token once when the page is out of date', async () => {
    let token = 'old';
    const { client, calls } = server((path, all) => {
      if (path.startsWith('/api/session')) return Response.json(sessionOf(token));
      if (header(all.at(-1), 'x-csrf-token') === 'old') {
        token = 'new';
        return problem('csrf-token', 403);
      }
      return Response.json({ next: '/' });
    });
    expect(await client.signOut()).toEqual({ next: '/' });
    expect(calls.map(({ path }) => path)).toEqual([
      '/api/session',
      '/api/sign-out',
      '/api/session',
      '/api/sign-out',
    ]);
  });

  test('gives up when the fresh token is refused as well', async () => {
    const { client, calls } = server((path) =>
      path.startsWith('/api/session') ? Response.json(sessionOf('t')) : problem('csrf-token', 403),
    );
    expect((await problemOf(client.signOut())).code).toBe('csrf-token');
    expect(calls).toHaveLength(4);
  });

  test('tells the code, the status and when to try again', async () => {
    const { client } = server((path) =>
      path.startsWith('/api/session')
        ? Response.json(sessionOf('t'))
        : problem('throttled', 429, { 'retry-after': '42' }),
    );
    const error = await problemOf(client.signIn({ login: 'ivanov', password: 'x' }));
    expect([error.code, error.status, error.retryAfterSeconds]).toEqual(['throttled', 429, 42]);
  });

  test('calls an answer that is no problem of ours not understood', async () => {
    const { client } = server(() => new Response('<html>Bad gateway</html>', { status: 502 }));
    const error = await problemOf(client.getCertificate());
    expect([error.code, error.status]).toEqual(['answer-not-understood', 502]);
  });

  test('calls a page where JSON is expected not understood', async () => {
    const { client } = server(() => new Response('<html>', { status: 200 }));
    expect((await problemOf(client.getCertificate())).code).toBe('answer-not-understood');
  });

  test('calls a failed connection network', async () => {
    const client = createPortalClient(
      async () => {
        throw new TypeError('failed to fetch');
      },
      () => 0,
    );
    expect((await problemOf(client.getSession())).code).toBe('network');
  });

  test("knows how far this computer's clock is from the server's", async () => {
    const { client } = server(() =>
      Response.json(sessionOf('t'), { headers: { date: new Date(1_060_000).toUTCString() } }),
    );
    await client.getSession();
    expect(client.clockOffsetMs()).toBe(60_500);
  });

  test('escapes what stands in the address', async () => {
    const { client, calls } = server(() => Response.json(sessionOf('t')));
    await client.getSession('a&b=c');
    await client.getRefusal('x/../y');
    expect(calls.map(({ path }) => path)).toEqual([
      '/api/session?request=a%26b%3Dc',
      '/api/refusal?decision=x%2F..%2Fy',
    ]);
  });
});

test.each([
  ['attachment; filename="ivanov-2026-11-22.pfx"', 'ivanov-2026-11-22.pfx'],
  ['attachment; filename="x.pfx"; filename*=UTF-8\'\'%D0%98%D0%B2.pfx', 'Ив.pfx'],
  ["attachment; filename*=UTF-8''%E0%A4%A", undefined],
  ['attachment', undefined],
  [null, undefined],
])('the file name of %s is %s', (value, name) => {
  expect(parseFileName(value)).toBe(name);
});
