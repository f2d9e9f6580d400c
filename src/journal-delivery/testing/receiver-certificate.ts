import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** For tests: a certificate that is its own authority, made by openssl. */
export function makeReceiverCertificate(hostName: string): { cert: string; key: string } {
  const directory = mkdtempSync(join(tmpdir(), 'propusk-siem-'));
  try {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
        ...['-subj', `/CN=${hostName}`, '-addext', `subjectAltName=DNS:${hostName}`],
        ...['-keyout', 'key.pem', '-out', 'cert.pem'],
      ],
      { cwd: directory, stdio: 'ignore' },
    );
    return {
      cert: readFileSync(join(directory, 'cert.pem'), 'utf8'),
      key: readFileSync(join(directory, 'key.pem'), 'utf8'),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
