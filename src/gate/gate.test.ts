import { createHash } from 'node:crypto';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CRM, type GateLab, openGateLab, PORTAL_ORIGIN, until, wait } from './testing/gate-lab.ts';

let lab: GateLab;
beforeAll(async () => {
  lab = await openGateLab();
});
afterAll(() => lab.close());
afterEach(() => {
  lab.upstream.clear();
  lab.database.failure = undefined;
  lab.database.recordFailure = undefined;
  lab.database.asynchronous = false;
  lab.database.sign(lab.cast.ivanov.token, lab.cast.ivanov.entry);
});

const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', accept: 'text/html' };

describe('a permitted request', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'reaches the application over %s with who the user is',
    async (tlsVersion) => {
      const { ivanov } = lab.cast;
      const answer = await lab.request({ session: ivanov, path: '/tickets?page=2', tlsVersion });
      expect(answer.status).toBe(200);
      expect(answer.body).toBe('{"seen":"/tickets?page=2"}');
      const [request] = lab.upstream.requests;
      expect(request?.headers).toMatchObject({
        host: `${CRM}:8443`,
        'propusk-login': 'ivanov',
        'propusk-account': ivanov.entry.accountId,
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': `${CRM}:8443`,
        forwarded: `for=127.0.0.1;host="${CRM}:8443";proto=https`,
      });
      expect(decodeURIComponent(String(request?.headers['propusk-name']))).toBe('Иванов Иван');
      expect(request?.headers.cookie).toBeUndefined();
    },
  );

  test('carries an assertion that the published key verifies', async () => {
    const { ivanov } = lab.cast;
    await lab.request({ session: ivanov });
    const keys = await lab.request({ path: '/.propusk/jwks.json', certificate: null });
    const { payload, protectedHeader } = await jwtVerify(
      String(lab.upstream.requests[0]?.headers['propusk-assertion']),
      createLocalJWKSet(JSON.parse(keys.body)),
      { issuer: PORTAL_ORIGIN, audience: 'crm', algorithms: ['ES256'] },
    );
    expect(protectedHeader.alg).toBe('ES256');
    expect(payload).toMatchObject({
      sub: ivanov.entry.accountId,
      login: 'ivanov',
      name: 'Иванов Иван',
      cnf: { 'x5t#S256': Buffer.from(ivanov.sha256Fingerprint, 'hex').toString('base64url') },
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(60);
  });

  test('goes over HTTP/2 too', async () => {
    const { ivanov } = lab.cast;
    const session = await lab.http2(ivanov);
    const answer = await lab.http2Request(session, {
      ':path': '/tickets',
      cookie: `__Host-propusk-session=${ivanov.token}`,
    });
    session.close();
    expect(answer.status).toBe(200);
    expect(answer.body).toBe('{"seen":"/tickets"}');
    expect(lab.upstream.requests[0]?.headers['propusk-login']).toBe('ivanov');
  });

  test('is recorded once per session, and nothing enters that cannot be recorded', async () => {
    const own = await openGateLab();
    const { ivanov } = own.cast;
    own.database.recordFailure = new Error('disk full');
    expect((await own.request({ session: ivanov })).status).toBe(503);
    expect(own.upstream.requests).toHaveLength(0);
    own.database.recordFailure = undefined;
    await Promise.all(Array.from({ length: 5 }, () => own.request({ session: ivanov })));
    expect(own.upstream.requests).toHaveLength(5);
    expect(own.database.permitted).toHaveLength(1);
    await own.close();
  });
});

describe('a request without a session', () => {
  test('is led to the portal when it is a navigation, and remembers where it wanted to go', async () => {
    const before = lab.database.entryRequests.length;
    const answer = await lab.request({ path: '/tickets/7?x=1', certificate: null, headers: navigation });
    expect(answer.status).toBe(303);
    const location = new URL(String(answer.headers.location));
    expect(location.origin + location.pathname).toBe(`${PORTAL_ORIGIN}/enter`);
    const request = lab.database.entryRequests[before];
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    // Sealed: neither the path nor anything else can be read in it.
    const token = location.searchParams.get('request') ?? '';
    expect(token).toMatch(/^[\w-]{100,}$/);
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('tickets');
    expect(request?.returnPath).toBe('/tickets/7?x=1');
    const [cookie = ''] = answer.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(
      /^__Host-propusk-binding=[\w-]{43}; Path=\/; Max-Age=3600; Secure; HttpOnly; SameSite=Lax$/,
    );
    expect(request?.bindingHash).toBe(hash(cookie.slice(23, 66)));
    expect(lab.upstream.requests).toHaveLength(0);
  });

  test('is told 401 when it is no navigation', async () => {
    const answer = await lab.request({ certificate: null, headers: { 'sec-fetch-mode': 'cors' } });
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(answer.body).code).toBe('sign-in-required');
  });

  test('is told on a page when it is a form, whose content a redirect would lose', async () => {
    const answer = await lab.request({
      certificate: null,
      method: 'POST',
      body: 'text=lost',
      headers: { ...navigation, 'accept-language': 'en' },
    });
    expect(answer.status).toBe(401);
    expect(answer.body).toContain('<h1>Sign in again</h1>');
  });

  test('is not made a session by a token of another shape, by a doubled cookie or by an unknown token', async () => {
    const { ivanov } = lab.cast;
    for (const cookie of [
      `__Host-propusk-session=${ivanov.token}; __Host-propusk-session=${ivanov.token}`,
      `__Host-propusk-session=${ivanov.token.slice(1)}`,
      `__Host-propusk-session=${'A'.repeat(43)}`,
      `__host-propusk-session=${ivanov.token}`,
      `x=__Host-propusk-session=${ivanov.token}`,
    ]) {
      const answer = await lab.request({ certificate: ivanov, headers: { cookie } });
      expect(answer.status, cookie).toBe(401);
    }
  });
});

describe('a refused request', () => {
  test('is led to the page with its reason, and the connection ends', async () => {
    const { ivanov, petrov } = lab.cast;
    const before = lab.database.refused.length;
    const answer = await lab.request({
      session: ivanov,
      certificate: petrov,
      path: '/tickets/1',
      headers: navigation,
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe(`${PORTAL_ORIGIN}/refused?decision=decision-${before + 1}`);
    expect(answer.headers.connection).toBe('close');
    expect(lab.database.refused[before]).toMatchObject({
      reason: 'certificate-mismatch',
      returnPath: '/tickets/1',
      presented: { subject: 'petrov', sha256Fingerprint: petrov.sha256Fingerprint },
    });
    expect(lab.upstream.requests).toHaveLength(0);
  });

  test('in a frame shows a link out of it, because the portal is shown in none', async () => {
    const { ivanov } = lab.cast;
    const answer = await lab.request({
      session: ivanov,
      certificate: null,
      headers: { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe', 'accept-language': 'en' },
    });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatch(
      /<a href="https:\/\/id\.propusk\.localhost:8443\/refused\?decision=decision-\d+" target="_top">Show the reason</,
    );
  });

  test.each(['HEAD', 'GET', 'POST', 'DELETE'])('is told over HTTP/2 with %s', async (method) => {
    const session = await lab.http2(null);
    const answer = await lab.http2Request(
      session,
      { ':method': method, ':path': '/', cookie: `__Host-propusk-session=${lab.cast.ivanov.token}` },
      method === 'POST' ? 'x'.repeat(300_000) : undefined,
    );
    session.close();
    expect(answer.status).toBe(403);
    expect(answer.body).toContain(method === 'HEAD' ? '' : 'certificate-not-presented');
  });

  test('with a large body is heard by the client that sends it', async () => {
    const { ivanov } = lab.cast;
    const answer = await lab.request({
      session: ivanov,
      certificate: null,
      method: 'POST',
      body: 'x'.repeat(800_000),
    });
    expect(answer.status).toBe(403);
  });

  test('without a certificate says so', async () => {
    const { ivanov } = lab.cast;
    const answer = await lab.request({ session: ivanov, certificate: null });
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body).code).toBe('certificate-not-presented');
  });

  test.each([
    ['account-blocked', { account: { status: 'blocked' } }],
    ['certificate-missing', { current: { kind: 'none' } }],
  ] as const)('carries the code %s', async (code, change) => {
    const { ivanov } = lab.cast;
    lab.database.sign(ivanov.token, { ...ivanov.entry, ...change });
    const answer = await lab.request({ session: ivanov, certificate: null });
    expect(JSON.parse(answer.body).code).toBe(code);
    expect(answer.status).toBe(403);
  });
});

describe('every error denies', () => {
  test.each([false, true])('an unreachable database answers 503 (asynchronous: %s)', async (asynchronous) => {
    const { ivanov } = lab.cast;
    lab.database.asynchronous = asynchronous;
    lab.database.failure = new Error('SQLITE_IOERR at /var/lib/propusk');
    const answer = await lab.request({ session: ivanov });
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'database-unavailable' });
    expect(answer.body).not.toContain('SQLITE');
    const page = await lab.request({ session: ivanov, headers: { ...navigation, 'accept-language': 'ru' } });
    expect(page.status).toBe(503);
    expect(page.body).toContain('Вход временно невозможен');
    expect(page.body).not.toContain('SQLITE');
    expect(lab.upstream.requests).toHaveLength(0);
  });

  test('a change that happens while the entry is being read is not missed', async () => {
    const { ivanov } = lab.cast;
    lab.database.asynchronous = true;
    lab.database.onRead = () => {
      lab.database.onRead = undefined;
      lab.database.sign(ivanov.token, { ...ivanov.entry, account: { status: 'blocked' } });
      lab.database.change();
    };
    const answer = await lab.request({ session: ivanov });
    expect(JSON.parse(answer.body).code).toBe('account-blocked');
  });
});

describe('revocation', () => {
  test('acts on the next request of an open connection', async () => {
    const { ivanov } = lab.cast;
    const session = await lab.http2(ivanov);
    const headers = { ':path': '/', cookie: `__Host-propusk-session=${ivanov.token}` };
    expect((await lab.http2Request(session, headers)).status).toBe(200);
    if (ivanov.entry.current.kind !== 'issued') throw new Error();
    lab.database.sign(ivanov.token, {
      ...ivanov.entry,
      current: { ...ivanov.entry.current, status: 'revoked' },
    });
    const answer = await lab.http2Request(session, headers);
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body).code).toBe('certificate-revoked');
    session.close();
  });

  test('closes an idle connection and cuts a running download', async () => {
    const { ivanov } = lab.cast;
    const idle = await lab.http2(ivanov);
    const running = await lab.http2(ivanov);
    const headers = { ':path': '/', cookie: `__Host-propusk-session=${ivanov.token}` };
    await lab.http2Request(idle, headers);
    let closedUpstream = false;
    lab.upstream.onStream = (request, response) => {
      response.write('begun');
      request.socket.on('close', () => {
        closedUpstream = true;
      });
    };
    const download = lab.http2Request(running, headers).then(
      (answer) => `ended with ${answer.rst}`,
      (error: Error & { code?: string }) => `failed with ${error.code}`,
    );
    await wait(100);
    lab.database.entries.clear();
    lab.database.change();
    expect(await download).toMatch(/failed with ERR_HTTP2_/);
    await until(() => idle.destroyed && running.destroyed && closedUpstream);
  });
});

describe('other hosts', () => {
  test('a host of another application gets 421 over this connection', async () => {
    const { ivanov } = lab.cast;
    const session = await lab.http2(ivanov);
    const answer = await lab.http2Request(session, {
      ':path': '/',
      ':authority': 'docs.propusk.localhost:8443',
      cookie: `__Host-propusk-session=${ivanov.token}`,
    });
    session.close();
    expect(answer.status).toBe(421);
    expect(JSON.parse(answer.body).code).toBe('misdirected-request');
  });

  test('an application answers under each of its names', async () => {
    const { ivanov } = lab.cast;
    const answer = await lab.request({ session: ivanov, host: 'crm2.propusk.localhost' });
    expect(answer.status).toBe(200);
    expect(lab.upstream.requests[0]?.headers.host).toBe('crm2.propusk.localhost:8443');
  });

  test('a name that is not served gets the alert unrecognized_name', async () => {
    await expect(lab.request({ host: 'other.propusk.localhost' })).rejects.toThrow('unrecognized name');
  });
});

test('requests for a service worker are refused where the application does not allow them', async () => {
  const { ivanov } = lab.cast;
  const request = { session: ivanov, path: '/sw.js', headers: { 'service-worker': 'script' } };
  expect(JSON.parse((await lab.request(request)).body).code).toBe('service-worker-forbidden');
  expect((await lab.request({ ...request, host: 'docs.propusk.localhost' })).status).toBe(200);
});

test('requests before sign-in are counted and written when the gate closes', async () => {
  const own = await openGateLab();
  await own.request({ certificate: null });
  await own.request({ certificate: null });
  await own.close();
  expect(own.database.beforeSignIn).toEqual([{ applicationId: 'crm', count: 2 }]);
});

test('the alert technique works on this runtime', async () => {
  expect(await lab.gate.selfCheck()).toEqual({ tls13: 'works', tls12: 'works' });
});
