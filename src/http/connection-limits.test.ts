import { expect, test } from 'vitest';
import { createConnectionCounter, DEFAULT_CONNECTION_LIMITS } from './connection-limits.ts';

const LIMITS = { ipv4: 4, ipv6Network: 2, ipv6Site: 3, ipv6Organisation: 5 };

/** How many of these connections are let in, none of which ends. */
function admitted(addresses: readonly string[], limits = LIMITS): number {
  const counter = createConnectionCounter(limits);
  return addresses.filter((address) => counter.enter(address) !== undefined).length;
}
const many = (address: (index: number) => string, count = 1_000) =>
  Array.from({ length: count }, (_, i) => address(i));
const hex = (index: number) => index.toString(16);

test.each([
  ['one IPv4 address', many(() => '192.0.2.7'), 4],
  ['IPv4 addresses that differ', ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4', '192.0.2.5'], 5],
  ['made-up addresses of one /64', many((i) => `2001:db8:0:1::${hex(i)}`), 2],
  ['the networks of one /56', many((i) => `2001:db8:0:1${hex(i % 256).padStart(2, '0')}::1`), 3],
  ['the networks of one /48', many((i) => `2001:db8:7:${hex(i * 61)}::1`), 5],
  ['organisations that differ', many((i) => `2001:db8:${hex(i)}::1`, 20), 20],
])('of %s as many are let in as their place may have', (_, addresses, count) => {
  expect(admitted(addresses)).toBe(count);
});

test('who leaves makes room; who was not let in does not count', () => {
  const counter = createConnectionCounter(LIMITS);
  const leave = ['2001:db8::1', '2001:db8::2'].map((address) => counter.enter(address));
  for (let tries = 0; tries < 10; tries++) expect(counter.enter('2001:db8::3')).toBeUndefined();
  leave[0]?.();
  const third = counter.enter('2001:db8::3');
  expect(third).toBeDefined();
  expect(counter.enter('2001:db8::4')).toBeUndefined();
  leave[1]?.();
  third?.();
  expect(admitted(['2001:db8::1', '2001:db8::2'])).toBe(2);
});

test('by default one network has a twentieth of all connections, one organisation as much as one IPv4 address', () => {
  expect(
    admitted(
      many((i) => `2001:db8::${hex(i)}`, 10_000),
      DEFAULT_CONNECTION_LIMITS,
    ),
  ).toBe(500);
  expect(
    admitted(
      many((i) => `2001:db8:0:${hex(i)}::`, 10_000),
      DEFAULT_CONNECTION_LIMITS,
    ),
  ).toBe(2_000);
  expect(
    admitted(
      many(() => '192.0.2.1', 10_000),
      DEFAULT_CONNECTION_LIMITS,
    ),
  ).toBe(2_000);
});
