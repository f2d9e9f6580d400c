import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The servers that are measured get a core for themselves; client and application behind them share another. */
export interface Cores {
  readonly all: string;
  readonly server: number;
  readonly client: number;
}

export function readCores(): Cores {
  const status = readFileSync('/proc/self/status', 'utf8');
  const all = /^Cpus_allowed_list:\s+(\S+)$/m.exec(status)?.[1] ?? '0';
  const numbers = all.split(/[,-]/).map(Number);
  return { all, server: numbers[0] ?? 0, client: numbers.at(-1) ?? 0 };
}

/** Puts this process with all its threads on the given cores. */
export function stayOn(cores: string | number): void {
  execFileSync('taskset', ['-acp', String(cores), String(process.pid)]);
}
