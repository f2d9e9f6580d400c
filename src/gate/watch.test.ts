import https from 'node:https';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeToken, systemRandom } from '../kernel/random.ts';
import { CRM, type GateLab, openGateLab, until, wait } from './testing/gate-lab.ts';

let lab: GateLab;
beforeEach(async () => {
  lab = await openGateLab();
});
afterEach(() => lab.close());

/** A download that never ends by itself: how it ended, and whether it began. */
function openDownload(agent: https.Agent | false = false): { begun: boolean; outcome: Promise<string> } {
  const download = { begun: false, outcome: Promise.resolve('') };
  lab.upstream.onStream = (_, response) => {
    response.write('begun');
  };
  download.outcome = new Promise((resolve) => {
    https
      .get(
        {
          ...lab.connectOptions(lab.cast.ivanov),
          agent,
          headers: { host: `${CRM}:8443`, cookie: `__Host-propusk-session=${lab.cast.ivanov.token}` },
        },
        (response) => {
          response.on('data', () => {
            download.begun = true;
          });
          response.on('end', () => resolve('ended'));
          response.on('error', () => resolve('cut'));
        },
      )
      .on('error', () => resolve('cut'));
  });
  return download;
}

test('a change that concerns somebody else leaves a running answer alone', async () => {
  const download = openDownload();
  await until(() => download.begun);
  lab.database.entries.delete('nothing');
  lab.database.change();
  lab.database.change();
  await wait(400);
  let state = 'running';
  void download.outcome.then((outcome) => {
    state = outcome;
  });
  await wait(10);
  expect(state).toBe('running');
});

test.each([false, true])(
  'an end of the session cuts what runs (asynchronous database: %s)',
  async (asynchronous) => {
    const download = openDownload();
    await until(() => download.begun);
    lab.database.asynchronous = asynchronous;
    lab.database.entries.clear();
    lab.database.change();
    expect(await download.outcome).toBe('cut');
  },
);

test('an unreachable database cuts what runs', async () => {
  const download = openDownload();
  await until(() => download.begun);
  lab.database.failure = new Error('gone');
  expect(await download.outcome).toBe('cut');
});

test('a certificate that expires cuts what runs, without any change', async () => {
  const download = openDownload();
  await until(() => download.begun);
  lab.clock.offsetMs = 800 * 24 * 3_600_000;
  expect(await download.outcome).toBe('cut');
});

test('one reading serves all connections of one session', async () => {
  const downloads = [openDownload(), openDownload(), openDownload()];
  await until(() => downloads.every(({ begun }) => begun));
  await wait(350);
  lab.database.reads = 0;
  lab.database.change();
  await wait(50);
  expect(lab.database.reads).toBeGreaterThan(0);
  expect(lab.database.reads).toBeLessThanOrEqual(2);
});

test('hundreds of sessions are decided about in time over a slow database', async () => {
  const { ivanov } = lab.cast;
  const [sessions, delayMs] = [300, 50];
  let begun = 0;
  lab.upstream.onStream = (_, response) => {
    response.write('begun');
    begun += 1;
  };
  const connections = await Promise.all([1, 2, 3].map(() => lab.http2(ivanov)));
  const answers = Array.from({ length: sessions }, (_, index) => {
    const token = makeToken(systemRandom);
    lab.database.sign(token, ivanov.entry);
    const connection = connections[index % connections.length];
    if (connection === undefined) throw new TypeError('three connections');
    return lab.http2Request(connection, { ':path': '/', cookie: `__Host-propusk-session=${token}` }).then(
      () => 'ended',
      () => 'cut',
    );
  });
  await until(() => begun === sessions, 15_000);
  lab.database.asynchronous = true;
  lab.database.delayMs = delayMs;
  lab.database.entries.clear();
  const changedAt = Date.now();
  lab.database.change();
  expect(new Set(await Promise.all(answers))).toEqual(new Set(['cut']));
  // One after another they would take fifteen seconds.
  expect(Date.now() - changedAt).toBeLessThan((sessions * delayMs) / 3);
});

test('a session is prolonged when it was last seen more than a minute ago, once', async () => {
  const { ivanov } = lab.cast;
  await lab.request({ session: ivanov });
  expect(lab.database.touched).toEqual([]);
  lab.database.sign(ivanov.token, { ...ivanov.entry, lastSeenAt: new Date(Date.now() - 61_000) });
  await lab.request({ session: ivanov });
  expect(lab.database.touched).toEqual([ivanov.entry.sessionId]);
});

test('closing lets what runs finish in its time, and takes no new requests', async () => {
  const session = await lab.http2(lab.cast.ivanov);
  let finish: (() => void) | undefined;
  lab.upstream.onStream = (_, response) => {
    response.write('begun ');
    finish = () => response.end('and finished');
  };
  const answer = lab.http2Request(session, {
    ':path': '/',
    cookie: `__Host-propusk-session=${lab.cast.ivanov.token}`,
  });
  await until(() => finish !== undefined);
  lab.listener.close();
  const closed = lab.gate.close({ graceMs: 3_000 });
  await wait(200);
  finish?.();
  expect((await answer).body).toBe('begun and finished');
  await closed;
  expect(lab.gate.openConnections()).toBe(0);
});

test('closing ends what does not finish in its time', async () => {
  const download = openDownload();
  await until(() => download.begun);
  const begun = Date.now();
  await lab.gate.close({ graceMs: 200 });
  expect(await download.outcome).toBe('cut');
  expect(Date.now() - begun).toBeLessThan(2_000);
});
