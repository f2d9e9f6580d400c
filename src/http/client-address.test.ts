import { expect, test } from 'vitest';
import { clientAddress, prefixOf } from './client-address.ts';
import { createTokenBuckets } from './token-bucket.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['fe80::1%eth0', 'fe80::1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6'],
  [undefined, 'unknown'],
])('%s is the address %s', (remoteAddress, address) => {
  expect(clientAddress({ remoteAddress })).toBe(address);
});

test.each([
  ['fe80::1', 64, 'fe80:0:0:0::/64'],
  ['2001:db8:1:02fe:3:4:5:6', 64, '2001:db8:1:2fe::/64'],
  ['2001:db8:1:2fe:3:4:5:6', 56, '2001:db8:1:200::/56'],
  ['2001:db8:1:2fe:3:4:5:6', 48, '2001:db8:1:0::/48'],
  ['2001:db8::6', 64, '2001:db8:0:0::/64'],
  ['::1', 48, '0:0:0:0::/48'],
] as const)('%s lies in the /%i %s', (address, bits, prefix) => {
  expect(prefixOf(address, bits)).toBe(prefix);
});

test('a bucket gives its tokens, then one per refill, and other keys are untouched', () => {
  const buckets = createTokenBuckets({ capacity: 2, refillPerSecond: 1, maxKeys: 10 });
  expect([buckets.take('a', 0), buckets.take('a', 0), buckets.take('a', 0)]).toEqual([true, true, false]);
  expect(buckets.take('b', 0)).toBe(true);
  expect([buckets.take('a', 999), buckets.take('a', 2_000), buckets.take('a', 2_000)]).toEqual([
    false,
    true,
    true,
  ]);
});

test('the bucket used longest ago is forgotten first', () => {
  const buckets = createTokenBuckets({ capacity: 1, refillPerSecond: 0, maxKeys: 2 });
  expect([buckets.take('a', 0), buckets.take('b', 0), buckets.take('a', 0)]).toEqual([true, true, false]);
  buckets.take('c', 0);
  expect(buckets.take('a', 0)).toBe(false);
  expect(buckets.take('b', 0)).toBe(true);
});
