import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import https from 'node:https';
import zlib from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CRM, CRM_ORIGIN, type GateLab, openGateLab, PORTAL_ORIGIN, until } from '../testing/gate-lab.ts';

const SCRIPT = Buffer.from('(() => {})();');
const DAY_MS = 86_400_000;

let lab: GateLab;
beforeAll(async () => {
  lab = await openGateLab({
    application: { accountMenu: { position: 'top-right' } },
    menu: { script: SCRIPT, noticeDays: 14, certificatesUrl: 'https://my.example.org/', defaultLocale: 'ru' },
  });
});
afterAll(() => lab.close());
afterEach(() => {
  lab.upstream.clear();
  lab.clock.offsetMs = 0;
});

const PAGE =
  '<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Обращения</title></head><body>текст</body></html>';
const AS_PAGE = { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate', accept: 'text/html' };
const TAG = /<script src="(?<address>[^"]+)"(?: nonce="(?<nonce>[^"]+)")? async><\/script>/;

type Fields = Record<string, string | string[]>;

function answerWith(body: string | Buffer, fields: Fields = {}, status = 200): void {
  lab.upstream.answer = (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...fields });
    response.end(body);
  };
}

interface Octets {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

function fetchOver1(path: string, headers: Fields = AS_PAGE, method = 'GET'): Promise<Octets> {
  return new Promise((resolve, reject) => {
    const request = https.request(
      {
        ...lab.connectOptions(lab.cast.ivanov),
        agent: false,
        path,
        method,
        headers: {
          host: `${CRM}:8443`,
          cookie: `__Host-propusk-session=${lab.cast.ivanov.token}`,
          ...headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end();
  });
}

async function fetchOver2(path: string, headers: Fields = AS_PAGE, method = 'GET'): Promise<Octets> {
  const session = await lab.http2(lab.cast.ivanov);
  try {
    return await new Promise((resolve, reject) => {
      const stream = session.request({
        ':path': path,
        ':method': method,
        cookie: `__Host-propusk-session=${lab.cast.ivanov.token}`,
        ...headers,
      });
      let received: Octets['headers'] = {};
      const chunks: Buffer[] = [];
      stream.on('response', (fields) => {
        received = fields as Octets['headers'];
      });
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', reject);
      stream.on('end', () =>
        resolve({ status: Number(received[':status']), headers: received, body: Buffer.concat(chunks) }),
      );
      stream.end();
    });
  } finally {
    session.close();
  }
}

const CODINGS = {
  gzip: [zlib.gzipSync, zlib.gunzipSync],
  deflate: [zlib.deflateSync, zlib.inflateSync],
  br: [zlib.brotliCompressSync, zlib.brotliDecompressSync],
  zstd: [zlib.zstdCompressSync, zlib.zstdDecompressSync],
} as const;

describe.each([
  ['HTTP/1.1', fetchOver1],
  ['HTTP/2', fetchOver2],
] as const)('over %s', (_version, get) => {
  test('a page gets one tag and is otherwise the same', async () => {
    answerWith(PAGE, { etag: '"abc"', 'x-own': 'stays', 'set-cookie': ['a=b', 'c=d'] });
    const { headers, body } = await get('/tickets');
    const text = body.toString();
    expect(text.replace(TAG, '')).toBe(PAGE);
    expect(text).toMatch(
      /<\/title><script src="\/\.propusk\/menu\.js\?v=[0-9a-f]{16}" async><\/script><\/head>/,
    );
    expect(headers['content-length']).toBeUndefined();
    expect(headers.etag).toMatch(/^W\/"abc;propusk-s-[0-9a-f]{16}"$/);
    expect(headers.vary).toBe('sec-fetch-dest');
    expect([headers['x-own'], headers['set-cookie']]).toEqual(['stays', ['a=b', 'c=d']]);
  });

  test.each(Object.entries(CODINGS))('a page in %s stays in it', async (coding, [encode, decode]) => {
    answerWith(encode(Buffer.from(PAGE)), { 'content-encoding': coding });
    const { headers, body } = await get('/', { ...AS_PAGE, 'accept-encoding': 'gzip, deflate, br, zstd' });
    expect(headers['content-encoding']).toBe(coding);
    const text = decode(body).toString();
    expect(text).toMatch(TAG);
    expect(text.replace(TAG, '')).toBe(PAGE);
  });

  test('a large page in gzip arrives whole', async () => {
    const large = PAGE.replace('текст', randomBytes(6_000_000).toString('base64'));
    answerWith(zlib.gzipSync(large), { 'content-encoding': 'gzip' });
    const { body } = await get('/');
    expect(zlib.gunzipSync(body).toString().replace(TAG, '') === large).toBe(true);
  });

  test('HEAD says what GET would', async () => {
    answerWith(PAGE, { etag: 'W/"x"', 'content-length': String(Buffer.byteLength(PAGE)) });
    const { headers, body } = await get('/', AS_PAGE, 'HEAD');
    expect(headers['content-length']).toBeUndefined();
    expect(headers.etag).toMatch(/^W\/"x;propusk-w-/);
    expect(body.length).toBe(0);
  });
});

const UNTOUCHED: readonly { name: string; fields?: Fields; headers?: Fields; status?: number }[] = [
  { name: 'another type', fields: { 'content-type': 'application/xhtml+xml' } },
  { name: 'no type for pages', fields: { 'content-type': 'text/plain' } },
  { name: 'a download', fields: { 'content-disposition': 'attachment; filename=a.html' } },
  {
    name: 'an encoding that ASCII is not part of',
    fields: { 'content-type': 'text/html; charset=UTF-16LE' },
  },
  { name: 'an encoding with shifts', fields: { 'content-type': 'text/html; charset="iso-2022-jp"' } },
  { name: 'no-transform', fields: { 'cache-control': 'private, No-Transform' } },
  { name: 'an unknown coding', fields: { 'content-encoding': 'dcz' } },
  { name: 'two codings', fields: { 'content-encoding': 'gzip, br' } },
  { name: 'a part', fields: { 'content-range': 'bytes 0-1/2' }, status: 206 },
  { name: 'a signature', fields: { signature: 'sig1=:YQ==:' } },
  { name: 'a redirect', fields: { location: '/elsewhere' }, status: 302 },
  {
    name: 'a request of a script',
    fields: {},
    headers: { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors' },
  },
  { name: 'a frame', fields: {}, headers: { 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' } },
  { name: 'no word of what it is for', fields: {}, headers: { 'sec-fetch-dest': [] } },
  { name: 'a range that is ignored', fields: {}, headers: { range: 'bytes=0-' } },
];

test.each(UNTOUCHED)('no octet and no field is touched: %s', async ({ fields, headers, status = 200 }) => {
  const etag = '"abc"';
  answerWith(PAGE, { etag, 'content-length': String(Buffer.byteLength(PAGE)), ...fields }, status);
  const answer = await fetchOver1('/', { ...AS_PAGE, ...headers });
  expect(answer.body.toString()).toBe(PAGE);
  expect(answer.headers).toMatchObject({ etag, 'content-length': String(Buffer.byteLength(PAGE)) });
  expect(answer.headers.vary).toBeUndefined();
});

test('an answer to a POST stays as it is', async () => {
  answerWith(PAGE);
  expect((await fetchOver1('/', AS_PAGE, 'POST')).body.toString()).toBe(PAGE);
});

test('an application without the menu stays as it is', async () => {
  answerWith(PAGE);
  const answer = await lab.request({
    session: lab.cast.ivanov,
    host: 'docs.propusk.localhost',
    headers: AS_PAGE,
  });
  expect(answer.body).toBe(PAGE);
});

test('error pages get the tag, too', async () => {
  answerWith(PAGE, {}, 404);
  const { status, body } = await fetchOver1('/missing');
  expect([status, TAG.test(body.toString())]).toEqual([404, true]);
});

test('a page in bare deflate is understood', async () => {
  answerWith(zlib.deflateRawSync(PAGE), { 'content-encoding': 'deflate' });
  const { body } = await fetchOver1('/');
  expect(zlib.inflateSync(body).toString().replace(TAG, '')).toBe(PAGE);
});

test('a compressed page without its end is shown as far as it goes', async () => {
  const page = PAGE.replace('текст', randomBytes(3_000).toString('hex'));
  const whole = zlib.gzipSync(page);
  answerWith(whole.subarray(0, whole.length - 40), { 'content-encoding': 'gzip' });
  const { body } = await fetchOver1('/');
  expect(page.startsWith(zlib.gunzipSync(body).toString().replace(TAG, ''))).toBe(true);
});

test('a page that is not what it says is cut, and the connection to the application is not used again', async () => {
  answerWith(PAGE, { 'content-encoding': 'gzip' });
  await expect(fetchOver1('/')).rejects.toThrow();
  answerWith(PAGE);
  expect((await fetchOver1('/')).body.toString()).toMatch(TAG);
});

test('parts of a compressed page arrive as the application sends them', async () => {
  let rest: (() => void) | undefined;
  lab.upstream.onStream = (_request, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
    const gzip = zlib.createGzip();
    gzip.pipe(response);
    gzip.write('<!doctype html><title>a</title><body>first');
    gzip.flush();
    rest = () => gzip.end('second');
  };
  const session = await lab.http2(lab.cast.ivanov);
  const stream = session.request({
    ':path': '/',
    cookie: `__Host-propusk-session=${lab.cast.ivanov.token}`,
    ...AS_PAGE,
  });
  const decoder = zlib.createGunzip();
  let seen = '';
  decoder.on('data', (chunk: Buffer) => {
    seen += chunk.toString();
  });
  stream.pipe(decoder);
  await until(() => seen.endsWith('first'));
  rest?.();
  await until(() => seen.endsWith('second'));
  expect(seen.replace(TAG, '')).toBe('<!doctype html><title>a</title><body>firstsecond');
  session.close();
});

test('a client that goes in the middle of a compressed page takes nothing with it', async () => {
  let closed = false;
  lab.upstream.onStream = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
    const gzip = zlib.createGzip();
    gzip.pipe(response);
    const feed = setInterval(() => gzip.write(`<p>${randomBytes(20_000).toString('hex')}`), 1);
    response.on('close', () => {
      closed = true;
      clearInterval(feed);
      gzip.destroy();
    });
  };
  const session = await lab.http2(lab.cast.ivanov);
  const stream = session.request({
    ':path': '/',
    cookie: `__Host-propusk-session=${lab.cast.ivanov.token}`,
    ...AS_PAGE,
  });
  stream.on('error', () => {});
  await new Promise((resolve) => stream.once('data', resolve));
  session.destroy();
  await until(() => closed);
  lab.upstream.clear();
  answerWith(PAGE);
  expect((await fetchOver1('/')).body.toString()).toMatch(TAG);
});

test('codings that cannot be read here are not asked for', async () => {
  answerWith(PAGE);
  await fetchOver1('/', { ...AS_PAGE, 'accept-encoding': 'gzip, br;q=0.5, dcb, dcz' });
  await fetchOver1('/', { ...AS_PAGE, 'accept-encoding': 'dcb' });
  await fetchOver1('/', { 'sec-fetch-dest': 'script', 'accept-encoding': 'gzip, dcb' });
  expect(lab.upstream.requests.map(({ headers }) => headers['accept-encoding'])).toEqual([
    'gzip, br;q=0.5',
    'identity',
    'gzip, dcb',
  ]);
});

test('a page that has not changed is 304, with our own entity tag', async () => {
  lab.upstream.answer = (request, response) => {
    const known = request.headers['if-none-match'] === '"v1"';
    response.writeHead(known ? 304 : 200, { 'content-type': 'text/html', etag: '"v1"' });
    response.end(known ? undefined : PAGE);
  };
  const first = await fetchOver1('/');
  const etag = String(first.headers.etag);
  const again = await fetchOver1('/', { ...AS_PAGE, 'if-none-match': etag });
  expect([again.status, again.headers.etag]).toEqual([304, etag]);
  // The page without the tag, which a script had fetched, is no answer to somebody who wants to see it.
  const other = await fetchOver1('/', {
    ...AS_PAGE,
    'if-none-match': '"v1"',
    'if-modified-since': 'Sun, 22 Nov 2026 00:00:00 GMT',
  });
  expect(other.status).toBe(200);
  expect(lab.upstream.requests.at(-1)?.headers['if-modified-since']).toBeUndefined();
  const older = await fetchOver1('/', { ...AS_PAGE, 'if-none-match': 'W/"v1;propusk-s-0000000000000000"' });
  expect(older.status).toBe(200);
});

describe('a content security policy', () => {
  const policy = (text: string | string[]): Fields => ({ 'content-security-policy': text });

  test('with a nonce gives its nonce to the tag', async () => {
    answerWith(PAGE, policy("script-src 'strict-dynamic' 'nonce-q1W='; connect-src 'self'"));
    const { body } = await fetchOver1('/');
    expect(TAG.exec(body.toString())?.groups?.nonce).toBe('q1W=');
  });

  test('that forbids the script keeps it out, and is reported once', async () => {
    const before = lab.logs.length;
    answerWith(
      PAGE,
      policy([
        "default-src 'self'",
        "script-src 'nonce-a1' cdn.example.org; style-src *",
        "script-src 'nonce-b'",
      ]),
    );
    const answer = await fetchOver1('/');
    expect(answer.body.toString()).toBe(PAGE);
    expect(answer.headers.vary).toBeUndefined();
    answerWith(PAGE, policy(["script-src 'nonce-a2' cdn.example.org", "script-src 'nonce-c'"]));
    await fetchOver1('/');
    const reports = lab.logs.slice(before).filter(({ message }) => message.includes('account menu'));
    expect(reports).toEqual([
      {
        level: 'warn',
        fields: { application: 'crm', directive: "script-src 'nonce-…'" },
        message: expect.stringContaining('keeps the account menu out'),
      },
    ]);
  });

  test('in a meta tag of the page counts as well', async () => {
    const page = PAGE.replace(
      '<title>',
      `<meta http-equiv="Content-Security-Policy" content="script-src 'none'"><title>`,
    );
    answerWith(page);
    expect((await fetchOver1('/')).body.toString()).toBe(page);
  });

  test('a base element leads our address nowhere else', async () => {
    answerWith(PAGE.replace('<title>', '<base href="https://cdn.example.org/"><title>'));
    const { body } = await fetchOver1('/');
    expect(TAG.exec(body.toString())?.groups?.address).toMatch(`${CRM_ORIGIN}/.propusk/menu.js?v=`);
  });
});

describe('the paths of the menu', () => {
  const asScript = { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors' };

  test('the script is the same for everybody and is kept as long as it is current', async () => {
    answerWith(PAGE);
    const { groups } = TAG.exec((await fetchOver1('/')).body.toString()) ?? {};
    const current = await lab.request({ path: groups?.address ?? '' });
    expect([current.status, current.body, current.headers['cache-control']]).toEqual([
      200,
      SCRIPT.toString(),
      'public, max-age=31536000, immutable',
    ]);
    expect((await lab.request({ path: '/.propusk/menu.js?v=old' })).headers['cache-control']).toBe(
      'no-cache',
    );
    const packed = await fetchOver1('/.propusk/menu.js', { 'accept-encoding': 'gzip' });
    expect(zlib.gunzipSync(packed.body)).toEqual(SCRIPT);
  });

  test('name and expiry are for our script in a page of this origin', async () => {
    const { ivanov } = lab.cast;
    const answer = await lab.request({ path: '/.propusk/menu.json', session: ivanov, headers: asScript });
    expect(answer.headers['cache-control']).toBe('no-store');
    const { current } = ivanov.entry;
    expect(JSON.parse(answer.body)).toEqual({
      login: 'ivanov',
      name: 'Иванов Иван',
      notAfter: current.kind === 'issued' ? current.notAfter.toISOString() : '',
      now: expect.stringMatching(/Z$/),
      noticeDays: 14,
      position: 'top-right',
      defaultLocale: 'ru',
      home: '/tickets',
    });
  });

  test.each([
    ['another site', { ...asScript, 'sec-fetch-site': 'cross-site' }, 'origin-forbidden'],
    ['a sister host', { ...asScript, 'sec-fetch-site': 'same-site' }, 'origin-forbidden'],
    ['an address typed by hand', { ...asScript, 'sec-fetch-site': 'none' }, 'origin-forbidden'],
    ['a script tag', { ...asScript, 'sec-fetch-dest': 'script' }, 'origin-forbidden'],
    ['nobody says what for', {}, 'origin-forbidden'],
  ])('are not for %s', async (_name, headers, code) => {
    const answer = await lab.request({ path: '/.propusk/menu.json', session: lab.cast.ivanov, headers });
    expect(JSON.parse(answer.body)).toMatchObject({ code });
  });

  test('are refused with the reason, which is not journalled', async () => {
    const { ivanov, petrov } = lab.cast;
    const before = lab.database.refused.length;
    const codeFor = async (request: Parameters<GateLab['request']>[0]) => {
      const answer = await lab.request({ path: '/.propusk/menu.json', headers: asScript, ...request });
      return [answer.status, JSON.parse(answer.body).code];
    };
    expect(await codeFor({ session: ivanov, certificate: petrov })).toEqual([403, 'certificate-mismatch']);
    expect(await codeFor({ session: ivanov, certificate: null })).toEqual([403, 'certificate-not-presented']);
    expect(await codeFor({ certificate: ivanov })).toEqual([401, 'sign-in-required']);
    expect(lab.database.refused.length).toBe(before);
  });

  test('an application without the menu has no data', async () => {
    const answer = await lab.request({
      path: '/.propusk/menu.json',
      session: lab.cast.ivanov,
      host: 'docs.propusk.localhost',
      headers: asScript,
    });
    expect(answer.status).toBe(404);
  });

  test.each([
    ['replace', `${PORTAL_ORIGIN}/replace?application=crm`],
    ['choose-again', `${PORTAL_ORIGIN}/choose-again?application=crm`],
    ['sign-out', `${PORTAL_ORIGIN}/sign-out?application=crm`],
    ['certificates', 'https://my.example.org/'],
  ])('/.propusk/%s leads to a page that asks first', async (name, location) => {
    const answer = await lab.request({ path: `/.propusk/${name}` });
    expect([answer.status, answer.headers.location]).toEqual([303, location]);
  });
});

describe('the notice where there is no menu', () => {
  const DOCS = 'docs.propusk.localhost';
  const open = (headers: Fields = {}, method = 'GET', path = '/manual?page=2') =>
    lab.request({
      path,
      method,
      session: lab.cast.petrov,
      host: DOCS,
      headers: { ...AS_PAGE, ...headers } as Record<string, string>,
    });
  const nearTheEnd = (days: number): void => {
    const { current } = lab.cast.petrov.entry;
    if (current.kind !== 'issued') throw new TypeError('petrov has a certificate');
    lab.clock.offsetMs = current.notAfter.getTime() - days * DAY_MS - Date.now();
  };
  const cookieOf = (answer: Awaited<ReturnType<typeof open>>, name: string) =>
    (answer.headers['set-cookie'] ?? []).find((field) => field.startsWith(name))?.split(';')[0] ?? '';

  test('leads over the portal once a day, with the way on', async () => {
    nearTheEnd(13.9);
    const answer = await open();
    expect([answer.status, answer.headers.location]).toEqual([
      303,
      expect.stringMatching(/^https:\/\/id\.propusk\.localhost:8443\/expires-soon\?request=[\w-]{43,}$/),
    ]);
    expect(lab.database.entryRequests.at(-1)).toMatchObject({ returnPath: '/manual?page=2' });
    const seen = cookieOf(answer, '__Host-propusk-notice');
    expect(answer.headers['set-cookie']?.join()).toContain('Max-Age=86400');
    const session = `__Host-propusk-session=${lab.cast.petrov.token}`;
    expect((await open({ cookie: `${session}; ${seen}` })).status).toBe(200);
    // Another person's mark is none.
    expect((await open({ cookie: `${session}; __Host-propusk-notice=other` })).status).toBe(303);
    expect(lab.upstream.requests.at(-1)?.headers.cookie ?? '').not.toContain('propusk');
  });

  test.each([
    ['long before the end', 14.1, {}, 'GET'],
    ['a form', 5, {}, 'POST'],
    ['a request of a script', 5, { 'sec-fetch-dest': 'empty' }, 'GET'],
    ['a frame', 5, { 'sec-fetch-dest': 'iframe' }, 'GET'],
    ['a page fetched in advance', 5, { 'sec-purpose': 'prefetch' }, 'GET'],
  ])('leaves alone: %s', async (_name, days, headers, method) => {
    nearTheEnd(days);
    expect((await open(headers, method)).status).toBe(200);
  });

  test('leaves alone where the menu tells it, until a policy keeps the menu out', async () => {
    const fresh = await openGateLab({
      application: { accountMenu: { position: 'top-right' } },
      menu: { script: SCRIPT, noticeDays: 400, certificatesUrl: 'https://id/', defaultLocale: 'ru' },
    });
    try {
      const request = { session: fresh.cast.ivanov, headers: AS_PAGE };
      expect((await fresh.request(request)).status).toBe(200);
      fresh.upstream.answer = (_request, response) => {
        response.setHeader('content-type', 'text/html');
        response.setHeader('content-security-policy', "default-src 'none'");
        response.end(PAGE);
      };
      expect((await fresh.request(request)).status).toBe(200);
      expect((await fresh.request(request)).status).toBe(303);
    } finally {
      await fresh.close();
    }
  });
});
