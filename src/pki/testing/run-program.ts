/** For tests: programs that nobody here wrote, in a directory of their own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { encodePem } from '../pem/pem.ts';

/** A directory with these files, gone after the test. Names ending in `.pem` take DER and get a CERTIFICATE block. */
export function directoryWith(files: Readonly<Record<string, Uint8Array | string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'propusk-pki-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const isDer = name.endsWith('.pem') && typeof content !== 'string';
    writeFileSync(join(directory, name), isDer ? encodePem('CERTIFICATE', content) : content);
  }
  return directory;
}

/** Runs a program in a directory; both outputs together. A status other than the expected one fails the test. */
export function run(directory: string, program: string, args: readonly string[], expectedStatus = 0): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: directory,
    encoding: 'utf8',
    input: '',
    timeout: 30_000,
  });
  if (error) throw error;
  const output = `${stdout}${stderr}`;
  if (status !== expectedStatus) throw new Error(`${program} ${args.join(' ')}: status ${status}\n${output}`);
  return output;
}
