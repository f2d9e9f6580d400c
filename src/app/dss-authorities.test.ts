import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { makeServerCertificate } from '../../simulators/dss/server-certificate.ts';
import { makeTestDirectory } from '../../test/real-store.ts';
import { joinAuthorities } from './dss-authorities.ts';

const run = promisify(execFile);

test('what the operating system trusts is read where OpenSSL looks for it', async () => {
  const { authorityPem } = makeServerCertificate(['dss.example'], new Date());
  const file = join(await makeTestDirectory(onTestFinished), 'authorities.pem');
  await writeFile(file, authorityPem);
  const module = new URL('./dss-authorities.ts', import.meta.url).href;
  const script = `import { readSystemAuthorities } from '${module}'; console.log(readSystemAuthorities().join(''))`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, SSL_CERT_FILE: file, SSL_CERT_DIR: join(file, 'none') },
  });
  expect(joinAuthorities([stdout], [authorityPem])).toHaveLength(1);
});

test('the same certificate is taken once, however its lines are broken', () => {
  expect(joinAuthorities(['-a-\nMII\n-b-\n'], ['-a-\nMII\n-b-', 'other'])).toEqual([
    '-a-\nMII\n-b-',
    'other',
  ]);
});
