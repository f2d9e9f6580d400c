import { expect, test } from 'vitest';
import { formatAttachment } from './content-disposition.ts';

test.each([
  [
    'ivanov-2026-11-22.pfx',
    `attachment; filename="ivanov-2026-11-22.pfx"; filename*=UTF-8''ivanov-2026-11-22.pfx`,
  ],
  [
    'иванов.pfx',
    `attachment; filename="______.pfx"; filename*=UTF-8''%D0%B8%D0%B2%D0%B0%D0%BD%D0%BE%D0%B2.pfx`,
  ],
  ['a"b\\c%d.pfx', `attachment; filename="a_b_c_d.pfx"; filename*=UTF-8''a%22b%5Cc%25d.pfx`],
  [`it's (1)*.pfx`, `attachment; filename="it's (1)*.pfx"; filename*=UTF-8''it%27s%20%281%29%2A.pfx`],
  [
    'a\r\nSet-Cookie: b',
    `attachment; filename="a__Set-Cookie: b"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20b`,
  ],
  ['\ud800.pfx', `attachment; filename="_.pfx"; filename*=UTF-8''%EF%BF%BD.pfx`],
])('a file named %j is told as %s', (name, header) => {
  expect(formatAttachment(name)).toBe(header);
});
