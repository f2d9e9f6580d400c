import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createTestEnrolment, enrolPerson, takeMessages } from '../../test/enrolled.ts';
import { makeTestDirectory } from '../../test/real-store.ts';
import { openStoreIn } from '../../test/store-in.ts';
import { systemClock } from '../kernel/clock.ts';
import { openPkcs12 } from '../pki/pkcs12/open-pkcs12.ts';
import { INTENT_LEASE_SECONDS } from './issue-access-certificate.ts';
import { ISSUANCE_STEPS, type IssuanceStep } from './options.ts';

const PROGRAM = fileURLToPath(new URL('../../test/issue-and-die.ts', import.meta.url));

/** What the journal and the tables must show after a death at the step. */
const AFTER: Readonly<Record<IssuanceStep, { certificates: number; intents: number; abandoned: number }>> = {
  'key-made': { certificates: 0, intents: 0, abandoned: 0 },
  prepared: { certificates: 0, intents: 0, abandoned: 0 },
  intended: { certificates: 0, intents: 1, abandoned: 1 },
  signed: { certificates: 0, intents: 1, abandoned: 1 },
  recorded: { certificates: 1, intents: 1, abandoned: 0 },
};

async function die(step: string) {
  const directory = await makeTestDirectory();
  const before = await openStoreIn(directory, systemClock);
  const account = await enrolPerson(before, systemClock, 'ivanov');
  const { authority } = await createTestEnrolment(before, systemClock);
  const { id: issuerId } = await authority.getIssuer();
  await before.close();
  const { signal, status } = spawnSync(process.execPath, [PROGRAM, directory, account.id, step], {
    stdio: 'ignore',
    timeout: 30_000,
  });
  return { directory, account, issuerId, signal, status };
}

describe('a server that is killed while it issues', () => {
  test.each(ISSUANCE_STEPS)(
    'at the step "%s" leaves nothing half-issued, and the next download works',
    async (step) => {
      const { directory, account, issuerId, signal } = await die(step);
      expect(signal).toBe('SIGKILL');
      const expected = AFTER[step];
      const store = await openStoreIn(directory, systemClock);
      try {
        const { service } = await createTestEnrolment(store, systemClock);
        const actor = { kind: 'account', accountId: account.id } as const;
        const left = await store.enrolment.listCertificates({ accountId: account.id, limit: 10 });
        expect(left).toHaveLength(expected.certificates);
        const { enrolment } = await service.readStatus(account.id);
        // File, password and message are there together with the certificate, or none of them is.
        expect([enrolment.current, enrolment.file, enrolment.delivery].filter(Boolean)).toHaveLength(
          3 * expected.certificates,
        );
        const intents = await store.audit.listEvents({ limit: 10, type: 'certificate-issuance-intended' });
        expect(intents).toHaveLength(expected.intents);

        const start = performance.now();
        expect(await service.issue(account.id, actor)).toBe(expected.certificates === 1 ? 'again' : 'issued');
        expect(performance.now() - start).toBeLessThan((INTENT_LEASE_SECONDS + 3) * 1000);

        const { file } = await service.openFile(account.id, 'compatible', actor);
        const messages = await takeMessages(store, systemClock);
        expect(messages).toHaveLength(1);
        const opened = openPkcs12(file, messages[0]?.password ?? '');
        const certificates = await store.enrolment.listCertificates({ accountId: account.id, limit: 10 });
        expect(certificates).toMatchObject([
          { status: 'active', sha256Fingerprint: opened.certificates[0]?.sha256Fingerprint },
        ]);
        // The number of what may have been signed is on the list, so that it is worth nothing to anybody.
        const revoked = await store.enrolment.listRevoked(issuerId, systemClock.now());
        expect(revoked).toHaveLength(expected.abandoned);
        expect((await store.audit.verify({})).findings).toEqual([]);
      } finally {
        await store.close();
      }
    },
  );

  test('is not killed where no step is named', async () => {
    const { signal, status } = await die('none');
    expect({ signal, status }).toEqual({ signal: null, status: 0 });
  });
});
