import { expect, test } from 'vitest';
import { formatRevision, requireRevision } from './revision.ts';

test('a revision comes back from the tag it was written into', () => {
  expect(formatRevision(17)).toBe('"17"');
  expect(requireRevision({ 'if-match': formatRevision(17) })).toBe(17);
});

test.each([undefined, '', '*', '17', 'W/"17"', '"17", "18"', '"-1"', '"1234567890123456"'])(
  'If-Match %s is no revision',
  (given) => {
    const headers = given === undefined ? {} : { 'if-match': given };
    expect(() => requireRevision(headers)).toThrow(expect.objectContaining({ code: 'revision-required' }));
  },
);
