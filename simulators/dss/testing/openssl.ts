import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFixture } from '../authority/authorities.ts';

/**
 * Runs OpenSSL in a folder that holds these files.
 * @returns what it said, its exit code first
 */
export function openssl(
  args: readonly string[],
  files: Readonly<Record<string, string | Buffer>> = {},
): { readonly code: number | null; readonly stdout: Buffer; readonly text: string } {
  const folder = mkdtempSync(join(tmpdir(), 'dss-openssl-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: folder });
    return { code: status, stdout, text: `${stdout.toString('latin1')}${stderr.toString('latin1')}` };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A root with its issuing authority: OpenSSL looks for what a CMS does not carry among what is trusted. */
export function authoritiesOf(algorithm: 'rsa' | 'gost'): string {
  return [`${algorithm}-root.pem`, `${algorithm}-issuing.pem`]
    .map((name) => readFixture(name).toString('latin1'))
    .join('');
}

/** Verifies a CMS against the authorities of the simulator; the document is given for a detached one. */
export function verifyCms(cms: Buffer, algorithm: 'rsa' | 'gost', document?: Buffer) {
  return openssl(
    [
      ...[
        'cms',
        '-verify',
        '-binary',
        '-inform',
        'DER',
        '-in',
        'signature',
        '-purpose',
        'any',
        '-CAfile',
        'authorities',
      ],
      ...(algorithm === 'gost' ? ['-engine', 'gost'] : []),
      ...(document ? ['-content', 'document'] : []),
    ],
    { signature: cms, authorities: authoritiesOf(algorithm), ...(document ? { document } : {}) },
  );
}
