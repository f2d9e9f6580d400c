import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ApplicationId } from '../kernel/brand.ts';
import { hashToken, makeToken, systemRandom } from '../kernel/random.ts';
import { createApplicationCookies, SCOPES_PER_APPLICATION } from './application-cookies.ts';
import type { Person } from './testing/cast.ts';
import { CRM, type GateLab, openGateLab, until } from './testing/gate-lab.ts';
import { createMemoryPort } from './testing/memory-port.ts';

const CRM_ID = 'crm' as ApplicationId;
const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

describe('the application’s cookies', () => {
  let lab: GateLab;
  beforeAll(async () => {
    lab = await openGateLab();
  });
  afterAll(() => lab.close());
  afterEach(() => {
    lab.upstream.clear();
    lab.database.failure = undefined;
    lab.database.recordFailure = undefined;
  });

  const remembered = () =>
    (lab.database.cookies.get(CRM_ID) ?? []).map(({ name, path, domain }) => `${name} ${path} ${domain}`);

  /** The application answers a permitted request with these fields. */
  async function setCookies(path: string, ...fields: string[]): Promise<void> {
    lab.upstream.answer = (_, response) => {
      response.setHeader('Set-Cookie', fields);
      response.end('ok');
    };
    expect((await lab.request({ session: lab.cast.ivanov, path })).headers['set-cookie']).toEqual(fields);
  }

  async function callback(person: Person, cookies = ''): Promise<string[]> {
    const first = await lab.request({ certificate: null, headers: navigation });
    const binding = first.headers['set-cookie']?.[0]?.split(';')[0];
    const code = makeToken(systemRandom);
    const { sessionId, accountId } = person.entry;
    lab.database.handOvers.set(hashToken(code), { sessionId, accountId, entry: person.entry });
    const answer = await lab.request({
      path: `/.propusk/callback?code=${code}`,
      certificate: null,
      headers: { ...navigation, cookie: `${binding}; ${cookies}` },
    });
    expect(answer.status).toBe(303);
    return answer.headers['set-cookie'] ?? [];
  }

  test('are remembered with path and domain, once, and without their values', async () => {
    const fields = ['crm_sid=secret; Path=/crm; HttpOnly', 'lang=ru; Domain=propusk.localhost; Path=/'];
    await setCookies('/a/b', ...fields, 'filter=7');
    await setCookies('/a/b', ...fields, 'filter=8');
    await until(() => remembered().length === 3);
    expect(remembered()).toEqual(['crm_sid /crm ', 'lang / propusk.localhost', 'filter /a ']);
    expect(JSON.stringify(lab.database.cookies.get(CRM_ID))).not.toContain('secret');
  });

  test('are expired where they lie when another person signs in, and left to the same one', async () => {
    await setCookies('/', 'path_sid=1; Path=/deep/path');
    await until(() => remembered().includes('path_sid /deep/path '));
    const { ivanov, petrov } = lab.cast;
    const expiry = 'path_sid=; Path=/deep/path; Max-Age=0; Secure; HttpOnly';
    expect(await callback(ivanov, `__Host-propusk-session=${petrov.token}`)).toContain(expiry);
    expect(await callback(ivanov)).toContain(expiry);
    expect(await callback(ivanov, `__Host-propusk-session=${ivanov.token}`)).not.toContain(expiry);
  });

  test('are expired after sign-out; those of the whole domain only where our session was', async () => {
    await setCookies('/', 'host_sid=1; Path=/x', 'domain_sid=1; Path=/; Domain=propusk.localhost');
    await until(() => remembered().some((scope) => scope.startsWith('domain_sid')));
    const signedOut = async (cookie: string) => {
      const path = '/.propusk/signed-out?next=1';
      const answer = await lab.request({ path, certificate: null, headers: { ...navigation, cookie } });
      expect(answer.headers['clear-site-data']).toBe('"cache", "storage"');
      return answer.headers['set-cookie'] ?? [];
    };
    const ended = await signedOut(`__Host-propusk-session=${makeToken(systemRandom)}; by_script=1`);
    expect(ended).toEqual(
      expect.arrayContaining([
        'host_sid=; Path=/x; Max-Age=0; Secure; HttpOnly',
        'domain_sid=; Path=/; Domain=propusk.localhost; Max-Age=0; Secure; HttpOnly',
        'by_script=; Path=/; Max-Age=0; Secure; HttpOnly',
        'by_script=; Path=/; Domain=propusk.localhost; Max-Age=0; Secure; HttpOnly',
      ]),
    );
    const stranger = await signedOut('by_script=1');
    expect(stranger).toContain('host_sid=; Path=/x; Max-Age=0; Secure; HttpOnly');
    expect(stranger.join()).not.toContain('Domain=propusk.localhost');
  });

  test('that could not be stored are tried again with the next answer', async () => {
    lab.database.recordFailure = new Error('the disk is full');
    await setCookies('/', 'again=1; Path=/again');
    await until(() => lab.logs.some(({ message }) => message.includes('scope of a cookie')));
    lab.database.recordFailure = undefined;
    await setCookies('/', 'again=1; Path=/again');
    await until(() => remembered().includes('again /again '));
  });

  test('of ours are neither remembered nor expired by what the application says', async () => {
    lab.upstream.answer = (_, response) => {
      response.setHeader('Set-Cookie', ['__Host-propusk-session=x; Path=/; Secure', 'after=1; Path=/']);
      response.end('ok');
    };
    await lab.request({ session: lab.cast.ivanov });
    await until(() => remembered().includes('after / '));
    expect(remembered().join()).not.toContain('propusk-session');
  });
});

describe('what an application can make us keep and send', () => {
  const open = () => {
    const port = createMemoryPort();
    const warnings: string[] = [];
    const nothing = () => {};
    const logger = {
      debug: nothing,
      info: nothing,
      error: nothing,
      warn: (_: object, text: string) => {
        warnings.push(text);
      },
    };
    const cookies = createApplicationCookies(port, { now: () => new Date() }, logger);
    return { port, warnings, cookies };
  };
  const id = CRM_ID;

  test('is bounded in number, and a cookie per ticket does not crowd the others out', async () => {
    const { port, warnings, cookies } = open();
    for (let ticket = 0; ticket < 1_000; ticket++)
      cookies.learn(id, CRM, `/tickets/${ticket}/x`, ['draft=1']);
    cookies.learn(id, CRM, '/', ['sid=1; Path=/deep']);
    for (let name = 0; name < 1_000; name++) cookies.learn(id, CRM, '/', [`n${name}=1`]);
    await until(() => port.cookies.get(id)?.length === SCOPES_PER_APPLICATION);
    expect(port.cookies.get(id)?.filter(({ name }) => name === 'draft')).toHaveLength(32);
    expect(port.cookies.get(id)).toContainEqual({
      name: 'sid',
      path: '/deep',
      domain: '',
      partitioned: false,
    });
    expect(warnings).toEqual(['an application sets too many cookies to remember them all']);
  });

  test('fits into an answer, the exact ones before the guesses', async () => {
    const { port, cookies } = open();
    port.cookies.set(id, [{ name: 'exact', path: '/x', domain: '', partitioned: false }]);
    const header = Array.from({ length: 5_000 }, (_, index) => `n${index}=1`).join('; ');
    const fields = await cookies.expiring(id, CRM, header, 'domain');
    expect(fields[0]).toBe('exact=; Path=/x; Max-Age=0; Secure; HttpOnly');
    expect(fields.join('').length).toBeLessThanOrEqual(65_536);
    expect(fields.length).toBeGreaterThan(1_000);
  });
});
