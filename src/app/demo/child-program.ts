import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ProblemError } from '../../kernel/problem.ts';

export interface ChildProgram {
  stop(): Promise<void>;
}

const STOP_MS = 3_000;

/**
 * Starts one of the programs beside the product (the demo's application, the telephone) as a process of its own and
 * waits until it has printed its address. (That the address answers would not do: somebody else may listen there.)
 * @throws {ProblemError} `internal` with the program's last words when it ends or stays silent
 */
export async function startChildProgram(input: {
  readonly script: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The address as the program prints it when it listens. */
  readonly url: string;
  readonly timeoutMs: number;
}): Promise<ChildProgram> {
  const child = spawn(process.execPath, [input.script, ...input.args], {
    env: { ...process.env, ...input.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lastWords: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lastWords.push(line);
      if (lastWords.length > 20) lastWords.shift();
    });
  }
  const deadline = Date.now() + input.timeoutMs;
  while (!lastWords.some((line) => line.includes(input.url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop(child);
      throw new ProblemError('internal', {
        detail: `${input.script} did not start:\n${lastWords.join('\n')}`,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}
