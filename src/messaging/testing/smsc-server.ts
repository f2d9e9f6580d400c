import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SmscServer {
  /** Of the JSON interface. */
  readonly url: string;
  /** The bodies of the requests, parsed. */
  readonly requests: readonly Record<string, unknown>[];
  /** What comes next: an error as documented, something else, or, without it, success. */
  answerNext(answer: { error_code: number } | { status: number; body: string } | 'cut' | 'silent'): void;
  close(): Promise<void>;
}

const ERRORS: Readonly<Record<number, string>> = {
  1: 'parameters error',
  2: 'authorise error',
  3: 'no money',
  4: 'ip blocked',
  5: 'invalid date',
  6: 'message is denied',
  7: 'invalid phone',
  8: "can't to deliver",
  9: 'duplicate request, wait a minute',
};
/** These come with the id that the message would have had. */
const WITH_ID = new Set([3, 6, 7, 8]);

/** For tests: the JSON interface of SMSC.ru as its public documentation describes it; every answer has the status 200. */
export async function startSmscServer(
  account: { readonly apikey: string } | { readonly login: string; readonly psw: string },
): Promise<SmscServer> {
  const requests: Record<string, unknown>[] = [];
  let next: Parameters<SmscServer['answerNext']>[0] | undefined;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const fields: Record<string, unknown> = JSON.parse(body);
    requests.push(fields);
    const answer = next;
    next = undefined;
    if (answer === 'cut') return request.socket.destroy();
    if (answer === 'silent') return;
    const send = (status: number, text: string) =>
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(text);
    const fail = (code: number) =>
      send(
        200,
        JSON.stringify({ error: ERRORS[code], error_code: code, ...(WITH_ID.has(code) ? { id: 77 } : {}) }),
      );
    if (answer !== undefined && 'body' in answer) return send(answer.status, answer.body);
    if (Object.entries(account).some(([name, value]) => fields[name] !== value)) return fail(2);
    if (answer !== undefined) return fail(answer.error_code);
    if (typeof fields.phones !== 'string' || typeof fields.mes !== 'string') return fail(1);
    if (!/^\d{10,15}$/.test(fields.phones)) return fail(7);
    return send(200, JSON.stringify({ id: requests.length, cnt: 1 }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/rest/send/`,
    requests,
    answerNext: (answer) => {
      next = answer;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
