import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type Crm, type CrmOptions, startCrm } from './main.ts';

let folder: string;
let crm: Crm;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crm-'));
  crm = await start();
});

afterEach(async () => {
  await crm.close();
  await rm(folder, { recursive: true });
});

function start(options: Partial<CrmOptions> = {}): Promise<Crm> {
  return startCrm({ port: 0, host: '127.0.0.1', databaseFile: join(folder, 'crm.sqlite'), ...options });
}

const ivanov = { 'propusk-login': 'ivanov', 'propusk-name': encodeURIComponent('Иванов Иван') };
const petrov = { 'propusk-login': 'petrov', 'propusk-name': encodeURIComponent('Петров Пётр') };

function get(path: string, headers: Record<string, string> = ivanov): Promise<Response> {
  return fetch(crm.url + path, { headers, redirect: 'manual' });
}

async function read(path: string, headers?: Record<string, string>): Promise<string> {
  return (await get(path, headers)).text();
}

function post(path: string, fields: Record<string, string>, headers: Record<string, string> = ivanov) {
  const body = new URLSearchParams(fields);
  return fetch(crm.url + path, { method: 'POST', headers, body, redirect: 'manual' });
}

function subjectsOf(page: string): string[] {
  return [...page.matchAll(/class="subject-link" href="[^"]+">([^<]+)</g)].map((match) => match[1] ?? '');
}

function cookieOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

describe('the list of tickets', () => {
  test('shows the open tickets, what changed last first, twenty a page', async () => {
    const page = await read('/');
    expect(subjectsOf(page)).toHaveLength(20);
    expect(page).toContain('1–20 из 40');
    const moments = [...page.matchAll(/<time datetime="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(moments).toEqual(moments.toSorted().reverse());
  });

  test('has other tickets on the second page', async () => {
    const first = subjectsOf(await read('/'));
    const second = subjectsOf(await read('/?page=2'));
    expect(new Set([...first, ...second]).size).toBe(40);
  });

  test('shows one status only when asked', async () => {
    const page = await read('/?status=closed');
    expect(page.match(/class="pill closed"/g)).toHaveLength(9);
    expect(page).not.toMatch(/class="pill (new|solved|waiting|in-progress)"/);
  });

  test.each([
    ['a word in another case', 'ТИПОГРАФИЯ', 'Ошибка E6 на двух блоках сразу'],
    ['е for ё', 'актсверки'.replace('акт', 'акт '), 'Не пришёл акт сверки за III квартал'],
    ['part of a number', '1060', 'Слабая тяга в вытяжке горячего цеха'],
    ['an assignee', 'кузнецов', 'Протечка из-под потолочной кассеты'],
  ])('finds by %s', async (_name, text, subject) => {
    expect(subjectsOf(await read(`/?status=all&q=${encodeURIComponent(text)}`))).toContain(subject);
  });

  test('says so when nothing is found, and shows the text as text', async () => {
    const page = await read(`/?q=${encodeURIComponent('"><script>')}`);
    expect(page).toContain('Ничего не нашлось');
    expect(page).toContain('value="&quot;&gt;&lt;script&gt;"');
  });

  test('a sign that means something to the database finds nothing', async () => {
    expect(await read(`/?status=all&q=${encodeURIComponent("%' or 1=1 --")}`)).toContain('Ничего не нашлось');
  });

  test('sorts by number both ways', async () => {
    const numbers = async (path: string) =>
      [...(await read(path)).matchAll(/<tr data-ticket="(\d+)"/g)].map((match) => Number(match[1]));
    expect((await numbers('/?status=all&sort=number&dir=asc')).slice(0, 3)).toEqual([1001, 1002, 1003]);
    expect((await numbers('/?status=all&sort=number')).slice(0, 3)).toEqual([1060, 1059, 1058]);
  });

  test('sorts what is urgent to the top', async () => {
    const page = await read('/?sort=priority');
    const marks = [...page.matchAll(/class="mark (\w+)"/g)].map((match) => match[1]);
    expect(marks[0]).toBe('high');
    expect(marks.lastIndexOf('high')).toBeLessThan(marks.indexOf('normal'));
  });

  test('survives a query that makes no sense', async () => {
    expect((await get('/?page=-5&sort=password&status=<x>&dir=sideways')).status).toBe(200);
    expect(await read('/?page=999')).toContain('Ничего не нашлось');
  });
});

describe('a ticket', () => {
  test('shows its description, customer and conversation', async () => {
    const page = await read('/tickets/1058');
    expect(page).toContain('Не охлаждает кондиционер в серверной');
    expect(page).toContain('Марина Ковалёва');
    expect(page).toContain('Выезжаю, буду к 15:00. Беру манометр и баллон R410A.');
  });

  test.each(['/tickets/1', '/tickets/1061', '/tickets/abc', '/tickets/1058/files/1', '/nowhere'])(
    '%s does not exist',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain('Такого обращения нет');
    },
  );

  test('takes a comment, as text, under the name that the gate gives', async () => {
    const response = await post('/tickets/1060/comments', { text: 'Еду. <b>Буду</b> к 18:00' }, petrov);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/tickets/1060#text']);
    const page = await read('/tickets/1060');
    expect(page).toContain('Еду. &lt;b&gt;Буду&lt;/b&gt; к 18:00');
    expect(page).toContain('<strong>Петров Пётр</strong>');
    expect(subjectsOf(await read('/'))[0]).toBe('Слабая тяга в вытяжке горячего цеха');
  });

  test('takes no empty comment and none from another site', async () => {
    expect((await post('/tickets/1060/comments', { text: '  ' })).status).toBe(400);
    const foreign = await post(
      '/tickets/1060/comments',
      { text: 'x' },
      { ...ivanov, 'sec-fetch-site': 'cross-site' },
    );
    expect(foreign.status).toBe(403);
    expect(await read('/tickets/1060')).toContain('Комментариев пока нет');
  });

  test('changes its status, and belongs to who took it', async () => {
    expect((await post('/tickets/1060/status', { status: 'in-progress' }, petrov)).status).toBe(303);
    const page = await read('/tickets/1060');
    expect(page).toContain('<option value="in-progress" selected>');
    expect(page).toContain('<span>Петров Пётр</span>');
    expect((await post('/tickets/1060/status', { status: 'gone' })).status).toBe(400);
  });

  test('keeps what was changed over a restart', async () => {
    await post('/tickets/1060/comments', { text: 'до перезапуска' });
    await crm.close();
    crm = await start();
    expect(await read('/tickets/1060')).toContain('до перезапуска');
    expect(await read('/?status=all')).toContain('из 60');
  });
});

describe('who it is', () => {
  test('without a gate nobody is let in, and nothing is shown', async () => {
    const response = await get('/', {});
    expect(response.status).toBe(401);
    const page = await response.text();
    expect(page).toContain('Сюда входят через шлюз');
    expect(page).not.toContain('кондиционер');
    expect(response.headers.get('set-cookie')).toBeNull();
    expect((await post('/tickets/1060/comments', { text: 'x' }, {})).status).toBe(401);
  });

  test('shows the name in its own letters', async () => {
    expect(await read('/')).toContain(
      '<strong id="who-name">Иванов Иван</strong><small id="who-login">ivanov</small>',
    );
  });

  test('a header that is no percent-encoding is nobody', async () => {
    expect((await get('/', { 'propusk-login': '%E0%A4%A' })).status).toBe(401);
  });

  test('speaks English when asked, and remembers it in its session', async () => {
    const response = await get('/?lang=en');
    expect(await response.text()).toContain('<h1>Tickets</h1>');
    expect(await read('/', { ...ivanov, cookie: cookieOf(response) })).toContain('<h1>Tickets</h1>');
    expect(await read('/', { ...ivanov, 'accept-language': 'en-US' })).toContain('<h1>Tickets</h1>');
    expect(await read('/')).toContain('<h1>Обращения</h1>');
  });
});

describe('the session of the CRM', () => {
  test('begins at the first visit and goes on', async () => {
    const first = await get('/whoami.json');
    expect(first.headers.get('set-cookie')).toMatch(
      /^crm_session=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax/,
    );
    const again = await get('/whoami.json', { ...ivanov, cookie: `other=1; ${cookieOf(first)}` });
    expect(again.headers.get('set-cookie')).toBeNull();
    expect(await again.json()).toMatchObject({
      identity: { login: 'ivanov', name: 'Иванов Иван', source: 'headers' },
      session: { login: 'ivanov', requests: 2 },
    });
  });

  test('never passes from one login to another', async () => {
    const cookie = cookieOf(await get('/'));
    await post('/tickets/1060/draft', { text: 'черновик Иванова' }, { ...ivanov, cookie });
    const other = await get('/tickets/1060', { ...petrov, cookie });
    expect(cookieOf(other)).toMatch(/^crm_session=/);
    expect(cookieOf(other)).not.toBe(cookie);
    expect(await other.text()).not.toContain('черновик Иванова');
  });

  test('keeps a draft until the comment is sent', async () => {
    const headers = { ...ivanov, cookie: cookieOf(await get('/')) };
    await post('/tickets/1060/draft', { text: 'начал писать' }, headers);
    expect(await read('/tickets/1060', headers)).toContain('>начал писать</textarea>');
    await post('/tickets/1060/comments', { text: 'дописал' }, headers);
    expect(await read('/tickets/1060', headers)).toContain('></textarea>');
  });

  test('leads back to the list as it was', async () => {
    const headers = { ...ivanov, cookie: cookieOf(await get('/')) };
    await get('/?status=closed&sort=company&dir=asc', headers);
    expect(await read('/tickets/1001', headers)).toContain(
      'href="/?status=closed&amp;sort=company&amp;dir=asc">← К списку',
    );
  });
});

describe('files', () => {
  function upload(file: File): Promise<Response> {
    const body = new FormData();
    body.set('file', file);
    return fetch(`${crm.url}/tickets/1060/files`, {
      method: 'POST',
      headers: ivanov,
      body,
      redirect: 'manual',
    });
  }

  test('come in and go out byte by byte, with their names', async () => {
    const bytes = new Uint8Array(3_000_000).map((_value, index) => index % 251);
    expect((await upload(new File([bytes], 'схема зала.pdf'))).status).toBe(303);
    expect(await read('/tickets/1060')).toMatch(
      /href="\/tickets\/1060\/files\/1">схема зала\.pdf<\/a> <span class="quiet">3 МБ, Иванов Иван/,
    );
    const download = await get('/tickets/1060/files/1');
    expect(download.headers.get('content-length')).toBe('3000000');
    expect(download.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''${encodeURIComponent('схема зала.pdf')}`,
    );
    expect(Buffer.from(await download.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test('have names and no paths', async () => {
    await upload(new File(['x'], '../../etc/passwd'));
    expect(await read('/tickets/1060')).toContain('>passwd</a>');
  });

  test('leave nothing behind when the upload breaks off', async () => {
    const socket = connect(Number(new URL(crm.url).port), '127.0.0.1');
    socket.write(
      'POST /tickets/1060/files HTTP/1.1\r\nhost: crm\r\npropusk-login: ivanov\r\ncontent-length: 900000\r\n' +
        'content-type: multipart/form-data; boundary=b\r\n\r\n' +
        '--b\r\ncontent-disposition: form-data; name="file"; filename="a.bin"\r\n\r\nbeginning',
    );
    const filesFolder = join(folder, 'crm.sqlite-files');
    await expect.poll(() => readdir(filesFolder)).toHaveLength(1);
    socket.destroy();
    await expect.poll(() => readdir(filesFolder)).toEqual([]);
    expect(await read('/tickets/1060')).toContain('Файлов нет.');
  });

  test('a form without a file is refused', async () => {
    expect((await upload(new File([], ''))).status).toBe(400);
  });

  test('the report has the size that was asked for', async () => {
    const response = await get('/report?mb=3');
    expect(response.headers.get('content-type')).toContain('text/csv');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.length).toBe(3_000_000);
    expect(bytes.subarray(0, 60).toString('utf8')).toContain('number;subject;company');
  });
});

describe('what happens live', () => {
  const live = () => new WebSocket(`${crm.url.replace('http', 'ws')}/live`, { headers: ivanov });

  async function nextMessage(socket: WebSocket): Promise<unknown> {
    const [data] = await once(socket, 'message');
    return JSON.parse(String(data));
  }

  test('a comment is announced on the WebSocket', async () => {
    const socket = live();
    expect(await nextMessage(socket)).toEqual({ type: 'hello', login: 'ivanov' });
    const announced = nextMessage(socket);
    await post('/tickets/1060/comments', { text: 'Еду' }, petrov);
    expect(await announced).toEqual({
      type: 'comment',
      ticketId: 1060,
      subject: 'Слабая тяга в вытяжке горячего цеха',
      author: 'Петров Пётр',
    });
    socket.close();
  });

  test.each([
    ['nobody', '/live', {}, 401],
    ['another path', '/elsewhere', ivanov, 404],
  ])('the WebSocket refuses %s', async (_name, path, headers, status) => {
    const socket = new WebSocket(crm.url.replace('http', 'ws') + path, { headers });
    const [, response] = await once(socket, 'unexpected-response');
    expect(response.statusCode).toBe(status);
    socket.on('error', () => {});
    socket.terminate();
  });

  test('a change of status is announced as a server-sent event', async () => {
    const response = await get('/events');
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('retry: 2000\n\n');
    await post('/tickets/1060/status', { status: 'waiting' }, petrov);
    const event = (await reader?.read())?.value ?? '';
    expect(event).toMatch(/^event: status\ndata: \{.*"ticketId":1060.*\}\n\n$/);
    await reader?.cancel();
  });

  test('everything ends when the CRM stops', async () => {
    const socket = live();
    await nextMessage(socket);
    await get('/events');
    const closed = once(socket, 'close');
    await crm.close();
    await closed;
    crm = await start();
  });
});

describe('with the keys of the gate', () => {
  const issuer = 'https://id.propusk.localhost:8443';

  async function setUp(status = 200) {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
    const server = createServer((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [jwk] }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    await crm.close();
    // A name under localhost: the demo's gate has such names, and Node does not resolve them by itself.
    const jwksUrl = `http://crm.propusk.localhost:${(server.address() as AddressInfo).port}/jwks.json`;
    crm = await start({ jwksUrl, issuer, audience: 'crm' });
    const sign = (claims: JWTPayload, key = privateKey, expiresIn = '60s') =>
      new SignJWT({ login: 'ivanov', ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
        .setIssuer(claims.iss ?? issuer)
        .setAudience(claims.aud ?? 'crm')
        .setSubject('a1')
        .setIssuedAt()
        .setExpirationTime(expiresIn)
        .sign(key);
    const stop = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
    return { sign, stop };
  }

  test('believes the signature, and takes only the name to print from the header', async () => {
    const { sign, stop } = await setUp();
    const response = await get('/whoami.json', { ...ivanov, 'propusk-assertion': await sign({}) });
    expect(await response.json()).toMatchObject({
      identity: { login: 'ivanov', name: 'Иванов Иван', source: 'assertion' },
    });
    await stop();
  });

  test('does not mind a header that names somebody else', async () => {
    const { sign, stop } = await setUp();
    const response = await get('/whoami.json', { ...petrov, 'propusk-assertion': await sign({}) });
    expect(await response.json()).toMatchObject({ identity: { login: 'ivanov', name: 'ivanov' } });
    await stop();
  });

  test('does not believe headers alone', async () => {
    const { stop } = await setUp();
    const response = await get('/');
    expect(response.status).toBe(401);
    expect(await response.text()).toContain('Сюда входят через шлюз');
    await stop();
  });

  test('does not believe what is forged, old, or meant for others', async () => {
    const { sign, stop } = await setUp();
    const { privateKey: otherKey } = await generateKeyPair('ES256');
    const [header, , signature] = (await sign({})).split('.');
    const admin = Buffer.from(JSON.stringify({ login: 'admin', sub: 'a1', iss: issuer, aud: 'crm' }));
    const assertions = [
      await sign({}, otherKey),
      await sign({}, undefined, '-10s'),
      await sign({ aud: 'billing' }),
      await sign({ iss: 'https://elsewhere.example' }),
      await sign({ login: '' }),
      `${header}.${admin.toString('base64url')}.${signature}`,
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${admin.toString('base64url')}.`,
      'not a token',
    ];
    for (const assertion of assertions) {
      const response = await get('/', { ...ivanov, 'propusk-assertion': assertion });
      expect([assertion, response.status]).toEqual([assertion, 401]);
      expect(await response.text()).toContain('Шлюз не подтвердил, кто вы');
    }
    await stop();
  });

  test('lets nobody in while the keys cannot be loaded, and says so', async () => {
    const { sign, stop } = await setUp(500);
    const response = await get('/', { ...ivanov, 'propusk-assertion': await sign({}) });
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('не смогло загрузить ключи шлюза');
    await stop();
    const unreachable = await get('/', { ...ivanov, 'propusk-assertion': await sign({}) });
    expect(unreachable.status).toBe(503);
  });

  test('guards the WebSocket the same way', async () => {
    const { sign, stop } = await setUp();
    const url = `${crm.url.replace('http', 'ws')}/live`;
    const good = new WebSocket(url, { headers: { 'propusk-assertion': await sign({}) } });
    expect(String((await once(good, 'message'))[0])).toContain('"login":"ivanov"');
    good.close();
    const bad = new WebSocket(url, { headers: ivanov });
    bad.on('error', () => {});
    const [, response] = await once(bad, 'unexpected-response');
    expect(response.statusCode).toBe(401);
    bad.terminate();
    await stop();
  });
});
