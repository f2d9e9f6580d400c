import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg, release, totalmem } from 'node:os';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGibibytes: number;
  readonly kernel: string;
  readonly node: string;
  readonly nodeOpenssl: string;
  readonly nginx: string;
  readonly nginxOpenssl: string;
  /** Of the last minute, before anything was measured: above the number of cores, others were at work too. */
  readonly loadAverage: number;
}

export function describeMachine(): Machine {
  const processor = /^model name\s*:\s*(.+)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1];
  // nginx says it on standard error.
  const nginx = spawnSync('nginx', ['-V'], { encoding: 'utf8' }).stderr ?? '';
  return {
    processor: processor ?? process.arch,
    cores: availableParallelism(),
    memoryGibibytes: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.versions.node,
    nodeOpenssl: process.versions.openssl,
    nginx: /nginx\/(\S+)/.exec(nginx)?.[1] ?? 'none',
    nginxOpenssl: /OpenSSL (\S+)/.exec(nginx)?.[1] ?? 'unknown',
    loadAverage: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}

/** For a file name: letters, digits and single hyphens. */
export function machineSlug({ processor, cores }: Machine): string {
  const name = processor.replace(/\((?:R|TM)\)|processor|cpu/gi, ' ');
  return `${name} ${cores} cores`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
