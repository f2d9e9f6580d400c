import type { IncomingMessage, ServerResponse } from 'node:http';
import { CONSOLE_SCENARIOS } from './console/scenarios.ts';
import { NOW } from './fixtures.ts';
import { answerMock } from './mock-api.ts';

/** @returns false where the request is none of the mock's */
export async function handleMock(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const chunks: Buffer[] = [];
  const url = request.url ?? '/';
  if (!/^\/(?:api|__mock)(?:\/|\?|$)/.test(url)) return false;
  // The sources in web/api have addresses of the same kind on the development server.
  if (/\.ts(?:\?|$)/.test(url)) return false;
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const answer = answerMock({
    method: request.method ?? 'GET',
    url,
    cookies: parseCookies(request.headers.cookie ?? ''),
    body: Buffer.concat(chunks).toString('utf8'),
  });
  if (answer === undefined) return false;
  if (answer.kind === 'hang') return true;
  if (answer.kind === 'cut') {
    request.socket.destroy();
    return true;
  }
  // The fixtures' own day, whatever the day is here.
  response.setHeader('date', NOW.toUTCString());
  response.writeHead(answer.status, answer.headers).end(answer.body);
  return true;
}

/** Whose page the scenario of the cookie is of. */
export function entryOf(cookie = ''): 'portal' | 'console' {
  const name = parseCookies(cookie).get('scenario') ?? '';
  return Object.hasOwn(CONSOLE_SCENARIOS, name) ? 'console' : 'portal';
}

function parseCookies(header: string): ReadonlyMap<string, string> {
  return new Map(
    header
      .split(/;\s*/)
      .filter((pair) => pair.includes('='))
      .map((pair) => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at), pair.slice(at + 1)];
      }),
  );
}
