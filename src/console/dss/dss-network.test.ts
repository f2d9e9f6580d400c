import { expect, test } from 'vitest';
import { type FetchAnswer, FetchError, type FetchRequest, openDssLab } from '../../../test/dss-lab.ts';

const isPoll = ({ body }: FetchRequest) => String(body).includes('"TextChallengeResponse":[{"RefId"');
const hasCode = ({ body }: FetchRequest) => String(body).includes('"Value"');
const hasToken = ({ body }: FetchAnswer) => Buffer.from(body).toString('utf8').includes('"AccessToken":"');

async function stateOf(dss: { get(path: string): Promise<{ json(): unknown }> }) {
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  return ((await dss.get('/api/dss/connections')).json() as any).connections[0]?.state;
}

test('what a server answers after a cancellation is thrown away', async () => {
  const released = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  let isHeld = false;
  const lab = await openDssLab({
    // A connection that cannot be taken back: the answer comes, however late.
    wrapFetcher: ({ fetch }) => ({
      async fetch({ signal: _ignored, ...request }) {
        const answer = await fetch(request);
        if (isHeld && hasToken(answer)) {
          arrived.resolve();
          await released.promise;
        }
        return answer;
      },
    }),
  });
  const { dss } = await lab.openAs('ivanov');
  const { id } = (await dss.connect('sim')).json();
  lab.simulator.answer('sim', 'confirm');
  const { connection } = (await dss.get(`/api/dss/attempts/${id}`)).json();
  await dss.until(id, 'done');

  lab.simulator.service.tokens.revoke('sim');
  isHeld = true;
  const again = await dss.send('POST', `/api/dss/connections/${connection.id}/refresh`);
  await dss.until(again.json().id, 'waiting');
  lab.simulator.answer('sim', 'confirm');
  await arrived.promise;
  await dss.send('DELETE', `/api/dss/attempts/${again.json().id}`);
  const asked = lab.simulator.calls().length;
  released.resolve();
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(await stateOf(dss)).toBe('sign-in-needed');
  expect(lab.simulator.calls()).toHaveLength(asked);
});

test.each(['unreachable', 'too-slow'] as const)(
  'polls that get no answer (%s) are asked again',
  async (category) => {
    let failing = 0;
    const lab = await openDssLab({
      wrapFetcher: ({ fetch }) => ({
        fetch(request) {
          if (!isPoll(request) || failing === 0) return fetch(request);
          failing -= 1;
          throw new FetchError(category);
        },
      }),
    });
    const { dss } = await lab.openAs('ivanov');
    const { id } = (await dss.connect('sim')).json();
    failing = 4;
    await expect.poll(() => failing).toBe(0);
    lab.simulator.answer('sim', 'confirm');
    await dss.until(id, 'done');

    const other = (await dss.connect('sim', { name: 'two' })).json();
    failing = 5;
    await expect(dss.until(other.id, 'done')).rejects.toThrow(`failed: ${category} at authorization-server`);
  },
);

test('a code that got no answer is not sent twice', async () => {
  let sent = 0;
  const lab = await openDssLab({
    wrapFetcher: ({ fetch }) => ({
      fetch(request) {
        if (!hasCode(request)) return fetch(request);
        sent += 1;
        throw new FetchError('unreachable');
      },
    }),
  });
  const { dss } = await lab.openAs('ivanov');
  const { id } = (await dss.connect('email')).json();
  await dss.send('POST', `/api/dss/attempts/${id}/code`, { code: '000000' });
  await expect(dss.until(id, 'done')).rejects.toThrow('failed: unreachable');
  expect(sent).toBe(1);
});

test('an answer is waited for more than thirty seconds', async () => {
  const limits: (number | undefined)[] = [];
  const lab = await openDssLab({
    wrapFetcher: ({ fetch }) => ({
      fetch(request) {
        limits.push(request.limits?.timeoutMs, request.limits?.idleMs);
        return fetch(request);
      },
    }),
  });
  const { dss } = await lab.openAs('ivanov');
  expect((await dss.connect('open')).json().state.kind).toBe('done');
  expect(limits.length).toBeGreaterThanOrEqual(8);
  expect(Math.min(...limits.map((each) => each ?? 0))).toBeGreaterThan(30_000);
});
