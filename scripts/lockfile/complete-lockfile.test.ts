import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { completeLockfile, findMissingPackages, type Lockfile } from './complete-lockfile.ts';

const tool = (version: string, ...binaries: string[]) => ({
  version,
  dev: true,
  optionalDependencies: Object.fromEntries(binaries.map((name) => [name, version])),
});

test('the lock file of this project lists every optional package: npm ci refuses it otherwise', () => {
  const path = resolve(import.meta.dirname, '../../package-lock.json');
  const lockfile = JSON.parse(readFileSync(path, 'utf8')) as Lockfile;
  expect(Object.keys(lockfile.packages).length).toBeGreaterThan(100);
  expect(findMissingPackages(lockfile), 'run: node scripts/complete-lockfile.ts').toEqual([]);
});

test('a binary that is left out is added for the platform in its name only', () => {
  const lockfile = {
    packages: {
      'node_modules/tool': tool('1.2.3', '@tool/linux-x64-gnu', '@tool/linux-x64-musl', '@tool/darwin-arm64'),
      'node_modules/@tool/linux-x64-gnu': { version: '1.2.3', integrity: 'sha512-kept', optional: true },
    },
  };
  const { packages } = completeLockfile(lockfile);
  expect(packages['node_modules/@tool/linux-x64-gnu']?.integrity).toBe('sha512-kept');
  expect(packages['node_modules/@tool/linux-x64-musl']).toEqual({
    version: '1.2.3',
    os: ['linux'],
    cpu: ['x64'],
    libc: ['musl'],
    dev: true,
    optional: true,
  });
  expect(packages['node_modules/@tool/darwin-arm64']).toMatchObject({ os: ['darwin'], cpu: ['arm64'] });
  expect(findMissingPackages({ packages })).toEqual([]);
});

test('a second version of a tool keeps its binaries beside itself', () => {
  const lockfile = {
    packages: {
      'node_modules/tool': tool('2.0.0', 'tool-linux-arm64'),
      'node_modules/tool-linux-arm64': { version: '2.0.0' },
      'node_modules/user/node_modules/tool': tool('1.0.0', 'tool-linux-arm64'),
    },
  };
  expect(findMissingPackages(lockfile)).toEqual([
    { location: 'node_modules/user/node_modules/tool-linux-arm64', version: '1.0.0', dev: true },
  ]);
});

test('a binary whose name says no platform is not guessed', () => {
  const lockfile = { packages: { 'node_modules/tool': tool('1.0.0', 'tool-fast') } };
  expect(() => completeLockfile(lockfile)).toThrow('says no platform');
});
