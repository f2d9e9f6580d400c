import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../test/databases.ts';
import { openEnrolled } from './testing/open-enrolled.ts';
import { addPerson, issue } from './testing/people.ts';

describe.each(DATABASES)('the console on $name', ({ create }) => {
  test('finds the role and the status of this moment', async () => {
    const { store, clock, database, ivanov } = await openEnrolled(create);
    await addPerson(store, clock, 'admin');
    expect(await store.console.findActorFacts(ivanov.id)).toEqual({
      role: 'user',
      status: 'active',
      locale: 'ru',
      localeChosen: false,
    });
    await database.execute(
      `update accounts set role = 'operator', status = 'blocked' where id = '${ivanov.id}'`,
    );
    expect(await store.console.findActorFacts(ivanov.id)).toMatchObject({
      role: 'operator',
      status: 'blocked',
    });
  });

  test('a language that was chosen is told apart from the one an account was made with', async () => {
    const { store, clock, ivanov } = await openEnrolled(create);
    await store.accounts.setLocale(ivanov.id, 'ru', clock.now());
    expect(await store.console.findActorFacts(ivanov.id)).toMatchObject({ locale: 'ru', localeChosen: true });
    await store.accounts.setLocale(ivanov.id, 'en', clock.now());
    expect(await store.accounts.findAccount(ivanov.id)).toMatchObject({
      locale: 'en',
      localeChosen: true,
      revision: ivanov.revision,
    });
  });

  test('finds the current certificate', async () => {
    const { store, clock, ivanov, issuing } = await openEnrolled(create);
    expect(await store.console.findOwnCertificate(ivanov.id)).toBeUndefined();
    await issue(store, clock, ivanov.id, issuing.id);
    const second = await issue(store, clock, ivanov.id, issuing.id);
    expect(await store.console.findOwnCertificate(ivanov.id)).toEqual({
      serialNumber: second.serialNumber,
      sha256Fingerprint: second.sha256Fingerprint,
      notAfter: second.notAfter,
    });
  });

  test('keeps preferences of each person, replaces and forgets them', async () => {
    const { store, clock, ivanov } = await openEnrolled(create);
    const petrov = await addPerson(store, clock, 'petrov');
    const port = store.console;
    const put = (name: string, value: string | undefined, accountId = ivanov.id) =>
      port.storePreference({ accountId, name, value, limit: 2, now: clock.now() });
    await put('density', '"compact"');
    await put('columns', '["a","b"]');
    await put('density', '"comfortable"');
    await put('density', '1', petrov.id);
    expect(await port.listPreferences(ivanov.id)).toEqual([
      { name: 'columns', value: '["a","b"]' },
      { name: 'density', value: '"comfortable"' },
    ]);
    await expect(put('third', '3')).rejects.toMatchObject({ code: 'request-too-large' });
    expect(await port.listPreferences(ivanov.id)).toHaveLength(2);
    await put('columns', undefined);
    await put('third', '3');
    expect((await port.listPreferences(ivanov.id)).map(({ name }) => name)).toEqual(['density', 'third']);
    expect(await port.listPreferences(petrov.id)).toEqual([{ name: 'density', value: '1' }]);
  });
});
