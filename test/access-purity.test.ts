import { describe, expect, test } from 'vitest';
import { checkPurity } from './layers/check-purity.ts';
import { isTestFile, listSourceFiles } from './layers/source-file.ts';

const files = listSourceFiles().filter(
  (file) => file.path.startsWith('src/access/') && !isTestFile(file.path),
);
const path = 'src/access/a.ts';

test('the rules of entry are pure', () => {
  expect(files.length).toBeGreaterThanOrEqual(3);
  expect(files.flatMap(checkPurity)).toEqual([]);
});

describe('a pure rule', () => {
  test.each([
    "import { assertNever } from '../kernel/assert-never.ts';",
    "import type { Facts } from './facts.ts';",
    'const late = facts.now.getTime() > facts.notAfter.getTime();',
    'const day = new Date(facts.now.getTime() + 86_400_000);',
    'const most = Math.max(1, 2); const utc = Date.UTC(2026, 0);',
  ])('may say %s', (source) => {
    expect(checkPurity({ path, source })).toEqual([]);
  });

  test.each([
    ["import { z } from 'zod';", 'imports zod'],
    ["import { createHash } from 'node:crypto';", 'imports node:crypto'],
    ["import type { X } from '../pki/a.ts';", 'imports ../pki/a.ts'],
    ["import { systemClock as c } from '../kernel/clock.ts';", 'uses systemClock'],
    ["const a = import('./b.ts');", 'imports at run time'],
    ['export async function decide() {}', 'is async'],
    ['const decide = async () => 1;', 'is async'],
    ['const rules = { async decide() {} };', 'is async'],
    ['const facts = await read();', 'awaits'],
    ['for await (const fact of facts) use(fact);', 'awaits'],
    ['const now = Date.now();', 'reads the clock'],
    ['const now = new Date();', 'reads the clock'],
    ['const now = Date();', 'reads the clock'],
    ['const chance = Math.random();', 'depends on chance'],
    ['const zone = process.env.TZ;', 'uses process'],
    ['const now = performance.now();', 'uses performance'],
    ['const later = new Promise(() => {});', 'uses Promise'],
  ])('may not say %s', (source, message) => {
    const wrong = checkPurity({ path, source });
    expect(wrong.length).toBeGreaterThanOrEqual(1);
    expect(wrong[0]).toContain(message);
  });
});
