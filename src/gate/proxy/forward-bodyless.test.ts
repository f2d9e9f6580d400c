import { expect, test } from 'vitest';
import { formatBodylessHead } from './forward-bodyless.ts';

const OWN = 'Host: crm.example\r\nPropusk-Login: ivanov\r\n';

test('a request without content has the gate’s lines first and no framing', () => {
  expect(formatBodylessHead('GET', '/a?b', OWN, ['Accept', '*/*', 'X-A', ''], 'sid=1')).toBe(
    `GET /a?b HTTP/1.1\r\n${OWN}Accept: */*\r\nX-A: \r\nCookie: sid=1\r\nConnection: keep-alive\r\n\r\n`,
  );
});

test.each(['a\r\nPropusk-Login: admin', 'a\nb', 'a\rb', 'a\0b'])(
  'a value %j is not put into a line',
  (value) => {
    expect(() => formatBodylessHead('GET', '/', OWN, ['X-A', value], undefined)).toThrow(TypeError);
    expect(() => formatBodylessHead('GET', '/', OWN, [], value)).toThrow(TypeError);
  },
);
