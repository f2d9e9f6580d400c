import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningPostgres, startPostgres } from '../test/postgres/start-postgres.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { type Installation, startInstallation } from './product/installation.ts';
import { createVisitor, toPem } from './product/visitor.ts';

let lab: Lab;
let postgres: RunningPostgres;
let installation: Installation;

beforeAll(async () => {
  lab = await openLab();
  postgres = await startPostgres();
  lab.onClose(() => postgres.stop());
  installation = await startInstallation(lab, { DATABASE_URL: `${postgres.url}/postgres` });
});
afterAll(() => lab.close());

test('set up by init on PostgreSQL, a person gets a certificate and works in the CRM until it is revoked', async () => {
  await installation.addAccount('ivanov', '+79161234712');
  const ivanov = await createVisitor(lab, installation, 'ivanov');
  const { pem } = await ivanov.download();
  expect((await ivanov.enter(pem)).status).toBe(200);
  const ask = () => ivanov.request({ url: `${installation.crmUrl}/whoami.json`, certificate: pem });
  expect(JSON.parse((await ask()).text)).toMatchObject({
    identity: { login: 'ivanov', source: 'assertion' },
  });

  const [certificate] = await installation.propuskJson<{ serialNumber: string }[]>(
    'certificate',
    'list',
    'ivanov',
  );
  await installation.propuskJson('certificate', 'revoke', certificate?.serialNumber ?? '');
  const refused = await ask();
  expect([refused.status, JSON.parse(refused.text)]).toMatchObject([403, { code: 'certificate-revoked' }]);
  expect(await installation.propuskJson('audit', 'verify')).toMatchObject({ findings: [] });
});

test('the first administrator enters with the file that init wrote', async () => {
  const { certificateFile, certificatePassword } = installation.administrator;
  const pem = await toPem(certificateFile, certificatePassword, join(lab.directory, 'administrator'));
  const admin = await createVisitor(lab, installation, 'admin');
  expect((await admin.enter(pem)).status).toBe(200);
});

test('nothing was put into SQLite beside it', () => {
  expect(existsSync(join(lab.directory, 'installation', 'data'))).toBe(true);
  expect(existsSync(join(lab.directory, 'installation', 'data', 'propusk.sqlite'))).toBe(false);
});
