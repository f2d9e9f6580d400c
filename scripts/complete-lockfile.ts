/** Run after `npm install`: adds to package-lock.json the packages for other platforms that npm left out. */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { completeLockfile, findMissingPackages, type Lockfile } from './lockfile/complete-lockfile.ts';

const path = resolve(import.meta.dirname, '../package-lock.json');
const lockfile = JSON.parse(await readFile(path, 'utf8')) as Lockfile;
const missing = findMissingPackages(lockfile);
if (missing.length > 0) await writeFile(path, `${JSON.stringify(completeLockfile(lockfile), null, 2)}\n`);
console.log(`package-lock.json: ${missing.length} optional packages added`);
