import { describe, expect, test } from 'vitest';
import { listFailures, openDssLab } from '../../../test/dss-lab.ts';

const CERTIFICATES = '/api/dss/connections';

async function connectionsOf(dss: { get(path: string): Promise<{ json(): unknown }> }) {
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  return ((await dss.get(CERTIFICATES)).json() as any).connections;
}

function threadMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return Math.round((user + system) / 1_000);
}

describe('connecting to a DSS', () => {
  test('a login without a password is connected at once, and its certificates are in «Личные»', async () => {
    const lab = await openDssLab();
    const { dss, account } = await lab.openAs('ivanov');
    const answer = await dss.connect('open');
    expect(answer.json().state).toEqual({
      kind: 'done',
      result: { kind: 'certificates', imported: 2, unreadable: 0, vanished: 0 },
    });
    const [connection] = await connectionsOf(dss);
    expect(connection).toMatchObject({ name: 'work', state: 'signed-in', isPasswordRemembered: false });
    expect(connection.certificates).toHaveLength(2);
    const { entries } = await lab.store.workspace.listCertificates({
      accountId: account.id,
      store: 'personal',
      search: undefined,
      state: undefined,
      ends: undefined,
      source: 'dss',
      issuerKey: undefined,
      organisation: undefined,
      algorithm: undefined,
      sort: 'owner',
      direction: 'ascending',
      offset: 0,
      limit: 10,
      now: lab.clock.now(),
    });
    expect(entries.map(({ sources, hasKeyElsewhere }) => [sources, hasKeyElsewhere])).toEqual([
      [['dss'], true],
      [['dss'], true],
    ]);
  });

  test('a password is asked for without a word of error, and a wrong one keeps the form', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const asked = (await dss.connect('password')).json();
    expect(asked.state).toEqual({ kind: 'password-needed', wasWrong: false });
    expect(await listFailures(lab.store)).toEqual([]);

    const path = `/api/dss/attempts/${asked.id}/password`;
    const wrong = await dss.send('POST', path, { password: 'guess', remember: true });
    expect(wrong.json().state).toEqual({ kind: 'password-needed', wasWrong: true });
    expect(await listFailures(lab.store)).toMatchObject([
      { failure: 'sign-in-failed', status: 401, step: 'certificates' },
    ]);
    const right = await dss.send('POST', path, { password: 'dss-password', remember: false });
    expect(right.json().state).toMatchObject({ kind: 'done', result: { imported: 2 } });
  });

  test('logins and passwords in Cyrillic, and a colon in the password, arrive as they are', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const { id } = (await dss.connect('Щукина')).json();
    const answer = await dss.send('POST', `/api/dss/attempts/${id}/password`, {
      password: 'пароль:с двоеточием',
      remember: false,
    });
    expect(answer.json().state.kind).toBe('done');
  });

  test.each([
    { usesV2: false, path: '/STS/confirmation' },
    { usesV2: true, path: '/STS/v2.0/confirmation' },
  ])('a SIM card is waited for and its confirmation ends the waiting: $path', async ({ usesV2, path }) => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const { id, state } = (await dss.connect('sim', { usesV2 })).json();
    expect(state).toMatchObject({ kind: 'waiting', method: 'sim', takesCode: false, qrImage: null });
    expect(Date.parse(state.expiresAt) - lab.clock.now().getTime()).toBeGreaterThan(290_000);
    // After a reload.
    const listed = (await dss.get('/api/dss/attempts')).json();
    expect(listed.attempts).toMatchObject([{ id, state: { kind: 'waiting' } }]);
    lab.simulator.answer('sim', 'confirm');
    expect(await dss.until(id, 'done')).toMatchObject({ result: { imported: 2 } });
    const confirmations = lab.simulator
      .calls()
      .filter((call) => call.path.endsWith('confirmation') && call.login === 'sim');
    expect(new Set(confirmations.map((call) => call.path))).toEqual(new Set([path]));
  });

  test('the mobile application: a password first, then the picture for a telephone without network', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const { id } = (await dss.connect('qr')).json();
    await dss.send('POST', `/api/dss/attempts/${id}/password`, { password: 'dss-qr', remember: false });
    const waiting = await dss.until(id, 'waiting');
    expect(waiting).toMatchObject({ method: 'mobile', takesCode: true });
    const picture = await dss.get(waiting.qrImage);
    expect([picture.status, picture.headers['content-type']]).toEqual([200, 'image/png']);
    // Of this session alone.
    const other = await lab.openAs('sidorova');
    expect((await other.dss.get(waiting.qrImage)).json().code).toBe('dss-attempt-gone');
    const code = lab.simulator.waiting('qr')[0]?.offlineCodes?.confirm;
    const answer = await dss.send('POST', `/api/dss/attempts/${id}/code`, { code });
    expect(answer.json().state.kind).toBe('done');
  });

  test('a code by SMS: a wrong one is said to be wrong, the right one ends it', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const { id } = (await dss.connect('sms')).json();
    await dss.send('POST', `/api/dss/attempts/${id}/password`, { password: 'dss-sms', remember: false });
    expect(await dss.until(id, 'waiting')).toMatchObject({ method: 'sms', takesCode: true });
    const code = lab.simulator.waiting('sms')[0]?.code ?? '';
    const other = code === '000000' ? '000001' : '000000';
    const wrong = await dss.send('POST', `/api/dss/attempts/${id}/code`, { code: other });
    expect(wrong.json().state).toMatchObject({ kind: 'waiting', codeWasWrong: true });
    const right = await dss.send('POST', `/api/dss/attempts/${id}/code`, { code });
    expect(right.json().state.kind).toBe('done');
  });

  test('where there are several methods, the person chooses', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const { id } = (await dss.connect('choice')).json();
    const path = `/api/dss/attempts/${id}`;
    await dss.send('POST', `${path}/password`, { password: 'dss-choice', remember: false });
    const choosing = await dss.until(id, 'choosing');
    expect(choosing.methods.map(({ label }: { label: string }) => label)).toEqual([
      'КриптоПро Ключ',
      'SMS',
      'SIM-карта',
    ]);
    const answer = await dss.send('POST', `${path}/method`, { refId: choosing.methods[2].refId });
    expect(answer.json().state).toMatchObject({ kind: 'waiting', method: 'sim' });
    lab.simulator.answer('choice', 'confirm');
    await dss.until(id, 'done');
  });

  test('one press rings one telephone once', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const answers = await Promise.all([dss.connect('sim'), dss.connect('sim')]);
    const ids = new Set(answers.map((each) => each.json().id));
    expect(ids.size).toBe(1);
    expect(lab.simulator.waiting('sim')).toHaveLength(1);
  });

  test('cancelling ends the questions to the server and leaves nothing behind', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const { id, state } = (await dss.connect('sim')).json();
    const cancelled = (await dss.send('DELETE', `/api/dss/attempts/${id}`)).json();
    // The protocol has no way to take the request from the telephone; the page says until when it is seen there.
    expect(cancelled.state).toEqual({ kind: 'cancelled', shownUntil: state.expiresAt });
    expect((await dss.get('/api/dss/attempts')).json()).toEqual({ attempts: [] });
    await new Promise((resolve) => setTimeout(resolve, 150));
    const asked = lab.simulator.calls().length;
    lab.simulator.answer('sim', 'confirm');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(lab.simulator.calls()).toHaveLength(asked);
    expect(await connectionsOf(dss)).toEqual([]);
    expect((await dss.get(`/api/dss/attempts/${id}`)).json().code).toBe('dss-attempt-gone');
  });

  test('cancelling where nothing was sent to a telephone says nothing of one', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const { id } = (await dss.connect('password')).json();
    const { state } = (await dss.send('DELETE', `/api/dss/attempts/${id}`)).json();
    expect(state).toEqual({ kind: 'cancelled', shownUntil: null });
  });

  test('a request of another process is said to be that', async () => {
    const lab = await openDssLab();
    const other = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const { id } = (await dss.connect('sim')).json();
    const there = await other.openAs('ivanov');
    const answer = await there.dss.get(`/api/dss/attempts/${id}`);
    expect([answer.status, answer.json().code]).toEqual([410, 'dss-attempt-elsewhere']);
    const password = await there.dss.send('POST', `/api/dss/attempts/${id}/code`, { code: '1' });
    expect(password.json().code).toBe('dss-attempt-elsewhere');
  });

  test('two connections wait at once: one is confirmed, the other declined', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const one = (await dss.connect('sim', { name: 'one' })).json();
    const two = (await dss.connect('sim', { name: 'two' })).json();
    expect([one.state.kind, two.state.kind]).toEqual(['waiting', 'waiting']);
    const [first, second] = lab.simulator.waiting('sim');
    expect([first?.state, second?.state]).toEqual(['waiting', 'waiting']);
    // The newest is that of the second.
    lab.simulator.answer('sim', 'decline');
    await expect(dss.until(two.id, 'done')).rejects.toThrow('failed: declined');
    expect((await dss.get(`/api/dss/attempts/${one.id}`)).json().state.kind).toBe('waiting');
    lab.simulator.answer('sim', 'confirm');
    await dss.until(one.id, 'done');
    expect((await connectionsOf(dss)).map(({ name }: { name: string }) => name)).toEqual(['one']);
  });

  test('a refusal on the telephone is said to be one', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const { id } = (await dss.connect('sim')).json();
    lab.simulator.answer('sim', 'decline');
    await expect(dss.until(id, 'done')).rejects.toThrow('failed: declined');
    expect(await listFailures(lab.store)).toMatchObject([
      { failure: 'declined', serverCode: 'authentication_declined' },
    ]);
  });

  test('what nobody confirms ends when its time is over', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const { id, state } = (await dss.connect('expires')).json();
    expect(Date.parse(state.expiresAt) - lab.clock.now().getTime()).toBeLessThanOrEqual(15_000);
    lab.clock.advance(16);
    await expect(dss.until(id, 'done')).rejects.toThrow('failed: expired');
  });

  test('a locked login is a wrong login: the service says no more', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const { id } = (await dss.connect('locked')).json();
    const answer = await dss.send('POST', `/api/dss/attempts/${id}/password`, {
      password: 'dss-locked',
      remember: false,
    });
    expect(answer.json().state).toEqual({ kind: 'password-needed', wasWrong: true });
  });

  test('a certificate that cannot be read is told, and the others come', async () => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    const { state } = (await dss.connect('damaged')).json();
    expect(state).toMatchObject({ kind: 'done', result: { imported: 2, unreadable: 1 } });
  });

  test('1,000 certificates come at the first time within five seconds, and the list stays quick', async ({
    annotate,
  }) => {
    const lab = await openDssLab();
    const { dss } = await lab.openAs('ivanov');
    // The practice service makes the thousand at the first request for them, which is none of our time.
    await lab.warmUp('many');
    // The time of the processor, ours and the practice service's together: a busy machine does not lengthen it.
    const before = process.threadCpuUsage();
    const connecting = performance.now();
    const { id } = (await dss.connect('many')).json();
    expect(await dss.until(id, 'done')).toMatchObject({ result: { imported: 1000 } });
    const connected = performance.now();
    const toConnect = threadMsSince(before);
    const [connection] = await connectionsOf(dss);
    expect(connection.certificates).toHaveLength(1000);
    const toList = threadMsSince(before) - toConnect;
    await annotate(
      `1,000 certificates: connected in ${Math.round(connected - connecting)} ms (${toConnect} ms of a processor), listed in ${toList} ms of a processor`,
    );
    expect(toConnect).toBeLessThan(5_000);
    expect(toList).toBeLessThan(1_000);
  }, 60_000);
});
