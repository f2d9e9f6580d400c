import { expect, test } from 'vitest';
import { differingLine } from './compare-certificates.ts';

const ivanov = {
  subject: 'ivanov',
  notBefore: '2026-11-22T10:55:00Z',
  notAfter: '2027-11-22T11:05:00Z',
  serialTail: '91C0',
};
const day = (instant: string) => instant.slice(0, 10);

test.each([
  [
    "another person's certificate differs by its subject",
    { subject: 'petrov', serialTail: '4F2A' },
    'subject',
  ],
  [
    'the superseded one differs by its day of issue',
    { notBefore: '2026-10-12T08:00:00Z', serialTail: '4F2A' },
    'notBefore',
  ],
  ['one of the same day differs by its serial number', { serialTail: '4F2A' }, 'serialTail'],
  ['the hour of issue is no difference to look for', { notBefore: '2026-11-22T07:00:00Z' }, undefined],
] as const)('%s', (_name, change, line) => {
  expect(differingLine({ ...ivanov, ...change }, ivanov, day)).toBe(line);
});
