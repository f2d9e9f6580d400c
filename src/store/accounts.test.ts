import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../test/databases.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import type { AccountId } from '../kernel/brand.ts';
import { type LoginKey, loginKey, parseLogin } from '../kernel/login.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import { addPerson, newestEvents, SYSTEM, signIn } from './testing/people.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000' as AccountId;

describe.each(DATABASES)('accounts on $name', ({ create }) => {
  async function open() {
    const clock = createFrozenClock();
    const store = await (await create()).openStore(clock);
    return { clock, store, accounts: store.accounts };
  }

  test('an account comes back as it was made, by id and by login in any letter case', async () => {
    const { store, clock, accounts } = await open();
    const made = await addPerson(store, clock, 'kuznetsov');
    expect(made).toMatchObject({
      login: 'кузнецов',
      displayName: 'Кузнецов Кузьма',
      phone: '+79161234715',
      email: undefined,
      role: 'user',
      status: 'active',
      locale: 'ru',
      currentCertificateId: undefined,
      createdAt: clock.now(),
      revision: 1,
    });
    expect(await accounts.findAccount(made.id)).toEqual(made);
    expect(await accounts.findAccountByLogin(loginKey(parseLogin('КУЗНЕЦОВ')))).toEqual(made);
    expect(await accounts.findPasswordHash(made.id)).toBe('hash of кузнецов');
    expect(await store.audit.listEvents({ limit: 1 })).toEqual([
      {
        sequence: 2,
        at: clock.now(),
        actor: SYSTEM,
        event: { type: 'account-created', accountId: made.id, role: 'user' },
      },
    ]);
  });

  test('who does not exist is not found', async () => {
    const { accounts, clock, store } = await open();
    expect(await accounts.findAccount(NOBODY)).toBeUndefined();
    expect(await accounts.findAccountByLogin('nobody' as LoginKey)).toBeUndefined();
    expect(await accounts.findPasswordHash(NOBODY)).toBeUndefined();
    const missing = { code: 'account-not-found' };
    await expect(accounts.setAccountStatus(NOBODY, 'blocked', SYSTEM, clock.now())).rejects.toMatchObject(
      missing,
    );
    await expect(accounts.setAccountStatus(NOBODY, 'active', SYSTEM, clock.now())).rejects.toMatchObject(
      missing,
    );
    await expect(accounts.setPasswordHash(NOBODY, 'x', SYSTEM, clock.now())).rejects.toMatchObject(missing);
    await expect(
      store.accountAdministration.changePhone({
        id: NOBODY,
        phone: undefined,
        actor: SYSTEM,
        now: clock.now(),
        holdSeconds: 0,
        notices: () => [],
      }),
    ).rejects.toMatchObject(missing);
  });

  test('of twenty programs that create the same login at once one succeeds', async () => {
    const { store, clock } = await open();
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => addPerson(store, clock, 'ivanov')),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'account-exists' });
    }
    expect(await store.audit.listEvents({ limit: 10, type: 'account-created' })).toHaveLength(1);
  });

  test('the list is in the order of the logins’ octets, by pages, with filters', async () => {
    const { store, clock, accounts } = await open();
    for (const name of ['petrov', 'kuznetsov', 'admin', 'ivanov', 'dezhurnaya'] as const) {
      await addPerson(store, clock, name);
    }
    const volkov = await addPerson(store, clock, 'volkov');
    await accounts.setAccountStatus(volkov.id, 'blocked', SYSTEM, clock.now());

    const first = await accounts.listAccounts({ limit: 4 });
    expect(first.accounts.map(({ login }) => login)).toEqual(['admin', 'dezhurnaya', 'ivanov', 'petrov']);
    expect(first.next).toBe('petrov');
    const second = await accounts.listAccounts({ limit: 4, after: 'petrov' as LoginKey });
    expect(second.accounts.map(({ login }) => login)).toEqual(['volkov', 'кузнецов']);
    expect(second.next).toBeUndefined();
    const blocked = await accounts.listAccounts({ limit: 10, status: 'blocked' });
    expect(blocked.accounts.map(({ login }) => login)).toEqual(['volkov']);
    const operators = await accounts.listAccounts({ limit: 10, role: 'operator' });
    expect(operators.accounts.map(({ login }) => login)).toEqual(['dezhurnaya']);
  });

  test('blocking ends every session of that account alone and says so in the journal', async () => {
    const { store, clock, accounts } = await open();
    const [ivanov, petrov] = [
      await addPerson(store, clock, 'ivanov'),
      await addPerson(store, clock, 'petrov'),
    ];
    const his = [await signIn(store, clock, ivanov.id), await signIn(store, clock, ivanov.id)];
    const petrovs = await signIn(store, clock, petrov.id);

    const blocked = await accounts.setAccountStatus(ivanov.id, 'blocked', SYSTEM, clock.now());
    expect(blocked).toMatchObject({ status: 'blocked', revision: 2 });
    expect(await newestEvents(store, 3)).toEqual(['session-ended', 'session-ended', 'account-blocked']);
    for (const { portalTokenHash } of his) {
      expect(await store.sessions.findPortalSession(portalTokenHash, clock.now())).toBeUndefined();
    }
    expect(await store.sessions.findPortalSession(petrovs.portalTokenHash, clock.now())).toBeDefined();

    const again = await accounts.setAccountStatus(ivanov.id, 'blocked', SYSTEM, clock.now());
    expect(again).toEqual(blocked);
    const unblocked = await accounts.setAccountStatus(ivanov.id, 'active', SYSTEM, clock.now());
    expect(unblocked).toMatchObject({ status: 'active', revision: 3 });
    expect(await newestEvents(store, 2)).toEqual(['account-unblocked', 'session-ended']);
  });

  test('two administrators who block each other at the same moment leave one', async () => {
    const { store, clock, accounts } = await open();
    const one = await addPerson(store, clock, 'admin');
    const other = await accounts.createAccount(
      {
        login: parseLogin('second-admin'),
        displayName: 'Second',
        phone: undefined,
        email: undefined,
        role: 'administrator',
        locale: 'en',
        passwordHash: 'x',
      },
      SYSTEM,
      clock.now(),
    );
    const results = await Promise.allSettled(
      [one, other].map(({ id }) => accounts.setAccountStatus(id, 'blocked', SYSTEM, clock.now())),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({
      code: 'last-administrator',
    });
    const active = await accounts.listAccounts({ limit: 5, role: 'administrator', status: 'active' });
    expect(active.accounts).toHaveLength(1);
  });

  test('a new password ends the sessions, a hash with new parameters does not', async () => {
    const { store, clock, accounts } = await open();
    const ivanov = await addPerson(store, clock, 'ivanov');
    const { portalTokenHash } = await signIn(store, clock, ivanov.id);
    const events = (await store.health()).auditSequence;

    await accounts.refreshPasswordHash(ivanov.id, 'the same password, hashed anew');
    expect(await accounts.findPasswordHash(ivanov.id)).toBe('the same password, hashed anew');
    expect(await store.sessions.findPortalSession(portalTokenHash, clock.now())).toBeDefined();
    expect((await store.health()).auditSequence).toBe(events);

    await accounts.setPasswordHash(ivanov.id, 'another password', { kind: 'command-line' }, clock.now());
    expect(await accounts.findPasswordHash(ivanov.id)).toBe('another password');
    expect((await accounts.findAccount(ivanov.id))?.passwordState).toBe('first');
    expect(await store.sessions.findPortalSession(portalTokenHash, clock.now())).toBeUndefined();
    expect(await newestEvents(store, 2)).toEqual(['session-ended', 'account-password-reset']);
  });

  test('a telephone is changed and removed', async () => {
    const { store, clock } = await open();
    const { id } = await addPerson(store, clock, 'ivanov');
    const changed = await store.accountAdministration.changePhone({
      id,
      phone: '+79990000000' as PhoneNumber,
      actor: SYSTEM,
      now: clock.now(),
      holdSeconds: 0,
      notices: () => [],
    });
    expect(changed).toMatchObject({ phone: '+79990000000', revision: 2 });
    expect(
      (
        await store.accountAdministration.changePhone({
          id,
          phone: undefined,
          actor: SYSTEM,
          now: clock.now(),
          holdSeconds: 0,
          notices: () => [],
        })
      ).phone,
    ).toBeUndefined();
    expect(await newestEvents(store, 2)).toEqual(['account-phone-changed', 'account-phone-changed']);
  });
});
