import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { checkResponder } from './check-responder.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function listen(contentType: string): Promise<number> {
  const server = createServer((_, response) => response.setHeader('content-type', contentType).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return address.port;
}
const check = (port: number) => checkResponder({ plainHttp: { host: '127.0.0.1', port } });

test('a responder that answers is good', async () => {
  const port = await listen('application/ocsp-response');
  expect(await check(port)).toMatchObject({ status: 'good', finding: `port ${port} answers` });
});

test('another program on its port is told of', async () => {
  const port = await listen('text/html');
  expect(await check(port)).toMatchObject({ status: 'warning', finding: `port ${port} does not answer` });
});

test('where nothing listens, it is told how to start it', async () => {
  const port = await listen('text/html');
  for (const close of closers.splice(0)) close();
  expect(await check(port)).toMatchObject({
    status: 'warning',
    advice: expect.stringContaining('propusk serve'),
  });
});

test('without a listener there is nothing to ask', async () => {
  expect(await checkResponder({ plainHttp: undefined })).toMatchObject({ status: 'good' });
});
