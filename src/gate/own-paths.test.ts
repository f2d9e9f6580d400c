import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashToken, makeToken, systemRandom } from '../kernel/random.ts';
import type { Person } from './testing/cast.ts';
import { CRM_ORIGIN, type GateLab, openGateLab, PORTAL_ORIGIN } from './testing/gate-lab.ts';

let lab: GateLab;
beforeAll(async () => {
  lab = await openGateLab();
});
afterAll(() => lab.close());

const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

/** The first leg: an unknown browser asks for a page. Returns its binding cookie. */
async function begin(path = '/tickets/7', cookie?: string): Promise<string> {
  const answer = await lab.request({
    path,
    certificate: null,
    headers: { ...navigation, ...(cookie ? { cookie } : {}) },
  });
  return String(answer.headers['set-cookie']?.[0]?.split(';')[0]);
}

/** The portal's leg: a code for this person. */
function handOver(person: Person): string {
  const code = makeToken(systemRandom);
  const { sessionId, accountId } = person.entry;
  lab.database.handOvers.set(hashToken(code), { sessionId, accountId, entry: person.entry });
  return code;
}

function callback(code: string, cookie: string) {
  return lab.request({
    path: `/.propusk/callback?code=${code}`,
    certificate: null,
    headers: { ...navigation, cookie },
  });
}

function cookiesOf(answer: { headers: { 'set-cookie'?: string[] | undefined } }): string[] {
  return answer.headers['set-cookie'] ?? [];
}

describe('the callback', () => {
  test('turns a code and the browser’s own random into a session, once', async () => {
    const { ivanov } = lab.cast;
    const binding = await begin('/tickets/7?tab=2');
    const code = handOver(ivanov);
    const answer = await callback(code, binding);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/tickets/7?tab=2');
    expect(answer.headers['cache-control']).toBe('no-store');
    const [session = ''] = cookiesOf(answer);
    expect(session).toMatch(
      /^__Host-propusk-session=[\w-]{43}; Path=\/; Max-Age=43200; Secure; HttpOnly; SameSite=Lax$/,
    );
    const entered = await lab.request({
      certificate: ivanov,
      headers: { cookie: session.split(';')[0] ?? '' },
    });
    expect(entered.status).toBe(200);
    const again = await callback(code, binding);
    expect(again.headers.location).toBe('/tickets');
    expect(cookiesOf(again).join()).not.toContain('propusk-session=');
  });

  test('gives nothing to another browser that knows the code', async () => {
    const code = handOver(lab.cast.ivanov);
    await begin();
    const stranger = await callback(code, `__Host-propusk-binding=${makeToken(systemRandom)}`);
    expect(cookiesOf(stranger).join()).not.toContain('propusk-session=');
    const without = await callback(code, 'a=b');
    expect(cookiesOf(without).join()).not.toContain('propusk-session=');
    expect(lab.database.handOvers.has(hashToken(code))).toBe(true);
  });

  test('clears what a former user of the browser left, and only then', async () => {
    const { ivanov, petrov } = lab.cast;
    const binding = await begin();
    const changed = await callback(
      handOver(ivanov),
      `${binding}; __Host-propusk-session=${petrov.token}; sid=petrovs; theme=dark`,
    );
    // Not "cookies": that would end the portal's session as well, and take our new cookie along.
    expect(changed.headers['clear-site-data']).toBe('"cache", "storage"');
    expect(cookiesOf(changed)).toEqual(
      expect.arrayContaining([
        'sid=; Path=/; Max-Age=0; Secure; HttpOnly',
        'sid=; Path=/; Domain=crm.propusk.localhost; Max-Age=0; Secure; HttpOnly',
        'sid=; Path=/; Domain=propusk.localhost; Max-Age=0; Secure; HttpOnly',
        'theme=; Path=/; Max-Age=0; Secure; HttpOnly',
      ]),
    );
    const unknown = await callback(handOver(ivanov), `${binding}; sid=somebodys`);
    expect(unknown.headers['clear-site-data']).toBe('"cache", "storage"');
    const same = await callback(
      handOver(ivanov),
      `${binding}; __Host-propusk-session=${ivanov.token}; sid=ivanovs`,
    );
    expect(same.headers['clear-site-data']).toBeUndefined();
    expect(cookiesOf(same).join()).not.toContain('sid=');
  });

  test('begins anew once when it fails, then says so instead of going round', async () => {
    const first = await callback(makeToken(systemRandom), await begin());
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/tickets');
    const [retry = ''] = cookiesOf(first);
    expect(retry).toMatch(/^__Host-propusk-retry=1; .*Max-Age=60/);
    const second = await callback(makeToken(systemRandom), retry.split(';')[0] ?? '');
    expect(second.status).toBe(400);
    expect(second.body).toContain('Вход не завершён');
    expect(second.headers['content-type']).toContain('text/html');
  });

  test('reloaded by somebody who is signed in leads home', async () => {
    const { ivanov } = lab.cast;
    const answer = await callback('spent', `__Host-propusk-session=${ivanov.token}`);
    expect(answer).toMatchObject({ status: 303, headers: { location: '/tickets' } });
    expect(cookiesOf(answer)).toEqual([]);
  });

  test('pages opened in parallel share the browser’s random', async () => {
    const first = await begin('/a');
    const second = await begin('/b', first);
    expect(second).toBe(first);
    for (const _ of [1, 2]) {
      expect((await callback(handOver(lab.cast.ivanov), first)).status).toBe(303);
    }
  });

  test('a return path that leads elsewhere is not followed', async () => {
    const binding = await begin('/x');
    const request = lab.database.entryRequests.at(-1);
    for (const returnPath of ['//evil.example', '/\\evil.example', 'https://evil.example', '']) {
      if (request) Object.assign(request, { returnPath });
      expect((await callback(handOver(lab.cast.ivanov), binding)).headers.location).toBe('/tickets');
    }
  });
});

describe('another host of the application', () => {
  const host = 'crm2.propusk.localhost';

  test('leads a page to the same path of the first host, where the way to the portal begins', async () => {
    const before = lab.database.entryRequests.length;
    const answer = await lab.request({
      path: '/tickets/7?tab=2',
      host,
      certificate: null,
      headers: navigation,
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe(`${CRM_ORIGIN}/tickets/7?tab=2`);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(cookiesOf(answer)).toEqual([]);
    expect(lab.database.entryRequests).toHaveLength(before);
  });

  test('tells a script to sign in', async () => {
    const answer = await lab.request({ path: '/tickets/7', host, certificate: null });
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.body).code).toBe('sign-in-required');
  });
});

describe('signed-out', () => {
  const walk = (cookie: string, query = '?next=2') =>
    lab.request({
      path: `/.propusk/signed-out${query}`,
      certificate: null,
      headers: { ...navigation, cookie },
    });

  test('forgets the application when our session has ended', async () => {
    const answer = await walk(`__Host-propusk-session=${makeToken(systemRandom)}; sid=1`);
    expect(answer.headers.location).toBe(`${PORTAL_ORIGIN}/signed-out?next=2`);
    expect(answer.headers['clear-site-data']).toBe('"cache", "storage"');
    expect(cookiesOf(answer)[0]).toMatch(/^__Host-propusk-session=; Path=\/; Max-Age=0/);
  });

  test('touches nothing while the session lives, so that a link from elsewhere signs nobody out', async () => {
    const answer = await walk(`__Host-propusk-session=${lab.cast.ivanov.token}`);
    expect(answer.headers.location).toBe(`${PORTAL_ORIGIN}/signed-out?next=2`);
    expect(answer.headers['clear-site-data']).toBeUndefined();
    expect(cookiesOf(answer)).toEqual([]);
  });

  test.each([
    ['a picture', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image', 'sec-fetch-site': 'cross-site' }],
    ['a frame', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' }],
    ['a request that says nothing of itself', {}],
  ])('does nothing for %s, which comes without our cookie from another site', async (_, headers) => {
    const path = '/.propusk/signed-out?next=2';
    const answer = await lab.request({ path, certificate: null, headers });
    expect(answer.status).toBe(403);
    expect(answer.headers['clear-site-data']).toBeUndefined();
    expect(cookiesOf(answer)).toEqual([]);
  });

  test('clears no cookies of the whole domain where no session of ours has been', async () => {
    const answer = await walk('sid=1');
    expect(answer.headers.location).toBe(`${PORTAL_ORIGIN}/signed-out?next=2`);
    expect(answer.headers['clear-site-data']).toBe('"cache", "storage"');
  });

  test.each(['?next=//evil.example', '?next=-1', '?next=1234', '?next=1%0d%0aX:y'])(
    'refuses %s',
    async (query) => {
      expect((await walk('', query)).status).toBe(400);
    },
  );
});

test.each(['GET', 'POST'])('%s sign-out leads to the portal, which asks', async (method) => {
  const answer = await lab.request({ path: '/.propusk/sign-out', method, session: lab.cast.ivanov });
  expect(answer).toMatchObject({
    status: 303,
    headers: { location: `${PORTAL_ORIGIN}/sign-out?application=crm` },
  });
});

test('anything else below the prefix does not exist, for nobody', async () => {
  lab.upstream.clear();
  for (const path of [
    '/.propusk',
    '/.propusk/',
    '/.propusk/x',
    '/.propusk/../',
    '/.propusk/callback/',
    '/.propusk/constructor',
  ]) {
    for (const session of [undefined, lab.cast.ivanov]) {
      const answer = await lab.request({ path, session });
      expect(answer.status, path).toBe(404);
      expect(JSON.parse(answer.body).code).toBe('not-found');
    }
  }
  expect(lab.upstream.requests).toEqual([]);
});

test('a wrong method on an existing path does not reach the application', async () => {
  lab.upstream.clear();
  expect(
    (await lab.request({ path: '/.propusk/choose-again', method: 'PUT', session: lab.cast.ivanov })).status,
  ).toBe(404);
  expect(lab.upstream.requests).toEqual([]);
});
