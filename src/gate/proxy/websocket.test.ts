import { createHash } from 'node:crypto';
import type net from 'node:net';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Person } from '../testing/cast.ts';
import { CRM, CRM_ORIGIN, type GateLab, headOf, openGateLab, until, wait } from '../testing/gate-lab.ts';

let lab: GateLab;
const sockets = new WebSocketServer({
  noServer: true,
  handleProtocols: (offered) => [...offered][0] ?? false,
});
beforeAll(async () => {
  lab = await openGateLab();
});
afterAll(() => lab.close());
afterEach(() => {
  lab.upstream.clear();
  lab.database.sign(lab.cast.ivanov.token, lab.cast.ivanov.entry);
});

function echo(): { headers: unknown[] } {
  const seen: { headers: unknown[] } = { headers: [] };
  lab.upstream.onUpgrade = (request, socket, head) => {
    seen.headers.push(request.headers);
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('message', (data, isBinary) => webSocket.send(data, { binary: isBinary }));
    });
  };
  return seen;
}

function open(
  person: Person,
  options: { origin?: string; protocols?: string[]; certificate?: Person } = {},
): WebSocket {
  const { certificate = person, origin, protocols = [] } = options;
  return new WebSocket(`wss://${CRM}:8443/feed?x=1`, protocols, {
    headers: { cookie: `__Host-propusk-session=${person.token}; sid=1`, ...(origin ? { origin } : {}) },
    createConnection: () => tls.connect(lab.connectOptions(certificate)),
  } as ConstructorParameters<typeof WebSocket>[2]);
}

function message(webSocket: WebSocket): Promise<string> {
  return new Promise((resolve, reject) => {
    webSocket.once('message', (data) => resolve(String(data)));
    webSocket.once('error', reject);
    webSocket.once('close', (code) => reject(new Error(`closed with ${code}`)));
  });
}

function refusal(webSocket: WebSocket): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    webSocket.once('unexpected-response', (_, response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += String(chunk);
      });
      response.on('end', () => resolve({ status: response.statusCode, body }));
    });
    webSocket.once('open', () => reject(new Error('it opened')));
    webSocket.once('error', reject);
  });
}

describe('a WebSocket', () => {
  test('carries messages of any size both ways, with who the user is', async () => {
    const seen = echo();
    const webSocket = open(lab.cast.ivanov, { origin: CRM_ORIGIN, protocols: ['chat.v2', 'chat.v1'] });
    await new Promise((resolve) => webSocket.once('open', resolve));
    expect(webSocket.protocol).toBe('chat.v2');
    for (const text of ['привет', 'x'.repeat(100), 'y'.repeat(3_000_000)]) {
      webSocket.send(text);
      expect(await message(webSocket)).toBe(text);
    }
    expect(seen.headers[0]).toMatchObject({
      'propusk-login': 'ivanov',
      cookie: 'sid=1',
      host: `${CRM}:8443`,
    });
    webSocket.close();
  });

  test('is cut when its permit ends, on both sides', async () => {
    echo();
    const webSocket = open(lab.cast.ivanov);
    const others = open(lab.cast.petrov);
    await Promise.all([webSocket, others].map((one) => new Promise((resolve) => one.once('open', resolve))));
    const closed = new Promise<number>((resolve) => webSocket.once('close', resolve));
    const before = sockets.clients.size;
    lab.database.sign(lab.cast.ivanov.token, { ...lab.cast.ivanov.entry, account: { status: 'blocked' } });
    lab.database.change();
    expect(await closed).toBe(1006);
    await until(() => sockets.clients.size === before || lab.upstream.openSockets() <= 1);
    others.send('still here');
    expect(await message(others)).toBe('still here');
    others.close();
  });

  test('is cut when the certificate expires, without any change', async () => {
    echo();
    const webSocket = open(lab.cast.ivanov);
    await new Promise((resolve) => webSocket.once('open', resolve));
    const closed = new Promise<number>((resolve) => webSocket.once('close', resolve));
    lab.clock.offsetMs = 800 * 24 * 3_600_000;
    try {
      expect(await closed).toBe(1006);
    } finally {
      lab.clock.offsetMs = 0;
    }
  });

  test('ends on the application’s side when the browser leaves, and the other way round', async () => {
    let ended = false;
    lab.upstream.onUpgrade = (request, socket, head) => {
      socket.on('close', () => {
        ended = true;
      });
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        webSocket.on('message', () => socket.destroy());
      });
    };
    const leaving = open(lab.cast.ivanov);
    await new Promise((resolve) => leaving.once('open', resolve));
    leaving.terminate();
    await until(() => ended);
    const left = open(lab.cast.ivanov);
    await new Promise((resolve) => left.once('open', resolve));
    const closed = new Promise<number>((resolve) => left.once('close', resolve));
    left.send('go');
    expect(await closed).toBe(1006);
  });

  test('waits for a slow reader instead of keeping everything', async () => {
    let sent = 0;
    let server: WebSocket | undefined;
    lab.upstream.onUpgrade = (request, socket, head) => {
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        server = webSocket;
      });
    };
    const webSocket = open(lab.cast.ivanov);
    await new Promise((resolve) => webSocket.once('open', resolve));
    (webSocket as unknown as { _socket: tls.TLSSocket })._socket.pause();
    const piece = Buffer.alloc(1_000_000, 1);
    const before = process.memoryUsage().rss;
    for (let count = 0; count < 60; count += 1) {
      server?.send(piece, () => {
        sent += 1;
      });
    }
    await wait(500);
    expect(sent).toBeLessThan(40);
    expect(process.memoryUsage().rss - before).toBeLessThan(250_000_000);
    webSocket.terminate();
  });
});

describe('a WebSocket is refused', () => {
  test('with the code of the decision', async () => {
    echo();
    const answer = await refusal(open(lab.cast.ivanov, { certificate: lab.cast.petrov }));
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body).code).toBe('certificate-mismatch');
  });

  test('from a page of another origin, even of the same site', async () => {
    const seen = echo();
    for (const origin of ['https://evil.example', 'https://docs.propusk.localhost:8443', 'null']) {
      const answer = await refusal(open(lab.cast.ivanov, { origin }));
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.body).code).toBe('origin-forbidden');
    }
    expect(seen.headers).toEqual([]);
  });

  test('with what the application itself answers', async () => {
    lab.upstream.onUpgrade = (_, socket) => {
      socket.end('HTTP/1.1 429 Too Many Requests\r\nContent-Length: 4\r\nRetry-After: 9\r\n\r\nlate');
    };
    expect(await refusal(open(lab.cast.ivanov))).toEqual({ status: 429, body: 'late' });
  });

  test.each<[string, (socket: net.Socket, key: string) => void]>([
    [
      'whose key is not answered',
      (socket) =>
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: AAAA\r\n\r\n',
        ),
    ],
    [
      'that becomes another protocol',
      (socket, key) =>
        socket.write(
          `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nSec-WebSocket-Accept: ${acceptOf(key)}\r\n\r\n`,
        ),
    ],
    [
      'with a subprotocol that nobody offered',
      (socket, key) =>
        socket.write(
          `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${acceptOf(key)}\r\nSec-WebSocket-Protocol: evil\r\n\r\n`,
        ),
    ],
  ])('%s', async (_, answer) => {
    lab.upstream.onUpgrade = (request, socket) =>
      answer(socket, String(request.headers['sec-websocket-key']));
    expect((await refusal(open(lab.cast.ivanov))).status).toBe(502);
  });
});

function acceptOf(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
}

describe('other upgrades', () => {
  const KEY = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
  test.each<[string, string, string[]]>([
    ['h2c', 'GET', ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABk']],
    [
      'a list with websocket in it',
      'GET',
      ['Connection: Upgrade', 'Upgrade: h2c, websocket', KEY, 'Sec-WebSocket-Version: 13'],
    ],
    [
      'websocket by POST',
      'POST',
      ['Connection: Upgrade', 'Upgrade: websocket', KEY, 'Sec-WebSocket-Version: 13'],
    ],
    [
      'websocket of another version',
      'GET',
      ['Connection: Upgrade', 'Upgrade: websocket', KEY, 'Sec-WebSocket-Version: 8'],
    ],
    [
      'websocket without a key',
      'GET',
      ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
    ],
    [
      'websocket with a body',
      'GET',
      ['Connection: Upgrade', 'Upgrade: websocket', KEY, 'Sec-WebSocket-Version: 13', 'Content-Length: 5'],
    ],
  ])('%s is refused with 400', async (_, method, fields) => {
    const head = headOf(lab.cast.ivanov, `${method} /feed HTTP/1.1`, ...fields);
    const answer = await lab.raw(`${head}\r\nhello`, lab.cast.ivanov, 1_500);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"code":"upgrade-forbidden"');
    expect(lab.upstream.wire()).toBe('');
  });

  test('an upgrade behind a request that is still answered ends the connection', async () => {
    lab.upstream.onStream = () => {};
    const first = headOf(lab.cast.ivanov, 'GET /slow HTTP/1.1');
    const second = headOf(
      lab.cast.ivanov,
      'GET /feed HTTP/1.1',
      'Connection: Upgrade',
      'Upgrade: websocket',
      KEY,
      'Sec-WebSocket-Version: 13',
    );
    const begun = Date.now();
    expect(await lab.raw(`${first}\r\n${second}\r\n`)).toBe('');
    expect(Date.now() - begun).toBeLessThan(2_000);
  });

  test.each([
    [
      'an upgrade',
      `GET /feed HTTP/1.1\r\nHost: ${CRM}:8443\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    ],
    ['CONNECT', `CONNECT ${CRM}:8443 HTTP/1.1\r\nHost: ${CRM}:8443\r\n\r\n`],
  ])(
    '%s in one piece with a request that is answered at once gets no answer and does no harm',
    async (_, second) => {
      const first = `GET / HTTP/1.1\r\nHost: ${CRM}:8443\r\n\r\n`;
      // An exception here would end the process, and Vitest would report it as unhandled.
      const answer = await lab.raw(first + second, null, 1_500);
      expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 401']);
      const alone = await lab.raw(
        headOf(lab.cast.ivanov, 'GET / HTTP/1.1', 'Connection: close', ''),
        lab.cast.ivanov,
      );
      expect(alone).toMatch(/^HTTP\/1\.1 200 /);
    },
  );

  test('what the client sends behind its request before the answer is not lost', async () => {
    echo();
    const head = headOf(
      lab.cast.ivanov,
      'GET /feed HTTP/1.1',
      'Connection: Upgrade',
      'Upgrade: websocket',
      KEY,
      'Sec-WebSocket-Version: 13',
    );
    // A masked text frame with "hi" (RFC 6455, section 5.2).
    const frame = Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69]);
    const answer = await lab.raw(Buffer.concat([Buffer.from(`${head}\r\n`), frame]), lab.cast.ivanov, 800);
    expect(answer).toMatch(/^HTTP\/1\.1 101 /);
    expect(answer.endsWith('\r\n\r\n\x81\x02hi')).toBe(true);
  });
});
