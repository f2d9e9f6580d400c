import { expect, test } from 'vitest';
import { coversHostName } from './host-name-match.ts';

test.each<[string, string, boolean]>([
  ['crm.romashka.example', 'crm.romashka.example', true],
  ['CRM.Romashka.Example', 'crm.romashka.example', true],
  ['crm.romashka.example.', 'crm.romashka.example', true],
  ['crm.romashka.example', 'id.romashka.example', false],
  ['romashka.example', 'crm.romashka.example', false],
  ['*.romashka.example', 'crm.romashka.example', true],
  ['*.romashka.example', 'romashka.example', false],
  ['*.romashka.example', 'a.crm.romashka.example', false],
  ['*.romashka.example', '.romashka.example', false],
  ['*.romashka.example', 'crm.xromashka.example', false],
  ['c*.romashka.example', 'crm.romashka.example', false],
  ['*m.romashka.example', 'crm.romashka.example', false],
  ['crm.*.example', 'crm.romashka.example', false],
  ['*.*.example', 'crm.romashka.example', false],
  ['*', 'localhost', false],
])('%s for %s: %s', (dnsName, hostName, expected) => {
  expect(coversHostName(dnsName, hostName)).toBe(expected);
});
