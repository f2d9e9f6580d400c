import { describe, expect, test } from 'vitest';
import { newestEvents, openDssLab } from '../../../test/dss-lab.ts';

async function openConnected(login: string) {
  const lab = await openDssLab();
  const browser = await lab.openAs('ivanov');
  const { dss } = browser;
  const answer = (await dss.connect(login)).json();
  if (answer.state.kind === 'waiting') lab.simulator.answer(login, 'confirm');
  await dss.until(answer.id, 'done');
  const [connection] = (await dss.get('/api/dss/connections')).json().connections;
  return { lab, browser, dss, connection, path: `/api/dss/connections/${connection.id}` };
}

describe('connections to a DSS', () => {
  test('a name is Latin letters, digits and the underscore, and stands once', async () => {
    const { dss, path } = await openConnected('open');
    expect((await dss.connect('open', { name: 'имя' })).status).toBe(400);
    expect((await dss.connect('open', { name: 'WORK' })).json().code).toBe('dss-name-taken');
    expect((await dss.send('PATCH', path, { name: 'my_dss_2' })).status).toBe(204);
    expect((await dss.get('/api/dss/connections')).json().connections[0].name).toBe('my_dss_2');
  });

  test('another person sees and reaches none of them', async () => {
    const { lab, path, dss } = await openConnected('open');
    const petrov = await lab.openAs('petrov');
    expect((await petrov.dss.get('/api/dss/connections')).json()).toEqual({ connections: [] });
    expect((await petrov.dss.send('PATCH', path, { name: 'mine' })).status).toBe(404);
    expect((await petrov.dss.send('POST', `${path}/refresh`)).status).toBe(404);
    const removal = await petrov.dss.send('POST', `${path}/disconnect`, { certificates: 'removed' });
    expect(removal.status).toBe(404);
    const [attempt] = (await dss.get('/api/dss/attempts')).json().attempts;
    expect((await petrov.dss.get(`/api/dss/attempts/${attempt.id}`)).json().code).toBe('dss-attempt-gone');
  });

  test('one address is enough', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const first = await dss.connect('open', { dssServer: '', name: 'one' });
    expect(first.json().state.kind).toBe('done');
    expect(first.json().connection.dssServer).toBe(lab.servers.dssServer);
    const second = await dss.connect('open', { authorizationServer: '', name: 'two' });
    expect(second.json().state.kind).toBe('done');
  });

  test('a certificate that has gone from the server is shown as gone', async () => {
    const { lab, dss, path, connection } = await openConnected('open');
    const [first] = connection.certificates;
    lab.simulator.service.certificates.withdraw(Number(first.certificateId));
    const { id } = (await dss.send('POST', `${path}/refresh`)).json();
    expect(await dss.until(id, 'done')).toMatchObject({ result: { imported: 1, vanished: 1 } });
    const [later] = (await dss.get('/api/dss/connections')).json().connections;
    expect(later.certificates[0]).toMatchObject({ vanishedAt: lab.clock.now().toISOString() });
  });

  test.each([
    { certificates: 'kept', left: 2 },
    { certificates: 'removed', left: 0 },
  ])(
    'disconnecting leaves $left certificates where they are $certificates',
    async ({ certificates, left }) => {
      const { lab, browser, dss, path } = await openConnected('open');
      expect((await dss.send('POST', `${path}/disconnect`, { certificates })).status).toBe(204);
      expect((await dss.get('/api/dss/connections')).json()).toEqual({ connections: [] });
      const counts = await lab.store.workspace.countStores(browser.account.id, lab.clock.now());
      expect(counts.find(({ store }) => store === 'personal')?.count ?? 0).toBe(left);
    },
  );

  test('states are what the server says, and what went wrong stays until something goes well', async () => {
    const { lab, dss, connection, path } = await openConnected('states');
    const states = new Set(connection.certificates.map(({ status }: { status: string }) => status));
    expect(states).toEqual(new Set(['ACTIVE', 'ON_HOLD', 'REVOKED', 'EXPIRED', 'NOT_VALID_YET']));
    lab.simulator.setFault({ kind: 'server-error' });
    await dss.send('POST', `${path}/refresh`);
    const failed = (await dss.get('/api/dss/connections')).json().connections[0];
    expect(failed).toMatchObject({ state: 'error', failure: 'server-error' });
    lab.simulator.setFault({ kind: 'none' });
    await dss.send('POST', `${path}/refresh`);
    expect((await dss.get('/api/dss/connections')).json().connections[0].state).toBe('signed-in');
  });
});

describe('the test signature', () => {
  test.each([
    { login: 'open', what: 'without a confirmation' },
    { login: 'sim', what: 'confirmed on the SIM card' },
  ])('with RSA and with GOST is verified here, $what', async ({ login }) => {
    const { lab, dss, path, connection } = await openConnected(login);
    for (const { certificateId } of connection.certificates) {
      const { id, state } = (
        await dss.send('POST', `${path}/test-signature`, { certificateId, pin: '' })
      ).json();
      if (login === 'sim') {
        expect(state.kind).toBe('waiting');
        lab.simulator.answer(login, 'confirm');
      }
      expect(await dss.until(id, 'done')).toMatchObject({
        result: { kind: 'test-signature', outcome: 'verified' },
      });
    }
    const events = (await newestEvents(lab.store, 20)).filter((type) => type === 'dss-test-signature');
    expect(events).toHaveLength(2);
  });

  test('needs the PIN where there is one', async () => {
    const { dss, path, connection } = await openConnected('states');
    const withPin = connection.certificates.filter(
      ({ hasPin, status }: { hasPin: boolean; status: string }) => hasPin && status === 'ACTIVE',
    );
    expect(withPin).toHaveLength(2);
    for (const { certificateId } of withPin) {
      const wrong = await dss.send('POST', `${path}/test-signature`, { certificateId, pin: '9999' });
      expect(wrong.json().state).toMatchObject({ kind: 'failed', failure: 'pin-wrong' });
      const right = await dss.send('POST', `${path}/test-signature`, { certificateId, pin: '1234' });
      await dss.until(right.json().id, 'done');
    }
  });

  test('with a certificate that the server has revoked is refused', async () => {
    const { dss, path, connection } = await openConnected('states');
    const { certificateId } = connection.certificates.find(
      ({ status }: { status: string }) => status === 'REVOKED',
    );
    const answer = await dss.send('POST', `${path}/test-signature`, { certificateId, pin: '' });
    expect(answer.json().state).toMatchObject({ kind: 'failed', failure: 'certificate-unusable' });
  });
});
