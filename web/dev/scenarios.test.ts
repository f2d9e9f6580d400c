import { glob, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { CONSOLE_SCENARIOS } from './console/scenarios.ts';
import { SCENARIOS } from './scenarios.ts';

/** These only lead on: to the first section, to the system that is read on. */
const LEADING_ON = ['/', '/instructions'];

/** A route below the root or the shell. */
const PAGE = /createRoute\(\{\s*getParentRoute(?:: \(\) => (?:root|shell))?,\s*path: '([^']+)'/g;

/** Without the panels, which stand below a list with an address of their own. */
async function readAddresses(...patterns: readonly string[]): Promise<readonly string[]> {
  const addresses: string[] = [];
  for await (const file of glob([...patterns], { cwd: resolve(import.meta.dirname, '..') })) {
    const source = await readFile(resolve(import.meta.dirname, '..', file), 'utf8');
    for (const [, path = ''] of source.matchAll(PAGE)) addresses.push(path);
  }
  return [...new Set(addresses)].filter((address) => !LEADING_ON.includes(address));
}

function hasState(address: string, paths: readonly string[]): boolean {
  const pattern = new RegExp(`^${address.replaceAll(/\$\w+/g, '[^/]+')}(?:/[^/]+)?$`);
  return paths.some((path) => pattern.test(path.replace(/[?#].*$/, '')));
}

test('every page of the portal has a state to look at', async () => {
  const addresses = await readAddresses('portal/router.tsx', 'portal/instructions/*.tsx');
  expect(addresses).toContain('/password');
  const paths = Object.values(SCENARIOS).map(({ path }) => path);
  expect(addresses.filter((address) => !hasState(address, paths))).toEqual([]);
});

test('every page of the console has a state to look at', async () => {
  const addresses = await readAddresses('console/router.tsx', 'console/*/section.{ts,tsx}');
  expect(addresses).toContain('/admin/authority');
  const paths = Object.values(CONSOLE_SCENARIOS).map(({ path }) => path);
  expect(addresses.filter((address) => !hasState(address, paths))).toEqual([]);
});
