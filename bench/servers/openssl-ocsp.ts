import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workbench } from '../workbench.ts';
import { type Program, startProgram, waitForText } from './program.ts';

/** `openssl ocsp` as a responder with an authority of its own, P-256 like ours, that gave out one certificate. */
export interface OpensslResponder {
  readonly program: Program;
  /** About that certificate; OCSPRequest in DER. */
  readonly question: Uint8Array;
}

export async function startOpensslOcsp(workbench: Workbench, port: number): Promise<OpensslResponder> {
  const folder = join(workbench.directory, 'openssl-ocsp');
  mkdirSync(folder);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  openssl(
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-days', '30'],
    ...['-subj', '/CN=Bench CA', '-keyout', 'ca.key', '-out', 'ca.pem'],
  );
  writeFileSync(join(folder, 'index.txt'), 'V\t491231235959Z\t\t1234\tunknown\t/CN=ivanov\n');
  openssl('ocsp', '-issuer', 'ca.pem', '-serial', '0x1234', '-reqout', 'question.der');
  const logFile = join(workbench.directory, 'openssl-ocsp.log');
  const file = (name: string) => join(folder, name);
  const program = await startProgram({
    command: [
      ...['openssl', 'ocsp', '-index', file('index.txt'), '-CA', file('ca.pem')],
      ...['-rsigner', file('ca.pem'), '-rkey', file('ca.key'), '-port', String(port), '-ignore_err'],
    ],
    core: workbench.cores.server,
    logFile,
  });
  workbench.onClose(program.stop);
  // Not by connecting: `openssl ocsp` spins for ever on a connection without a request.
  await waitForText('waiting for OCSP client connections', program, logFile);
  return { program, question: readFileSync(file('question.der')) };
}
