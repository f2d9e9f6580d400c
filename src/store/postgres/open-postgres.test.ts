import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { DATABASES } from '../../../test/databases.ts';
import { createFrozenClock } from '../../../test/frozen-clock.ts';
import { addPerson, CRM, handOver, SYSTEM, signIn } from '../testing/people.ts';

const [, postgres] = DATABASES;
const OTHERS = 'pid <> pg_backend_pid() and datname = current_database()';

describe('PostgreSQL', () => {
  async function open() {
    const clock = createFrozenClock();
    const database = await postgres.create();
    const store = await database.openStore(clock);
    const ivanov = await addPerson(store, clock, 'ivanov');
    return { clock, database, store, ivanov };
  }

  test('that drops every connection is used again, and changes are heard of again', async () => {
    const { clock, database, store, ivanov } = await open();
    const other = await database.openStore(clock);
    const onChange = vi.fn<() => void>();
    other.gate.subscribeToChanges(onChange);
    const signedIn = await signIn(store, clock, ivanov.id);
    const token = await handOver(store, clock, signedIn);
    await sleep(300);
    await database.execute(`select pg_terminate_backend(pid) from pg_stat_activity where ${OTHERS}`);
    await sleep(50);
    expect(await store.gate.readEntry(token, CRM, clock.now())).toBeDefined();
    // While nobody listens the poll sees the change.
    await store.sessions.endSession(signedIn.session.id, 'signed-out', SYSTEM, clock.now());
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1), { timeout: 1500, interval: 10 });
    const listeners = async () =>
      (
        await database.execute(
          `select 1 as one from pg_stat_activity where ${OTHERS} and query like 'listen%'`,
        )
      ).length;
    await vi.waitFor(async () => expect(await listeners()).toBe(1), { timeout: 5000, interval: 50 });
    const next = await signIn(store, clock, ivanov.id);
    const startedAt = performance.now();
    await store.sessions.endSession(next.session.id, 'signed-out', SYSTEM, clock.now());
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(2), { timeout: 900, interval: 2 });
    expect(performance.now() - startedAt).toBeLessThan(900);
  });

  test('two transactions that wait for each other both succeed', async () => {
    const { clock, database, store, ivanov } = await open();
    const petrov = await addPerson(store, clock, 'petrov');
    // A rule that makes the order of locks depend on the account: what a deadlock needs.
    await database.execute(`create function lock_other() returns trigger language plpgsql as $$
      begin
        perform pg_sleep(0.2);
        perform 1 from accounts where id <> new.id for update;
        return new;
      end $$`);
    await database.execute(
      'create trigger lock_other before update of phone on accounts for each row execute function lock_other()',
    );
    const accounts = await Promise.all(
      [ivanov, petrov].map(({ id }) =>
        store.accountAdministration.changePhone({
          id: id,
          phone: undefined,
          actor: SYSTEM,
          now: clock.now(),
          holdSeconds: 0,
          notices: () => [],
        }),
      ),
    );
    expect(accounts.map(({ phone }) => phone)).toEqual([undefined, undefined]);
    expect(await store.audit.listEvents({ limit: 9, type: 'account-phone-changed' })).toHaveLength(2);
  });

  test('whose server hangs up during a statement is unavailable, not an internal error', async () => {
    const { clock, database, store, ivanov } = await open();
    await database.execute(`create function hang() returns trigger language plpgsql as $$
      begin perform pg_sleep(20); return new; end $$`);
    await database.execute(
      'create trigger hang before update of phone on accounts for each row execute function hang()',
    );
    const change = store.accountAdministration.changePhone({
      id: ivanov.id,
      phone: undefined,
      actor: SYSTEM,
      now: clock.now(),
      holdSeconds: 0,
      notices: () => [],
    });
    const outcome = expect(change).rejects.toMatchObject({ code: 'database-unavailable' });
    await sleep(200);
    await database.execute(
      `select pg_terminate_backend(pid) from pg_stat_activity where ${OTHERS} and wait_event = 'PgSleep'`,
    );
    await outcome;
    expect((await store.accounts.findAccount(ivanov.id))?.phone).toBe('+79161234712');
  });
});
