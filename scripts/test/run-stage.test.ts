import { expect, test } from 'vitest';
import { describeEnding, runCommand } from './run-stage.ts';

const sh = (script: string, limitMinutes = 1) =>
  runCommand({ program: 'sh', args: ['-c', script], limitMinutes });

test('a command that ends well has nothing to say', async () => {
  expect(describeEnding(await sh('exit 0'))).toBeUndefined();
});

test('an exit code is reported', async () => {
  expect(describeEnding(await sh('exit 3'))).toBe('ended with code 3');
});

test('a signal is reported', async () => {
  expect(describeEnding(await sh('kill -9 $$'))).toBe('was ended by SIGKILL');
});

test('a program that is not there is reported', async () => {
  const ending = await runCommand({ program: '/nowhere/program', args: [], limitMinutes: 1 });
  expect(describeEnding(ending)).toContain('could not be started');
});

test('a command that takes too long is killed', async () => {
  expect(describeEnding(await sh('sleep 30', 0.005))).toBe('took longer than 0.005 minutes');
});

test('stdin is closed for a command', async () => {
  expect(describeEnding(await sh('if read line; then exit 1; fi'))).toBeUndefined();
});

test('what a command leaves running is killed with it', async () => {
  const seconds = `3${process.pid}`;
  await sh(`sleep ${seconds} &`);
  const left = await runCommand({
    program: 'sh',
    args: ['-c', `sleep 0.2; ps -eo args | grep -q "^sleep ${seconds}$"`],
    limitMinutes: 1,
  });
  expect(left).toEqual({ kind: 'exited', code: 1 });
});
