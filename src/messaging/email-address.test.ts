import { expect, test } from 'vitest';
import { parseEmailAddress } from './email-address.ts';

test.each([
  ['ivanov@company.example', 'ivanov@company.example'],
  ['  ivanov@Company.Example ', 'ivanov@company.example'],
  ['i.ivanov+crm@mail.company.example', 'i.ivanov+crm@mail.company.example'],
  ["o'neill@company.example", "o'neill@company.example"],
  ['ivanov@почта.рф', 'ivanov@xn--80a1acny.xn--p1ai'],
])('"%s" is read as %s', (input, expected) => {
  expect(parseEmailAddress(input)).toBe(expected);
});

test.each([
  ['', 'write it like'],
  ['ivanov', 'write it like'],
  ['@company.example', 'write it like'],
  ['ivanov@', 'after the @'],
  ['ivanov@company', 'after the @'],
  ['ivanov@127.0.0.1', 'after the @'],
  ['ivanov@company..example', 'after the @'],
  ['ivanov@-company.example', 'after the @'],
  ['иванов@company.example', 'Latin letters'],
  ['ivan ivanov@company.example', 'Latin letters'],
  ['ivanov..i@company.example', 'Latin letters'],
  ['a@b@company.example', 'Latin letters'],
  ['Ivanov <ivanov@company.example>', 'Latin letters'],
  ['ivanov\r\nBcc: x@evil.example', 'Latin letters'],
  ['ivanov@company.example\r\nBcc: x', 'after the @'],
  [`${'a'.repeat(65)}@company.example`, 'Latin letters'],
  [`ivanov@${'a.'.repeat(130)}example`, 'write it like'],
])('%j is refused: %s', (input, detail) => {
  expect(() => parseEmailAddress(input)).toThrow(
    expect.objectContaining({ code: 'email-invalid', detail: expect.stringContaining(detail) }),
  );
});
