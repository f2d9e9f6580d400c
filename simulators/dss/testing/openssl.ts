import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFixture } from '../authority/authorities.ts';

/** For the commands of OpenSSL that take no `-engine`. */
const WITH_GOST = `openssl_conf = all
[all]
engines = engines
[engines]
gost = gost
[gost]
engine_id = gost
default_algorithms = ALL
`;

/**
 * Runs OpenSSL in a folder that holds these files. A file `output` that it writes is read instead of what it prints: a
 * child's standard output is a socket, which cannot be opened by a name.
 */
export function openssl(
  args: readonly string[],
  files: Readonly<Record<string, string | Buffer>> = {},
): { readonly code: number | null; readonly stdout: Buffer; readonly text: string } {
  const folder = mkdtempSync(join(tmpdir(), 'dss-openssl-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    writeFileSync(join(folder, 'gost.cnf'), WITH_GOST);
    const isOcsp = args[0] === 'ocsp';
    const env = isOcsp ? { ...process.env, OPENSSL_CONF: join(folder, 'gost.cnf') } : process.env;
    const { status, stdout: printed, stderr } = spawnSync('openssl', args, { cwd: folder, env });
    const output = join(folder, 'output');
    const stdout = existsSync(output) ? readFileSync(output) : printed;
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
