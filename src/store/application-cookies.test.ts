import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../test/databases.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import type { GatePort } from '../gate/ports.ts';
import type { ApplicationId } from '../kernel/brand.ts';
import { CRM } from './testing/people.ts';

type CookieScope = Parameters<GatePort['rememberCookie']>[0]['scope'];

const scope: CookieScope = { name: 'sid', path: '/crm', domain: '', partitioned: false };

describe.each(DATABASES)('the cookies of applications on $name', ({ create }) => {
  async function open() {
    const clock = createFrozenClock();
    const database = await create();
    const { gate } = await database.openStore(clock);
    const remember = (one: CookieScope, applicationId = CRM, limit = 256) =>
      gate.rememberCookie({ applicationId, scope: one, limit, now: clock.now() });
    return { clock, database, gate, remember };
  }

  test('are told apart by name, path, domain and partition, each kept once', async () => {
    const { gate, remember } = await open();
    const others = [
      { ...scope, name: 'SID' },
      { ...scope, path: '/' },
      { ...scope, domain: 'example.org' },
      { ...scope, partitioned: true },
      { ...scope, name: '\xd0\xbe' },
    ];
    for (const one of [scope, scope, ...others, ...others]) await remember(one);
    await Promise.all([scope, scope, scope].map((one) => remember(one)));
    const listed = await gate.listCookies(CRM);
    expect(listed).toHaveLength(6);
    expect(listed).toEqual(expect.arrayContaining([scope, ...others]));
    expect(await gate.listCookies('wiki' as ApplicationId)).toEqual([]);
  });

  test('of one application do not use up the room of another', async () => {
    const { gate, remember } = await open();
    for (const name of ['a', 'b', 'c']) await remember({ ...scope, name }, CRM, 2);
    await remember(scope, 'wiki' as ApplicationId, 2);
    expect((await gate.listCookies(CRM)).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(await gate.listCookies('wiki' as ApplicationId)).toEqual([scope]);
  });

  test('are still known to another process, which writes them no more', async () => {
    const { database, clock, remember } = await open();
    await remember(scope);
    const other = await database.openStore(clock);
    clock.advance(60);
    await other.gate.rememberCookie({ applicationId: CRM, scope, limit: 256, now: clock.now() });
    expect(await other.gate.listCookies(CRM)).toEqual([scope]);
    expect(await database.execute('select first_seen_at from application_cookies')).toHaveLength(1);
  });
});
