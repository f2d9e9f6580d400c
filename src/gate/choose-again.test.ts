import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashToken, makeToken, systemRandom } from '../kernel/random.ts';
import { CRM, type GateLab, openGateLab, PORTAL_ORIGIN, until, wait } from './testing/gate-lab.ts';

let lab: GateLab;
beforeAll(async () => {
  lab = await openGateLab();
});
afterAll(() => lab.close());

function oneTimeToken(secondsAgo = 0): string {
  const token = makeToken(systemRandom);
  const { sessionId, accountId } = lab.cast.ivanov.entry;
  const createdAt = new Date(lab.clock.now().getTime() - secondsAgo * 1000);
  lab.database.chooseAgain.set(hashToken(token), { sessionId, accountId, createdAt });
  return token;
}

function chooseAgain(body: string, headers: Record<string, string | string[]> = { origin: PORTAL_ORIGIN }) {
  return lab.request({
    path: '/.propusk/choose-again',
    method: 'POST',
    certificate: lab.cast.petrov,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
    body,
  });
}

/** What a TLS client sees: every octet of an answer, and the error that ended the connection. */
function watch(version: tls.SecureVersion, alpn: string): Promise<{ octets: string; code: string }> {
  const token = oneTimeToken();
  return new Promise((resolve) => {
    const socket = tls.connect({
      ...lab.connectOptions(lab.cast.petrov),
      minVersion: version,
      maxVersion: version,
      ALPNProtocols: [alpn],
    });
    let octets = '';
    socket.on('secureConnect', () =>
      socket.write(
        `POST /.propusk/choose-again HTTP/1.1\r\nHost: ${CRM}:8443\r\nOrigin: ${PORTAL_ORIGIN}\r\nContent-Type: text/plain\r\nContent-Length: ${token.length}\r\n\r\n${token}`,
      ),
    );
    socket.on('data', (chunk) => {
      octets += chunk;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve({ octets, code: error.code ?? '' }));
    socket.on('end', () => resolve({ octets, code: 'ended without an alert' }));
  });
}

describe('the alert', () => {
  test('does not come where the browser asked for this very request: the connection waited for somebody', async () => {
    const answer = await chooseAgain(oneTimeToken(1));
    expect(answer.status).toBe(204);
    await expect(chooseAgain(oneTimeToken(0.5))).rejects.toThrow();
  });

  test('is unexpected_message under TLS 1.3, and nothing comes before it', async () => {
    expect(await watch('TLSv1.3', 'http/1.1')).toEqual({
      octets: '',
      code: 'ERR_SSL_SSL/TLS_ALERT_UNEXPECTED_MESSAGE',
    });
  });

  test('is internal_error under TLS 1.2, and nothing comes before it', async () => {
    expect(await watch('TLSv1.2', 'http/1.1')).toEqual({
      octets: '',
      code: 'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR',
    });
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('ends an HTTP/2 connection under %s', async (version) => {
    const socket = tls.connect({
      ...lab.connectOptions(lab.cast.petrov),
      minVersion: version,
      maxVersion: version,
      ALPNProtocols: ['h2'],
    });
    const code = new Promise<string>((resolve) => {
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
      socket.on('end', () => resolve('ended without an alert'));
    });
    await new Promise((resolve) => socket.once('secureConnect', resolve));
    const { connect } = await import('node:http2');
    const session = connect(`https://${CRM}:8443`, { createConnection: () => socket });
    session.on('error', () => {});
    const stream = session.request({
      ':method': 'POST',
      ':path': '/.propusk/choose-again',
      origin: PORTAL_ORIGIN,
      'content-type': 'text/plain',
    });
    let answered = false;
    stream.on('response', () => {
      answered = true;
    });
    stream.on('error', () => {});
    stream.end(oneTimeToken());
    expect(await code).toMatch(/UNEXPECTED_MESSAGE|INTERNAL_ERROR/);
    expect(answered).toBe(false);
  });

  test('takes the session’s other connections along, and nobody else’s', async () => {
    const { ivanov, petrov } = lab.cast;
    const refused = await lab.http2(petrov);
    await lab.http2Request(refused, { ':path': '/', cookie: `__Host-propusk-session=${ivanov.token}` });
    const others = await lab.http2(petrov);
    await lab.http2Request(others, { ':path': '/', cookie: `__Host-propusk-session=${petrov.token}` });
    const unused = await lab.http2(petrov);
    // Opened in advance by a colleague's browser behind the same address.
    const colleague = await lab.http2(ivanov);
    await expect(chooseAgain(oneTimeToken())).rejects.toThrow();
    await until(() => refused.destroyed && unused.destroyed);
    expect(others.destroyed).toBe(false);
    expect(colleague.destroyed).toBe(false);
    others.close();
    colleague.close();
  });

  test('leaves the gate well', async () => {
    for (let round = 0; round < 20; round += 1) await chooseAgain(oneTimeToken()).catch(() => {});
    expect((await lab.request({ session: lab.cast.ivanov })).status).toBe(200);
    await wait(300);
    expect(lab.logs.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

test('a refusal takes along what was opened in advance, also in its very moment', async () => {
  const { ivanov, petrov } = lab.cast;
  const early = await lab.http2(petrov);
  await wait(400);
  const late = await lab.http2(petrov);
  const colleague = await lab.http2(ivanov);
  const refused = await lab.http2(petrov);
  await lab.http2Request(refused, {
    ':path': '/',
    cookie: `__Host-propusk-session=${ivanov.token}`,
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  });
  await until(() => early.destroyed && late.destroyed);
  expect(colleague.destroyed).toBe(false);
  colleague.close();
});

describe('choosing again is refused', () => {
  test.each<[string, () => string, Record<string, string | string[]>, string]>([
    [
      'with a token that was never given',
      () => makeToken(systemRandom),
      { origin: PORTAL_ORIGIN },
      'choose-again-invalid',
    ],
    ['without a token', () => '', { origin: PORTAL_ORIGIN }, 'choose-again-invalid'],
    ['with a long body', () => 'x'.repeat(10_000), { origin: PORTAL_ORIGIN }, 'choose-again-invalid'],
    ['from the application’s own page', oneTimeToken, { origin: `https://${CRM}:8443` }, 'origin-forbidden'],
    ['from elsewhere', oneTimeToken, { origin: 'https://evil.example' }, 'origin-forbidden'],
    ['without an origin', oneTimeToken, {}, 'origin-forbidden'],
    ['with two origins', oneTimeToken, { origin: [PORTAL_ORIGIN, PORTAL_ORIGIN] }, 'origin-forbidden'],
  ])('%s', async (_, token, headers, code) => {
    const answer = await chooseAgain(token(), headers);
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body).code).toBe(code);
  });

  test('with a token that was used', async () => {
    const token = oneTimeToken();
    await expect(chooseAgain(token)).rejects.toThrow();
    expect(JSON.parse((await chooseAgain(token)).body).code).toBe('choose-again-invalid');
  });
});
