import { expect, test } from 'vitest';
import { addressGroup, clientAddress } from './client-address.ts';
import { createTokenBuckets } from './token-bucket.ts';

test.each([
  ['192.0.2.7', '192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7', '192.0.2.7'],
  ['fe80::1%eth0', 'fe80::1', 'fe80:0:0:0::/64'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::6', '2001:db8::6', '2001:db8:0:0::/64'],
  ['::1', '::1', '0:0:0:0::/64'],
  [undefined, 'unknown', 'unknown'],
])('%s is %s of the group %s', (remoteAddress, address, group) => {
  expect(clientAddress({ remoteAddress })).toBe(address);
  expect(addressGroup(address)).toBe(group);
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
