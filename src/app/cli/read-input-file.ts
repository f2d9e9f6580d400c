import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ProblemError } from '../../kernel/problem.ts';
import { decodePem } from '../../pki/pem/pem.ts';
import type { Terminal } from './terminal.ts';

/** @throws {ProblemError} `file-unreadable` */
export function readInputFile(terminal: Terminal, file: string): Buffer {
  const path = resolve(terminal.workingDirectory, file);
  try {
    return readFileSync(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? 'unknown reason'})`;
    throw new ProblemError('file-unreadable', { detail: `the file ${path} ${why}`, cause });
  }
}

/** The certificates of a file, DER or PEM with any number of blocks. @throws {ProblemError} `file-unreadable`, `pem-invalid` */
export function readCertificateFile(terminal: Terminal, file: string): Uint8Array[] {
  const bytes = readInputFile(terminal, file);
  // A SEQUENCE: DER.
  if (bytes[0] === 0x30) return [bytes];
  const certificates = decodePem(bytes).filter(({ label }) => label === 'CERTIFICATE');
  if (certificates.length === 0) {
    throw new ProblemError('pem-invalid', { detail: `${file} holds no certificate` });
  }
  return certificates.map((block) => block.bytes);
}
