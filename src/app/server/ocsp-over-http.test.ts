import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { createTestEnrolment, enrolPerson } from '../../../test/enrolled.ts';
import { makeTestDirectory, openRealStore } from '../../../test/real-store.ts';
import { createOcspResponder } from '../../enrolment/ocsp-responder.ts';
import { createPlainServer } from '../../http/plain-server.ts';
import { systemClock } from '../../kernel/clock.ts';
import { silentLogger } from '../../kernel/logger.ts';
import { systemRandom } from '../../kernel/random.ts';
import { encodePem } from '../../pki/pem/pem.ts';
import { createOcspOverHttp } from './ocsp-over-http.ts';

const run = promisify(execFile);

/** A responder on a port of its own, and a person's certificate of its authority. */
async function startResponder() {
  const store = await openRealStore(systemClock);
  const { authority, service } = await createTestEnrolment(store, systemClock);
  const account = await enrolPerson(store, systemClock, 'ivanov');
  const { certificate } = await service.issueToFile({
    accountId: account.id,
    actor: { kind: 'command-line' },
  });
  const responder = createOcspResponder({
    port: store.enrolment,
    authority,
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
  });
  const ocsp = createOcspOverHttp(responder, systemClock);
  const server = createPlainServer({
    findFile: (_, path) => ocsp.findFile(path),
    questions: ocsp.questions,
    httpsOrigin: () => undefined,
    logger: silentLogger,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const directory = await makeTestDirectory();
  for (const { role, certificateDer } of await store.enrolment.listIssuers()) {
    writeFileSync(join(directory, `${role}.pem`), encodePem('CERTIFICATE', certificateDer));
  }
  writeFileSync(join(directory, 'ivanov.pem'), encodePem('CERTIFICATE', certificate.certificateDer));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pki/ocsp`;
  const openssl = async (...args: string[]): Promise<string> => {
    const { stdout, stderr } = await run('openssl', ['ocsp', ...args], { cwd: directory });
    return stdout + stderr;
  };
  const about = ['-issuer', 'issuing.pem', '-cert', 'ivanov.pem'];
  return { url, openssl, about, directory };
}

test('`openssl ocsp` asks by POST, with a nonce, and is content', async () => {
  const { url, openssl, about } = await startResponder();
  const text = await openssl('-url', url, ...about, '-CAfile', 'root.pem', '-verify_other', 'issuing.pem');
  expect(text).toContain('Response verify OK');
  expect(text).toContain('ivanov.pem: good');
  expect(text).not.toMatch(/nonce/i);
});

test('a question in the path is answered too, and the answer may be kept for an hour', async () => {
  const { url, openssl, about, directory } = await startResponder();
  await openssl(...about, '-no_nonce', '-reqout', 'request.der');
  const question = readFileSync(join(directory, 'request.der')).toString('base64');
  const answer = await fetch(`${url}/${encodeURIComponent(question)}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/ocsp-response');
  expect(answer.headers.get('cache-control')).toMatch(
    /^max-age=3(?:600|59\d), public, no-transform, must-revalidate$/,
  );
  expect(answer.headers.get('etag')).toMatch(/^"[0-9a-f]{40}"$/);
  writeFileSync(join(directory, 'response.der'), new Uint8Array(await answer.arrayBuffer()));
  const text = await openssl(
    ...['-respin', 'response.der', ...about, '-no_nonce'],
    ...['-CAfile', 'root.pem', '-verify_other', 'issuing.pem'],
  );
  expect(text).toContain('ivanov.pem: good');
  // Unescaped, as some clients write it.
  expect((await fetch(`${url}/${question}`)).headers.get('content-type')).toBe('application/ocsp-response');
});

test.each(['%', 'not base64', 'AAAA'])(
  '"%s" in the path is called malformed, and is not kept',
  async (text) => {
    const { url } = await startResponder();
    const answer = await fetch(`${url}/${text}`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(Buffer.from(await answer.arrayBuffer()).toString('hex')).toBe('30030a0101');
  },
);
