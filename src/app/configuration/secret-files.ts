import { readFileSync, statSync } from 'node:fs';
import type { ConfigurationFinding } from './finding.ts';

/** Reads files that options name, collects what is wrong with them, and warns of secrets that others can read. */
export class SecretFiles {
  readonly findings: ConfigurationFinding[] = [];
  readonly warnings: string[] = [];

  /** The file's text without white space at its ends; undefined, and a finding, where it cannot be read. */
  read(option: string, path: string): string | undefined {
    const bytes = this.readBytes(option, path);
    if (bytes === undefined) return undefined;
    const text = bytes.toString('utf8').trim();
    if (text === '') {
      this.findings.push({ option, message: `the file ${path} is empty` });
      return undefined;
    }
    this.#warnOfReaders(option, path);
    return text;
  }

  readBytes(option: string, path: string): Buffer | undefined {
    try {
      return readFileSync(path);
    } catch (error) {
      this.findings.push({
        option,
        message: `the file ${path} ${describe((error as NodeJS.ErrnoException).code)}`,
      });
      return undefined;
    }
  }

  #warnOfReaders(option: string, path: string): void {
    if (process.platform === 'win32') return;
    const mode = statSync(path).mode & 0o777;
    if ((mode & 0o007) !== 0) {
      this.warnings.push(
        `${option}: every user of this machine can read ${path} (mode ${mode.toString(8)}); chmod 600 it`,
      );
    }
  }
}

function describe(code: string | undefined): string {
  switch (code) {
    case 'ENOENT':
      return 'does not exist';
    case 'EACCES':
      return 'may not be read by the user that runs Propusk';
    case 'EISDIR':
      return 'is a folder';
    default:
      return `cannot be read (${code ?? 'unknown reason'})`;
  }
}
