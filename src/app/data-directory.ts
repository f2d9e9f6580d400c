import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ProblemError } from '../kernel/problem.ts';

/** Where things lie in the data directory. */
export interface DataDirectory {
  readonly path: string;
  readonly databaseFile: string;
  /** Signed heads of the audit chain, outside of the database (`store/audit`). */
  readonly auditHeadsFile: string;
}

/**
 * Makes the directory, readable by its owner only, where it is missing.
 * @throws {ProblemError} `data-directory` with what is in the way
 */
export function openDataDirectory(path: string): DataDirectory {
  const absolute = resolve(path);
  try {
    mkdirSync(absolute, { recursive: true, mode: 0o700 });
    if (!statSync(absolute).isDirectory()) throw new Error('not a folder');
    accessSync(absolute, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new ProblemError('data-directory', {
      detail: `${absolute} ${describe(cause)}; give the user that runs Propusk a folder it may write to (option dataDirectory)`,
      cause,
    });
  }
  return {
    path: absolute,
    databaseFile: join(absolute, 'propusk.sqlite'),
    auditHeadsFile: join(absolute, 'audit-heads.jsonl'),
  };
}

function describe(cause: unknown): string {
  switch ((cause as NodeJS.ErrnoException).code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return 'is not a folder';
    case 'EACCES':
    case 'EPERM':
      return 'may not be written to';
    case 'EROFS':
      return 'lies on a read-only file system';
    case 'ENOSPC':
      return 'lies on a full disk';
    default:
      return 'cannot be used';
  }
}
