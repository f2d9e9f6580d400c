import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../../test/databases.ts';
import type { DssConnectionId } from '../../dss/connections/ports.ts';
import type { Sha256Fingerprint } from '../../kernel/brand.ts';
import { systemRandom } from '../../kernel/random.ts';
import { openEnrolled } from '../testing/open-enrolled.ts';
import { addPerson, newestEvents, signIn } from '../testing/people.ts';

describe.each(DATABASES)('connections to a DSS on $name', ({ create }) => {
  async function open() {
    const lab = await openEnrolled(create);
    const { store, clock, ivanov } = lab;
    const port = store.dssConnections;
    const id = systemRandom.id<DssConnectionId>();
    const change = () =>
      ({ accountId: ivanov.id, actor: { kind: 'account', accountId: ivanov.id }, now: clock.now() }) as const;
    const connection = {
      id,
      accountId: ivanov.id,
      name: 'work',
      authorizationServer: 'https://dss.example/STS/oauth',
      dssServer: 'https://dss.example/SignServer/rest',
      usesV2: true,
      login: 'щукина',
    };
    await port.addConnection({ ...change(), connection });
    return { ...lab, port, id, change, connection };
  }
  const certificate = (dssId: string) => ({
    dssId,
    sha256: dssId.padEnd(64, 'a') as Sha256Fingerprint,
    owner: 'Иванов Иван',
    notAfter: undefined,
    status: 'ACTIVE',
    hasPin: true,
    isDefault: false,
  });

  test('are a person’s own, under a name that stands once', async () => {
    const { store, clock, port, id, ivanov, change, connection } = await open();
    expect(await port.findConnection(ivanov.id, id)).toMatchObject({ ...connection, failed: undefined });
    const petrov = await addPerson(store, clock, 'petrov');
    expect(await port.findConnection(petrov.id, id)).toBeUndefined();
    const second = { ...connection, id: systemRandom.id<DssConnectionId>(), name: 'WORK' };
    await expect(port.addConnection({ ...change(), connection: second })).rejects.toMatchObject({
      code: 'dss-name-taken',
    });
    const others = { ...change(), accountId: petrov.id };
    expect(await port.renameConnection({ ...others, id, name: 'mine' })).toBe('missing');
    expect(await port.removeConnection({ ...others, id, certificates: 'kept' })).toBe('missing');
  });

  test('know which certificates have gone from the server, and which came back', async () => {
    const { clock, port, id, change } = await open();
    await port.recordCertificates({ ...change(), id, certificates: [certificate('1'), certificate('2')] });
    clock.advance(60);
    await port.recordCertificates({ ...change(), id, certificates: [certificate('2')] });
    const gone = await port.listCertificates(id);
    expect(gone.map(({ dssId, vanishedAt }) => [dssId, vanishedAt])).toEqual([
      ['1', clock.now()],
      ['2', undefined],
    ]);
    await port.recordCertificates({ ...change(), id, certificates: [certificate('1')] });
    const back = await port.listCertificates(id);
    expect(back.find(({ dssId }) => dssId === '1')?.vanishedAt).toBeUndefined();
  });

  test('keep what went wrong, with journal and notification, until something goes well', async () => {
    const { store, port, id, ivanov, change, connection } = await open();
    const { authorizationServer, dssServer } = connection;
    const failure = {
      id,
      connectionName: 'work',
      authorizationServer,
      dssServer,
      step: 'certificates',
      failure: 'unreachable',
    } as const;
    await port.recordFailure({ ...change(), failure });
    expect((await port.findConnection(ivanov.id, id))?.failed?.failure).toBe('unreachable');
    expect(await newestEvents(store, 1)).toEqual(['dss-failed']);
    await port.recordCertificates({ ...change(), id, certificates: [] });
    expect((await port.findConnection(ivanov.id, id))?.failed).toBeUndefined();
  });

  test('tell which sessions are not over', async () => {
    const { store, clock, port, ivanov } = await open();
    const first = await signIn(store, clock, ivanov.id);
    const second = await signIn(store, clock, ivanov.id);
    await store.sessions.endSession(first.session.id, 'signed-out', { kind: 'system' }, clock.now());
    const ids = [first.session.id, second.session.id];
    expect(await port.listLiveSessions(ids, clock.now())).toEqual([second.session.id]);
  });
});
