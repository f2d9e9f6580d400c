import { expect, test } from 'vitest';
import { testHasher } from '../../test/enrolled.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import { openRealStore } from '../../test/real-store.ts';
import { systemRandom } from '../kernel/random.ts';
import { createAccount, setPassword } from './create-account.ts';

const actor = { kind: 'command-line' } as const;

async function open() {
  const clock = createFrozenClock();
  const store = await openRealStore(clock);
  return {
    store,
    dependencies: { accounts: store.accounts, hasher: testHasher, random: systemRandom, clock },
  };
}

test('an account gets a first password that is stored as a hash only', async () => {
  const { store, dependencies } = await open();
  const { account, password } = await createAccount(
    dependencies,
    { login: 'ivanov', displayName: ' Иванов Иван ' },
    actor,
  );
  expect(account).toMatchObject({ displayName: 'Иванов Иван', role: 'user', locale: 'ru', status: 'active' });
  const hash = await store.accounts.findPasswordHash(account.id);
  expect(hash).not.toContain(password);
  expect(await testHasher.verifyPassword(password, hash)).toBe('right');
});

test('a login exists once, whatever its case', async () => {
  const { dependencies } = await open();
  await createAccount(dependencies, { login: 'ivanov', displayName: '' }, actor);
  await expect(
    createAccount(dependencies, { login: 'Ivanov', displayName: '' }, actor),
  ).rejects.toMatchObject({
    code: 'account-exists',
  });
});

test.each([
  ['a login with an injected name', { login: 'ivanov,CN=admin', displayName: 'x' }, 'login-invalid'],
  ['a mixed alphabet', { login: 'ivаnov', displayName: 'x' }, 'login-invalid'],
  ['a short password', { login: 'ivanov', displayName: 'x', password: 'short' }, 'password-invalid'],
])('%s makes no account', async (_, input, code) => {
  const { store, dependencies } = await open();
  await expect(createAccount(dependencies, input, actor)).rejects.toMatchObject({ code });
  expect((await store.accounts.listAccounts({ limit: 10 })).accounts).toEqual([]);
});

test('another password replaces the first', async () => {
  const { store, dependencies } = await open();
  const { account, password } = await createAccount(
    dependencies,
    { login: 'ivanov', displayName: '' },
    actor,
  );
  const another = await setPassword(dependencies, account, actor);
  const hash = await store.accounts.findPasswordHash(account.id);
  expect(await testHasher.verifyPassword(another, hash)).toBe('right');
  expect(await testHasher.verifyPassword(password, hash)).toBe('wrong');
  await expect(setPassword(dependencies, account, actor, 'my-ivanov-password')).rejects.toMatchObject({
    code: 'password-invalid',
  });
});
