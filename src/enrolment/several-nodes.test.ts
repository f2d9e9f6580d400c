import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../test/databases.ts';
import { createTestEnrolment, enrolPerson, takeMessages } from '../../test/enrolled.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import type { Actor } from '../kernel/audit-event.ts';
import { silentLogger } from '../kernel/logger.ts';
import { parseRevocationList } from '../pki/crl/parse-revocation-list.ts';
import { openPkcs12 } from '../pki/pkcs12/open-pkcs12.ts';
import { refreshRevocationLists } from './revocation-list.ts';

const machine: Actor = { kind: 'command-line' };

describe.each(DATABASES)('two nodes on one $name', ({ create }) => {
  async function openNodes() {
    const clock = createFrozenClock();
    const database = await create();
    const stores = [await database.openStore(clock), await database.openStore(clock)] as const;
    const nodes = await Promise.all(stores.map((store) => createTestEnrolment(store, clock)));
    const [one, other] = nodes;
    if (!one || !other) throw new TypeError('two nodes are expected');
    return { clock, store: stores[0], stores, one, other };
  }

  test('make one authority', async () => {
    const { stores, one, other } = await openNodes();
    for (const store of stores) expect(await store.enrolment.listIssuers()).toHaveLength(2);
    expect((await one.authority.getIssuer()).certificate.sha256Fingerprint).toBe(
      (await other.authority.getIssuer()).certificate.sha256Fingerprint,
    );
  });

  test('give one certificate for forty presses at once', async () => {
    const { clock, store, one, other } = await openNodes();
    const account = await enrolPerson(store, clock, 'ivanov');
    const actor: Actor = { kind: 'account', accountId: account.id };
    const presses = Array.from({ length: 40 }, (_, press) =>
      (press % 2 === 0 ? one : other).service.issue(account.id, actor),
    );
    await Promise.all(presses);
    expect(await store.enrolment.listCertificates({ accountId: account.id, limit: 10 })).toHaveLength(1);
    const messages = await takeMessages(store, clock);
    expect(messages).toHaveLength(1);
    // Either node gives the same certificate under the same password.
    const fingerprints = new Set<string | undefined>();
    for (const { service } of [one, other]) {
      const { file } = await service.openFile(account.id, 'modern', actor);
      fingerprints.add(openPkcs12(file, messages[0]?.password ?? '').certificates[0]?.sha256Fingerprint);
    }
    expect(fingerprints.size).toBe(1);
    expect((await store.audit.verify({})).findings).toEqual([]);
  });

  test('issue for many people side by side', async () => {
    const { clock, store, one, other } = await openNodes();
    const people = ['ivanov', 'petrov', 'sidorova', 'kuznetsov', 'dezhurnaya', 'admin'] as const;
    const accounts = await Promise.all(people.map((name) => enrolPerson(store, clock, name)));
    const issued = await Promise.all(
      accounts.map(({ id }, index) =>
        (index % 2 === 0 ? one : other).service.issue(id, { kind: 'account', accountId: id }),
      ),
    );
    expect(new Set(issued)).toEqual(new Set(['issued']));
    const certificates = await store.enrolment.listCertificates({ limit: 99 });
    expect(new Set(certificates.map(({ serialNumber }) => serialNumber)).size).toBe(people.length);
    expect((await store.audit.verify({})).findings).toEqual([]);
  });

  test('keep one row of revocation lists, whose numbers only grow', async () => {
    const { clock, stores, store, one, other } = await openNodes();
    const account = await enrolPerson(store, clock, 'ivanov');
    const lists = [one, other].map(({ authority }, node) => ({
      port: (stores[node] ?? store).enrolment,
      authority,
      clock,
      logger: silentLogger,
    }));
    const numbers: number[] = [];
    for (let round = 0; round < 4; round++) {
      clock.advance(10);
      const { certificate } = await one.service.issueToFile({ accountId: account.id, actor: machine });
      await Promise.all(lists.map(refreshRevocationLists));
      const row = await store.enrolment.findRevocationList(certificate.issuerId);
      numbers.push(row?.number ?? 0);
      // Each replaces the one before, which is on the list at once.
      expect(parseRevocationList(row?.der ?? expect.fail()).entries).toHaveLength(round);
    }
    expect(numbers).toEqual([1, 2, 3, 4]);
  });
});
