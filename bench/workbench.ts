import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cores, readCores, stayOn } from './measure/cores.ts';

/** The place of one run: its folder, its cores, and what has to be put away at the end. */
export interface Workbench {
  readonly directory: string;
  readonly cores: Cores;
  /** Folder for CPU profiles of the gate, where they are asked for. */
  readonly profileDirectory: string | undefined;
  /** In reverse order, also after a failure. */
  onClose(end: () => Promise<void>): void;
  close(): Promise<void>;
}

export async function openWorkbench(profileDirectory: string | undefined): Promise<Workbench> {
  const directory = await mkdtemp(join(tmpdir(), 'propusk-bench-'));
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  process.once('exit', remove);
  const cores = readCores();
  const ends: (() => Promise<void>)[] = [];
  return {
    directory,
    cores,
    profileDirectory,
    onClose: (end) => ends.push(end),
    async close() {
      try {
        for (const end of ends.splice(0).reverse()) await end();
      } finally {
        stayOn(cores.all);
        remove();
        process.removeListener('exit', remove);
      }
    },
  };
}
