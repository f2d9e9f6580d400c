import { expect, test } from 'vitest';
import { createHashQueue, type Standing } from './hash-queue.ts';

/** A queue of one place whose tasks end when they are told to; `order` is the order in which they began. */
function openQueue(waitingMax = 64) {
  const run = createHashQueue({ concurrency: 1, waitingMax });
  const order: string[] = [];
  const endings: (() => void)[] = [];
  const enter = (standing: Standing, name: string) =>
    run(standing, async () => {
      order.push(name);
      await new Promise<void>((resolve) => endings.push(resolve));
    });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    order,
    enter,
    /** Lets what runs end, one after another, until nothing runs. */
    async drain() {
      for (let end = endings.shift(); end !== undefined; end = endings.shift()) {
        end();
        await settle();
      }
    },
  };
}

test('who is known goes before strangers that came earlier', async () => {
  const { order, enter, drain } = openQueue();
  const all = [enter('stranger', 'first'), enter('stranger', 's1'), enter('stranger', 's2')];
  all.push(enter('known', 'k1'), enter('known', 'k2'));
  await drain();
  await Promise.all(all);
  expect(order).toEqual(['first', 'k1', 'k2', 's1', 's2']);
});

test('strangers get every fourth place, however many known ones come', async () => {
  const { order, enter, drain } = openQueue();
  const all = [enter('known', 'first')];
  for (let index = 0; index < 3; index++) all.push(enter('stranger', 's'));
  for (let index = 0; index < 12; index++) all.push(enter('known', 'k'));
  await drain();
  await Promise.all(all);
  expect(order.slice(1).join('')).toBe('kkkskkkskkkskkk');
});

test('strangers that fill their room leave that of the known ones free', async () => {
  const { order, enter, drain } = openQueue(2);
  const all = [enter('stranger', 'running'), enter('stranger', 's1'), enter('stranger', 's2')];
  await expect(enter('stranger', 's3')).rejects.toMatchObject({ code: 'throttled', retryAfterSeconds: 5 });
  all.push(enter('known', 'k1'), enter('known', 'k2'));
  await expect(enter('known', 'k3')).rejects.toMatchObject({ code: 'throttled' });
  await drain();
  await Promise.all(all);
  expect(order).toEqual(['running', 'k1', 'k2', 's1', 's2']);
});

test('a task that fails gives its place on', async () => {
  const run = createHashQueue({ concurrency: 1, waitingMax: 1 });
  const failing = run('known', () => Promise.reject(new Error('broken')));
  const next = run('stranger', async () => 'done');
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe('done');
  expect(await run('stranger', async () => 'again')).toBe('again');
});
