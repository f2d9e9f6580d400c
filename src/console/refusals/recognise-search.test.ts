import { expect, test } from 'vitest';
import { recogniseSearch } from './recognise-search.ts';

const FINGERPRINT = '9F2C'.repeat(16);

test.each([
  ['192.0.2.7', 'address'],
  ['2001:DB8::7', 'address'],
  ['5BE1 8A02 C77D 9F10 B6A3 552E C40E 91C0', 'serial'],
  ['5b:e1:8a:02:c7:7d:9f:10:b6:a3:55:2e:c4:0e:91:c0', 'serial'],
  [FINGERPRINT, 'fingerprint'],
  [(FINGERPRINT.match(/../g) ?? []).join(':'), 'fingerprint'],
  ['ivanov', 'person'],
  ['abba', 'person'],
  [' Иванов Иван ', 'person'],
])('%s is taken for what it is', (input, kind) => {
  expect(recogniseSearch(input)?.kind).toBe(kind);
});

test('nothing is searched by nothing', () => {
  expect(recogniseSearch('  ')).toBeUndefined();
});
