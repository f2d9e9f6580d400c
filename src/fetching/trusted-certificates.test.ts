import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { makeServerCertificate } from '../../simulators/dss/server-certificate.ts';
import { createFetcher } from './fetcher.ts';

test('authorities beside those of Node are believed where they were given, and read once', async () => {
  const { certificatesPem, privateKeyPem, authorityPem } = makeServerCertificate(['127.0.0.1'], new Date());
  const server = createServer({ cert: certificatesPem, key: privateKeyPem }, (_request, response) =>
    response.end('in'),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  let readings = 0;
  const readTrustedCertificates = () => {
    readings += 1;
    return [authorityPem];
  };

  const strangers = createFetcher({ allowPrivate: ['127.0.0.1'] });
  await expect(strangers.fetch({ url })).rejects.toMatchObject({ category: 'tls-failed' });
  const fetcher = createFetcher({ allowPrivate: ['127.0.0.1'], readTrustedCertificates });
  expect(readings).toBe(0);
  for (let request = 0; request < 2; request += 1) {
    const { body } = await fetcher.fetch({ url });
    expect(Buffer.from(body).toString()).toBe('in');
  }
  expect(readings).toBe(1);
});
