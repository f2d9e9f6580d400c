import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { sep } from 'node:path';

/** A program with everything it started: it leads its own process group, and the whole group is killed at the end. */
export interface ProcessGroup {
  readonly pid: number;
  /** Standard output and standard error so far. */
  log(): Promise<string>;
  isRunning(): boolean;
  /** Resolves to true once the program itself has ended, to false when `timeoutMs` has passed before. */
  waitForExit(timeoutMs: number): Promise<boolean>;
  /** Kills whatever is left of the group. */
  kill(): Promise<void>;
}

export interface ProcessGroupOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly logFile: string;
}

const running = new Map<ChildProcess, string>();

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // ESRCH: nobody of the group is left.
  }
}

process.on('exit', () => {
  for (const child of running.keys()) killGroup(child);
});

/** Kills what logs into this directory, also a program whose start was not waited for because the test's time was up. */
export function killProcessGroupsOf(directory: string): void {
  for (const [child, logFile] of running) {
    if (!logFile.startsWith(`${directory}${sep}`)) continue;
    killGroup(child);
    running.delete(child);
  }
}

/**
 * Starts a program that must not outlive this process: `setpriv --pdeathsig` covers the case in which this process itself is
 * killed and runs no handler.
 *
 * @throws Error when the program cannot be started
 */
export async function startProcessGroup(
  command: string,
  args: readonly string[],
  options: ProcessGroupOptions,
): Promise<ProcessGroup> {
  const log = openSync(options.logFile, 'a');
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', command, ...args], {
    detached: true,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  running.set(child, options.logFile);
  await once(child, 'spawn');
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} has no process id`);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  return {
    pid,
    log: () => readFile(options.logFile, 'utf8'),
    isRunning,
    waitForExit: async (timeoutMs) => {
      const timer = Promise.withResolvers<void>();
      const handle = setTimeout(timer.resolve, timeoutMs);
      await Promise.race([ended, timer.promise]);
      clearTimeout(handle);
      return !isRunning();
    },
    kill: async () => {
      killGroup(child);
      await ended;
      running.delete(child);
    },
  };
}
