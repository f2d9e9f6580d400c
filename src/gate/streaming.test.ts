import { createHash, randomBytes } from 'node:crypto';
import https from 'node:https';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CRM, type GateLab, headOf, openGateLab, until, wait } from './testing/gate-lab.ts';

let lab: GateLab;
beforeAll(async () => {
  lab = await openGateLab({
    application: { timeouts: { headersMs: 1_000 } },
    limits: { clientIdleMs: 1_000 },
  });
});
afterAll(() => lab.close());
afterEach(() => lab.upstream.clear());

const MEGABYTE = 1_048_576;
const PIECE = randomBytes(MEGABYTE);

/** Yields the same piece `count` times without holding more than one of them. */
function pieces(count: number): Readable {
  let sent = 0;
  return new Readable({
    read() {
      sent += 1;
      this.push(sent > count ? null : PIECE);
    },
  });
}

let digestOfPieces: string | undefined;
function expectedDigest(count: number): string {
  if (digestOfPieces !== undefined) return digestOfPieces;
  const hash = createHash('sha256');
  for (let index = 0; index < count; index += 1) hash.update(PIECE);
  digestOfPieces = hash.digest('hex');
  return digestOfPieces;
}

const cookie = (): string => `__Host-propusk-session=${lab.cast.ivanov.token}`;

describe('200 MB', () => {
  const COUNT = 200;

  test.each(['HTTP/1.1', 'HTTP/2'])('go up over %s, whole and without being kept', async (version) => {
    let digest = '';
    lab.upstream.onStream = (request, response) => {
      const hash = createHash('sha256');
      request.on('data', (chunk: Buffer) => hash.update(chunk));
      request.on('end', () => {
        digest = hash.digest('hex');
        response.end('received');
      });
    };
    const before = process.memoryUsage().rss;
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss - before);
    }, 20);
    if (version === 'HTTP/2') {
      const session = await lab.http2(lab.cast.ivanov);
      const stream = session.request({ ':method': 'POST', ':path': '/', cookie: cookie() });
      pieces(COUNT).pipe(stream);
      stream.resume();
      await new Promise((resolve, reject) => stream.on('close', resolve).on('error', reject));
      session.close();
    } else {
      await new Promise<void>((resolve, reject) => {
        const request = https.request(
          {
            ...lab.connectOptions(lab.cast.ivanov),
            agent: false,
            method: 'POST',
            headers: { host: `${CRM}:8443`, cookie: cookie(), 'content-length': COUNT * MEGABYTE },
          },
          (response) => response.resume().on('end', resolve),
        );
        request.on('error', reject);
        pieces(COUNT).pipe(request);
      });
    }
    clearInterval(watch);
    expect(digest).toBe(expectedDigest(COUNT));
    expect(peak).toBeLessThan(150 * MEGABYTE);
  });

  test.each(['HTTP/1.1', 'HTTP/2'])('come down over %s, whole and without being kept', async (version) => {
    lab.upstream.onStream = (_, response) => {
      pieces(COUNT).pipe(response);
    };
    const before = process.memoryUsage().rss;
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss - before);
    }, 20);
    const hash = createHash('sha256');
    if (version === 'HTTP/2') {
      const session = await lab.http2(lab.cast.ivanov, CRM, { initialWindowSize: 1_048_576 });
      const stream = session.request({ ':path': '/', cookie: cookie() });
      stream.on('data', (chunk: Buffer) => hash.update(chunk));
      await new Promise((resolve, reject) => stream.on('close', resolve).on('error', reject));
      session.close();
    } else {
      await new Promise<void>((resolve, reject) => {
        https
          .get(
            {
              ...lab.connectOptions(lab.cast.ivanov),
              agent: false,
              headers: { host: `${CRM}:8443`, cookie: cookie() },
            },
            (response) => {
              response.on('data', (chunk: Buffer) => hash.update(chunk));
              response.on('end', resolve);
              response.on('error', reject);
            },
          )
          .on('error', reject);
      });
    }
    clearInterval(watch);
    expect(hash.digest('hex')).toBe(expectedDigest(COUNT));
    expect(peak).toBeLessThan(150 * MEGABYTE);
  });
});

describe('back-pressure', () => {
  test.each(['HTTP/1.1', 'HTTP/2'])(
    'of a client that reads nothing reaches the application over %s',
    async (version) => {
      let produced = 0;
      lab.upstream.onStream = (_, response) => {
        const source = pieces(100);
        source.on('data', () => {
          produced += 1;
        });
        source.pipe(response);
      };
      if (version === 'HTTP/2') {
        const session = await lab.http2(lab.cast.ivanov);
        const stream = session.request({ ':path': '/', cookie: cookie() });
        stream.on('error', () => {});
        await new Promise((resolve) => stream.once('response', resolve));
        stream.pause();
        await wait(400);
        expect(produced).toBeLessThan(30);
        session.destroy();
      } else {
        await new Promise<void>((resolve, reject) => {
          https
            .get(
              {
                ...lab.connectOptions(lab.cast.ivanov),
                agent: false,
                headers: { host: `${CRM}:8443`, cookie: cookie() },
              },
              (response) => {
                response.pause();
                response.on('error', () => {});
                setTimeout(() => {
                  try {
                    expect(produced).toBeLessThan(30);
                    resolve();
                  } catch (error) {
                    reject(error);
                  }
                  response.destroy();
                }, 400);
              },
            )
            .on('error', reject);
        });
      }
    },
  );

  test('of an application that reads nothing reaches the client', async () => {
    let reading: (() => void) | undefined;
    lab.upstream.onStream = (request, response) => {
      reading = () => request.resume().on('end', () => response.end('received'));
    };
    let sent = 0;
    const source = pieces(60);
    source.on('data', () => {
      sent += 1;
    });
    const answered = new Promise<string>((resolve, reject) => {
      const request = https.request(
        {
          ...lab.connectOptions(lab.cast.ivanov),
          agent: false,
          method: 'PUT',
          headers: { host: `${CRM}:8443`, cookie: cookie() },
        },
        (response) => {
          let body = '';
          response.on('data', (chunk) => {
            body += chunk;
          });
          response.on('end', () => resolve(body));
        },
      );
      request.on('error', reject);
      source.pipe(request);
    });
    await until(() => reading !== undefined);
    await wait(400);
    expect(sent).toBeLessThan(40);
    reading?.();
    expect(await answered).toBe('received');
    expect(sent).toBe(60);
  });
});

describe('events', () => {
  test.each(['HTTP/1.1', 'HTTP/2'])(
    'arrive one by one over %s, and end when the browser leaves',
    async (version) => {
      let send: ((text: string) => void) | undefined;
      let closed = false;
      lab.upstream.onStream = (_, response) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        send = (text) => response.write(`data: ${text}\n\n`);
        send('0');
        response.on('close', () => {
          closed = true;
        });
      };
      const events: string[] = [];
      let leave: () => void;
      if (version === 'HTTP/2') {
        const session = await lab.http2(lab.cast.ivanov);
        const stream = session.request({ ':path': '/events', cookie: cookie() });
        stream.on('error', () => {});
        stream.on('data', (chunk) => events.push(String(chunk)));
        leave = () => session.destroy();
      } else {
        const request = https.get(
          {
            ...lab.connectOptions(lab.cast.ivanov),
            agent: false,
            path: '/events',
            headers: { host: `${CRM}:8443`, cookie: cookie() },
          },
          (response) => {
            response.on('data', (chunk) => events.push(String(chunk)));
            response.on('error', () => {});
          },
        );
        request.on('error', () => {});
        leave = () => request.destroy();
      }
      for (const text of ['0', '1', '2']) {
        if (text !== '0') send?.(text);
        await until(() => events.length === Number(text) + 1);
        expect(events.at(-1)).toBe(`data: ${text}\n\n`);
      }
      leave();
      await until(() => closed);
    },
  );
});

describe('time', () => {
  test('an upload may be slower than the application’s time to answer', async () => {
    const answer = await new Promise<string>((resolve) => {
      const request = https.request(
        {
          ...lab.connectOptions(lab.cast.ivanov),
          agent: false,
          method: 'POST',
          headers: { host: `${CRM}:8443`, cookie: cookie() },
        },
        (response) => {
          response.resume();
          response.on('end', () => resolve(String(response.statusCode)));
        },
      );
      request.on('error', (error) => resolve(error.message));
      let count = 0;
      const timer = setInterval(() => {
        count += 1;
        request.write('piece');
        if (count === 8) {
          clearInterval(timer);
          request.end();
        }
      }, 300);
    });
    expect(answer).toBe('200');
    expect(lab.upstream.requests[0]?.body).toBe('piece'.repeat(8));
  });

  test('an upload that stops is given up', async () => {
    const begun = Date.now();
    const head = headOf(lab.cast.ivanov, 'POST / HTTP/1.1', 'Content-Length: 100');
    await lab.raw(`${head}\r\nhello`, lab.cast.ivanov, 10_000);
    expect(Date.now() - begun).toBeLessThan(5_000);
    await until(() => lab.upstream.wire().includes('hello'));
  });

  test('a client that takes nothing of its answer is given up', async () => {
    let closed = false;
    lab.upstream.onStream = (_, response) => {
      pieces(100).pipe(response);
      response.on('close', () => {
        closed = true;
      });
    };
    const session = await lab.http2(lab.cast.ivanov);
    const stream = session.request({ ':path': '/', cookie: cookie() });
    stream.on('error', () => {});
    await new Promise((resolve) => stream.once('response', resolve));
    stream.pause();
    await until(() => closed, 5_000);
    session.destroy();
  });

  test('100 is sent when the permit is there, and not before', async () => {
    const fields = ['Content-Length: 5', 'Expect: 100-continue', 'Connection: close'];
    const permitted = headOf(lab.cast.ivanov, 'POST / HTTP/1.1', ...fields);
    const answer = await lab.raw(`${permitted}\r\nhello`, lab.cast.ivanov);
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
    expect(lab.upstream.requests[0]).toMatchObject({ body: 'hello' });
    expect(lab.upstream.requests[0]?.headers.expect).toBeUndefined();
    const refused = await lab.raw(`${permitted}\r\n`, lab.cast.petrov);
    expect(refused).toMatch(/^HTTP\/1\.1 403 /);
    expect(refused).not.toContain('100 Continue');
  });
});

test('ranges go through', async () => {
  lab.upstream.answer = (request, response) => {
    response.writeHead(206, { 'Content-Range': 'bytes 1-3/5', 'X-Seen': String(request.headers.range) });
    response.end('ell');
  };
  const answer = await lab.request({ session: lab.cast.ivanov, headers: { range: 'bytes=1-3' } });
  expect(answer).toMatchObject({ status: 206, body: 'ell', headers: { 'x-seen': 'bytes=1-3' } });
});
