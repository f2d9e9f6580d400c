import { describe, expect, test } from 'vitest';
import { readRequestFields } from './request-headers.ts';
import { readResponseFields } from './response-headers.ts';

describe('request fields', () => {
  test('are sorted into what we need to know and what goes on', () => {
    expect(
      readRequestFields([
        ...['Host', 'crm.example', 'Accept', '*/*', 'Cookie', 'a=1', 'cookie', 'b=2'],
        ...['Content-Length', '5', 'Upgrade', 'websocket', 'Service-Worker', 'script', ':path', '/'],
      ]),
    ).toMatchObject({
      authorities: ['crm.example'],
      cookie: 'a=1; b=2',
      contentLength: '5',
      transferEncoding: undefined,
      upgrade: 'websocket',
      serviceWorker: 'script',
      count: 8,
      forward: ['Accept', '*/*', 'Service-Worker', 'script'],
    });
  });

  test('that repeat what must be single are visible as such', () => {
    const fields = readRequestFields([
      'Content-Length',
      '5',
      'content-length',
      '6',
      'Host',
      'a',
      'host',
      'b',
    ]);
    expect(fields.contentLength).toBe('5, 6');
    expect(fields.authorities).toEqual(['a', 'b']);
  });

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('named %s are ordinary', (name) => {
    expect(readRequestFields([name, 'x']).forward).toEqual([name, 'x']);
  });

  test('named by Connection stay behind, several lines and blanks included', () => {
    const fields = readRequestFields([
      'Connection',
      'keep-alive , X-A',
      'connection',
      'x-b',
      'X-A',
      '1',
      'X-B',
      '2',
      'X-C',
      '3',
    ]);
    expect(fields.forward).toEqual(['X-C', '3']);
  });
});

describe('response fields', () => {
  const octets = (...texts: string[]): Buffer[] => texts.map((text) => Buffer.from(text, 'latin1'));

  test('keep their order and their octets, with names in lower case', () => {
    expect(
      readResponseFields(octets('X-A', '1', 'Set-Cookie', 'a=1', 'SET-COOKIE', 'b=2', 'X-Name', '\xd0\xbe')),
    ).toEqual({
      headers: ['x-a', '1', 'set-cookie', 'a=1', 'set-cookie', 'b=2', 'x-name', '\xd0\xbe'],
      contentLength: undefined,
      setCookies: ['a=1', 'b=2'],
    });
  });

  test.each(['b\r\nSet-Cookie: evil=1', 'b\nevil: 1', 'b\0set-cookie\0evil', 'b\x7f'])(
    'with %j in a value are left out, for Node’s HTTP/2 joins fields with NUL',
    (value) => {
      expect(readResponseFields(octets('X-A', value, 'X-B', '2')).headers).toEqual(['x-b', '2']);
    },
  );

  test.each(['', 'x y', 'x\0y', 'x:y', ':status', 'ё'])('with the name %j are left out', (name) => {
    expect(readResponseFields([Buffer.from(name), Buffer.from('1')]).headers).toEqual([]);
  });

  test.each([
    [['Content-Length', '5'], '5'],
    [['Content-Length', '5', 'Transfer-Encoding', 'chunked'], undefined],
    [['Content-Length', '-5'], undefined],
    [['Content-Length', '5x'], undefined],
    [['Content-Length', ''], undefined],
  ] as const)('%j give the length %s', (list, length) => {
    expect(readResponseFields(octets(...list)).contentLength).toBe(length);
  });
});
