import { connect as connectHttp2, createSecureServer } from 'node:http2';
import { connect as connectTls } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CAST } from '../../test/cast.ts';
import { openPortalLab, PORTAL_ORIGIN } from '../../test/portal-lab.ts';
import { createListener } from '../http/listener.ts';
import { systemClock } from '../kernel/clock.ts';
import { silentLogger } from '../kernel/logger.ts';
import { systemRandom } from '../kernel/random.ts';
import { createDemoServerCertificate } from '../pki/issuance/server-certificate.ts';

const HOST = 'id.propusk.localhost';
const AUTHORITY = `${HOST}:8443`;

/** The portal behind the real listener on a port of the loopback. */
async function openServer() {
  const hostNames = [HOST, 'crm.propusk.localhost'];
  const { certificatesPem, privateKeyPem, authorityPem } = await createDemoServerCertificate(
    { commonName: 'Propusk Demo', hostNames },
    { clock: systemClock, random: systemRandom },
  );
  const server = createSecureServer({ allowHTTP1: true, cert: certificatesPem, key: privateKeyPem });
  server.on('sessionError', () => {});
  const lab = await openPortalLab({ server });
  const listener = createListener({ choose: () => server, logger: silentLogger });
  const { port } = await listener.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => listener.destroy());

  /** One request in HTTP/1.1 as raw text; the whole answer. */
  const sendRaw = (lines: readonly string[], body = '', servername = HOST) =>
    new Promise<string>((resolve, reject) => {
      const socket = connectTls({
        port,
        host: '127.0.0.1',
        servername,
        ca: authorityPem,
        ALPNProtocols: ['http/1.1'],
      });
      const chunks: Buffer[] = [];
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('error', reject);
      socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
      // Not `end`: a server does not answer whoever has hung up.
      socket.write(`${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`);
    });

  /** One request in HTTP/2. */
  const sendHttp2 = (headers: Record<string, string>, body?: string) =>
    new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
      const session = connectHttp2(`https://127.0.0.1:${port}`, { servername: HOST, ca: authorityPem });
      session.on('error', reject);
      const stream = session.request(
        { ':authority': AUTHORITY, ...headers },
        { endStream: body === undefined },
      );
      let answer: Record<string, unknown> = {};
      const chunks: Buffer[] = [];
      stream.on('response', (received) => {
        answer = received;
      });
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('error', reject);
      stream.on('end', () => {
        session.close();
        resolve({
          status: Number(answer[':status']),
          headers: answer,
          text: Buffer.concat(chunks).toString(),
        });
      });
      if (body !== undefined) stream.end(body);
    });

  return { ...lab, sendRaw, sendHttp2 };
}

describe('the portal on a real connection', () => {
  test('signs in over HTTP/2 and HTTP/1.1 and records the address', async () => {
    const { enrol, sendRaw, sendHttp2, store } = await openServer();
    await enrol('ivanov');
    const first = await sendHttp2({ ':path': '/api/session' });
    expect(first.status).toBe(200);
    const cookie = String(first.headers['set-cookie']).split(';')[0] ?? '';
    const { login, password } = CAST.ivanov;
    const body = JSON.stringify({ login, password });
    const fields = {
      origin: PORTAL_ORIGIN,
      'content-type': 'application/json',
      'x-csrf-token': JSON.parse(first.text).csrfToken,
      cookie,
    };
    const signedIn = await sendHttp2({ ':method': 'POST', ':path': '/api/sign-in', ...fields }, body);
    expect(signedIn).toMatchObject({ status: 200, text: '{"next":"/"}' });
    const raw = await sendRaw(
      [
        'POST /api/sign-in HTTP/1.1',
        `Host: ${AUTHORITY}`,
        `Content-Length: ${body.length}`,
        ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`),
      ],
      body,
    );
    expect(raw).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(raw).toContain('__Host-propusk-portal=');
    const events = await store.audit.listEvents({ limit: 5, type: 'signed-in' });
    expect(events.map(({ event }) => event)).toMatchObject([
      { address: '127.0.0.1' },
      { address: '127.0.0.1' },
    ]);
  });

  test.each([
    ['another host', [`GET / HTTP/1.1`, 'Host: crm.propusk.localhost:8443'], HOST, 421],
    ['another port', [`GET / HTTP/1.1`, `Host: ${HOST}`], HOST, 421],
    [
      'its own name on the connection of another',
      ['GET / HTTP/1.1', `Host: ${AUTHORITY}`],
      'crm.propusk.localhost',
      421,
    ],
    ['two hosts', ['GET / HTTP/1.1', `Host: ${AUTHORITY}`, `Host: ${AUTHORITY}`], HOST, 400],
    ['no host', ['GET / HTTP/1.0'], HOST, 400],
    ['two slashes', ['GET //evil.example/ HTTP/1.1', `Host: ${AUTHORITY}`], HOST, 400],
    ['another host in the target', ['GET https://evil.example/ HTTP/1.1', `Host: ${AUTHORITY}`], HOST, 400],
    ['itself in the target', [`GET https://${AUTHORITY}/sign-in HTTP/1.1`, `Host: ${AUTHORITY}`], HOST, 200],
    ['itself', ['GET /sign-in HTTP/1.1', `Host: ${AUTHORITY}`], HOST, 200],
  ])('answers a request for %s', async (_, lines, servername, status) => {
    const { sendRaw } = await openServer();
    const answer = await sendRaw(lines, '', servername);
    expect(answer.split(' ')[1]).toBe(String(status));
    expect(answer.toLowerCase()).toContain('strict-transport-security');
  });

  test('answers 421 to a request that a browser sent over the wrong HTTP/2 connection', async () => {
    const { sendHttp2 } = await openServer();
    const answer = await sendHttp2({ ':authority': 'crm.propusk.localhost:8443', ':path': '/' });
    expect({ status: answer.status, code: JSON.parse(answer.text).code }).toEqual({
      status: 421,
      code: 'misdirected-request',
    });
  });
});
