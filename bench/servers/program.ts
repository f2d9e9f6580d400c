import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server in a process of its own, on one core. */
export interface Program {
  readonly pid: number;
  stop(): Promise<void>;
}

const STOP_MS = 8_000;
const START_MS = 30_000;

const running = new Set<number>();
process.on('exit', () => {
  for (const pid of running) killGroup(pid);
});

/**
 * Starts a program that cannot outlive this process. SIGTERM, because a master that is killed leaves its workers.
 * @param core undefined: where this process may run
 */
export async function startProgram(input: {
  readonly command: readonly string[];
  readonly core: number | undefined;
  readonly logFile: string;
  readonly environment?: Readonly<Record<string, string>>;
}): Promise<Program> {
  const log = openSync(input.logFile, 'a');
  const pin = input.core === undefined ? [] : ['taskset', '-c', String(input.core)];
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', '--', ...pin, ...input.command], {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...input.environment },
  });
  closeSync(log);
  await once(child, 'spawn');
  const { pid } = child;
  if (pid === undefined) throw new Error(`${input.command[0]} has no process id`);
  running.add(pid);
  const ended = once(child, 'exit');
  void ended.then(() => running.delete(pid));
  return {
    pid,
    async stop() {
      if (!running.has(pid)) return;
      process.kill(pid, 'SIGTERM');
      const timer = setTimeout(() => killGroup(pid), STOP_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** @throws Error with the program's own words when nobody listens in time */
export async function waitForPort(port: number, program: Program, logFile: string): Promise<void> {
  const deadline = performance.now() + START_MS;
  while (!(await canConnect(port))) {
    if (!running.has(program.pid) || performance.now() > deadline) {
      throw new Error(`a server did not start:\n${readFileSync(logFile, 'utf8')}`);
    }
    await sleep(20);
  }
}

/** Until the program has written this. */
export async function waitForText(text: string, program: Program, logFile: string): Promise<void> {
  const deadline = performance.now() + START_MS;
  while (!readFileSync(logFile, 'utf8').includes(text)) {
    if (!running.has(program.pid) || performance.now() > deadline) {
      throw new Error(`a server did not start:\n${readFileSync(logFile, 'utf8')}`);
    }
    await sleep(20);
  }
}

async function canConnect(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: nobody of the group is left.
  }
}
