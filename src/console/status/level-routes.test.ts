import { expect, test } from 'vitest';
import { openConsoleLab } from '../../../test/console-lab.ts';
import { silentLogger } from '../../kernel/logger.ts';
import { makeAuthority, makeCertificate } from '../../pki/validation/testing/test-pki.ts';
import { createChecker } from '../../workspace/status/checker.ts';
import { describeParsed } from '../../workspace/stores/describe-certificate.ts';
import type { StatusView } from './contract.ts';
import { createStatusSection } from './status-section.ts';

test('a level that everybody trusts is exported and kept; one of another person is nobody’s business', async () => {
  const lab = await openConsoleLab({
    http: '1.1',
    sections: (store) => [createStatusSection({ port: store.status, workspace: store.workspace })],
  });
  const { store, clock } = lab;
  const root = makeAuthority('CN=Root of everybody');
  const leaf = makeCertificate('CN=Anna', { issuer: root });
  const put = (accountId: typeof admin.account.id, certificates: readonly (typeof root)[]) =>
    store.workspace.addToWorkspace({
      accountId,
      actor: { kind: 'account', accountId },
      now: clock.now(),
      certificates: certificates.map(({ certificate }) => ({
        certificate: describeParsed(certificate),
        store: 'authorities',
        hasKeyElsewhere: false,
        source: 'file',
        detail: 'a.cer',
      })),
      lists: [],
    });
  const admin = await lab.openAs('admin');
  const ivanov = await lab.openAs('ivanov');
  await put(admin.account.id, [root]);
  await put(ivanov.account.id, [leaf]);
  const { sha256Fingerprint } = root.certificate;
  const level = `/api/status/levels/${sha256Fingerprint}`;
  expect((await ivanov.get(`${level}/file`)).status).toBe(404);
  expect((await ivanov.send('POST', `${level}/keep`)).status).toBe(404);

  await store.workspace.installAnchor({
    accountId: admin.account.id,
    actor: { kind: 'account', accountId: admin.account.id },
    now: clock.now(),
    sha256: sha256Fingerprint,
    scope: 'everybody',
  });
  const checker = createChecker({ port: store.checking, clock, logger: silentLogger });
  await checker.checkDue();
  const status = async (): Promise<StatusView> =>
    (await ivanov.get(`/api/status/certificates/${leaf.certificate.sha256Fingerprint}`)).json();
  expect((await status()).chain).toMatchObject([
    { name: 'Root of everybody', isTrusted: true, isAuthority: true, presence: 'known' },
    { name: 'Anna', isTrusted: false, isAuthority: false, presence: 'here' },
  ]);
  const file = await ivanov.get(`${level}/file`);
  expect(file.status).toBe(200);
  expect(file.headers['content-disposition']).toContain('Root of everybody');
  expect((await ivanov.send('POST', `${level}/keep`)).status).toBe(204);
  expect((await status()).chain[0]).toMatchObject({ presence: 'here' });
  expect((await store.workspace.findCertificate(ivanov.account.id, sha256Fingerprint))?.sources).toEqual([
    'administrator',
  ]);
});
