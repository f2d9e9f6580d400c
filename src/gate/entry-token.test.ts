import { expect, test } from 'vitest';
import { createTokenSealer } from '../http/sealed-token.ts';
import type { ApplicationId } from '../kernel/brand.ts';
import { hashToken, systemRandom } from '../kernel/random.ts';
import { createEntryTokens, type SealedEntry } from './entry-token.ts';

const key = systemRandom.bytes(32);
const tokens = createEntryTokens(key, systemRandom);
const now = new Date('2026-11-01T12:00:00Z');
const entry: SealedEntry = {
  applicationId: 'crm' as ApplicationId,
  returnPath: '/tickets?page=2',
  bindingHash: hashToken('a browser'),
  expiresAt: new Date(now.getTime() + 3_600_000),
};

test.each(['/', '/tickets?a=b c\n/x 12', `/${'x'.repeat(2_047)}`])(
  'comes back as it was: %j',
  (returnPath) => {
    expect(tokens.open(tokens.seal({ ...entry, returnPath }), now)).toEqual({ ...entry, returnPath });
  },
);

test('is worth nothing when its time is over', () => {
  const token = tokens.seal(entry);
  expect(tokens.open(token, new Date(entry.expiresAt.getTime() - 1))).toEqual(entry);
  expect(tokens.open(token, entry.expiresAt)).toBeUndefined();
});

test('fits into an address with the longest path that is kept', () => {
  expect(tokens.seal({ ...entry, returnPath: `/${'x'.repeat(2_047)}` }).length).toBeLessThan(3_000);
});

test('cannot be made of another thing that is sealed under the same key', () => {
  const text = `crm ${entry.bindingHash} ${entry.expiresAt.getTime()} /`;
  expect(tokens.open(createTokenSealer(key, 'something else', systemRandom).seal(text), now)).toBeUndefined();
  const own = createTokenSealer(key, 'propusk entry request 1', systemRandom);
  for (const odd of ['', 'crm', `crm ${entry.bindingHash} x /`, `crm ${entry.bindingHash} 1 x`]) {
    expect(tokens.open(own.seal(odd), now)).toBeUndefined();
  }
});
