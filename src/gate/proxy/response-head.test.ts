import { describe, expect, test } from 'vitest';
import { ChunkedDecoder } from './chunked-decoder.ts';
import { parseResponseHead, UpstreamProtocolError } from './response-head.ts';

const lines = (...all: string[]): string => all.join('\r\n');

describe('a response head', () => {
  test.each<[string, string, string, object]>([
    ['with a length', 'GET', lines('HTTP/1.1 200 OK', 'Content-Length: 5'), { kind: 'length', length: 5 }],
    ['with the length zero', 'GET', lines('HTTP/1.1 200 OK', 'content-length:0'), { kind: 'none' }],
    ['in chunks', 'GET', lines('HTTP/1.1 200 OK', 'Transfer-Encoding: Chunked '), { kind: 'chunked' }],
    ['without either', 'GET', 'HTTP/1.1 200 OK', { kind: 'until-close' }],
    ['of HTTP/1.0', 'GET', 'HTTP/1.0 200 OK', { kind: 'until-close' }],
    ['without a reason', 'GET', lines('HTTP/1.1 200', 'Content-Length: 1'), { kind: 'length', length: 1 }],
    ['to HEAD', 'HEAD', lines('HTTP/1.1 200 OK', 'Content-Length: 5'), { kind: 'none' }],
    ['of 204', 'GET', lines('HTTP/1.1 204 No Content', 'Content-Length: 5'), { kind: 'none' }],
    ['of 304', 'GET', lines('HTTP/1.1 304 Not Modified', 'Content-Length: 5'), { kind: 'none' }],
    ['of 103', 'GET', lines('HTTP/1.1 103 Early Hints', 'Link: </a>'), { kind: 'none' }],
  ])('%s', (_, method, text, framing) => {
    expect(parseResponseHead(text, method).framing).toEqual(framing);
  });

  test.each<[string, string, string, boolean]>([
    ['of HTTP/1.1', 'GET', lines('HTTP/1.1 200 OK', 'Content-Length: 5'), true],
    ['that closes', 'GET', lines('HTTP/1.1 200 OK', 'Content-Length: 5', 'Connection: X, Close'), false],
    ['of HTTP/1.0', 'GET', lines('HTTP/1.0 200 OK', 'Content-Length: 5'), false],
    ['until the end of the connection', 'GET', 'HTTP/1.1 200 OK', false],
    ['to HEAD, whose content may follow', 'HEAD', lines('HTTP/1.1 200 OK', 'Content-Length: 5'), false],
    [
      'that waits a second only',
      'GET',
      lines('HTTP/1.1 200 OK', 'Content-Length: 5', 'Keep-Alive: timeout=1'),
      false,
    ],
    ['of 204', 'GET', 'HTTP/1.1 204 No Content', true],
  ])('%s leaves the connection usable: %s %s %s', (_, method, text, reusable) => {
    expect(parseResponseHead(text, method).reusable).toBe(reusable);
  });

  test('keeps every octet of a value but the blanks around it', () => {
    const value = Buffer.from('имя «Р»Р').toString('latin1');
    const { fields } = parseResponseHead(
      lines('HTTP/1.1 200 OK', `X-A:\t ${value} \t`, 'X-B:', 'X-C: \xa0'),
      'GET',
    );
    expect(fields.headers).toEqual(['x-a', value, 'x-b', '', 'x-c', '\xa0']);
  });

  test('says how long the connection waits', () => {
    const idle = (value: string) =>
      parseResponseHead(lines('HTTP/1.1 200 OK', `Keep-Alive: ${value}`), 'GET').idleMs;
    expect(idle('timeout=5, max=10')).toBe(4_000);
    expect(idle('timeout=100000')).toBe(600_000);
    expect(idle('max=10')).toBe(4_000);
  });

  test.each([
    ['nothing', ''],
    ['another protocol', 'HTTP/2 200 OK'],
    ['another version', 'HTTP/1.2 200 OK'],
    ['a blank before the line', ' HTTP/1.1 200 OK'],
    ['two blanks', 'HTTP/1.1  200 OK'],
    ['a status of two digits', 'HTTP/1.1 20 OK'],
    ['a status of four digits', 'HTTP/1.1 2000 OK'],
    ['a status of zeros', 'HTTP/1.1 000 OK'],
    ['a status beyond 599', 'HTTP/1.1 600 OK'],
    ['a control character in the reason', 'HTTP/1.1 200 O\x01K'],
    ['a line break in the reason', 'HTTP/1.1 200 O\nContent-Length: 5'],
    ['a field without a colon', lines('HTTP/1.1 200 OK', 'Content-Length')],
    ['a field without a name', lines('HTTP/1.1 200 OK', ': 5')],
    ['a blank before the colon', lines('HTTP/1.1 200 OK', 'Content-Length : 5')],
    ['a folded line', lines('HTTP/1.1 200 OK', 'X-A: b', ' Content-Length: 5')],
    ['a bare line feed', lines('HTTP/1.1 200 OK', 'X-A: b\nContent-Length: 5')],
    ['a bare carriage return', lines('HTTP/1.1 200 OK', 'X-A: b\rContent-Length: 5')],
    [
      'a carriage return before the end of the line',
      lines('HTTP/1.1 200 OK', 'X-A: b\r', 'Content-Length: 5'),
    ],
    ['a carriage return after the colon', lines('HTTP/1.1 200 OK', 'Content-Length:\r5')],
    ['a NUL', lines('HTTP/1.1 200 OK', 'X-A: b\0c')],
    ['two lengths', lines('HTTP/1.1 200 OK', 'Content-Length: 5', 'Content-Length: 6')],
    ['two equal lengths', lines('HTTP/1.1 200 OK', 'Content-Length: 5', 'Content-Length: 5')],
    ['a list of lengths', lines('HTTP/1.1 200 OK', 'Content-Length: 5, 5')],
    ['a signed length', lines('HTTP/1.1 200 OK', 'Content-Length: +5')],
    ['a hexadecimal length', lines('HTTP/1.1 200 OK', 'Content-Length: 0x5')],
    ['an empty length', lines('HTTP/1.1 200 OK', 'Content-Length: ')],
    ['a length and chunks', lines('HTTP/1.1 200 OK', 'Content-Length: 5', 'Transfer-Encoding: chunked')],
    ['chunks twice', lines('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked')],
    ['another coding', lines('HTTP/1.1 200 OK', 'Transfer-Encoding: gzip, chunked')],
    ['identity', lines('HTTP/1.1 200 OK', 'Transfer-Encoding: identity')],
  ])('with %s is an error', (_, text) => {
    expect(() => parseResponseHead(text, 'GET')).toThrow(UpstreamProtocolError);
  });
});

describe('the chunked coding', () => {
  function decode(octets: Buffer, cut: number): { content: string; used: number; done: boolean } {
    const decoder = new ChunkedDecoder();
    let content = '';
    let used = 0;
    for (let start = 0; start < octets.length && !decoder.done; start += cut) {
      const piece = octets.subarray(start, start + cut);
      used =
        start +
        decoder.decode(piece, 0, (data) => {
          content += data.toString('latin1');
        });
    }
    return { content, used, done: decoder.done };
  }

  test('is decoded alike however it is cut', () => {
    const octets = Buffer.from('5;a="b"\r\nhello\r\n1\r\n \r\n00A\r\n0123456789\r\n0\r\nX-T: t\r\n\r\nNEXT');
    for (let cut = 1; cut <= octets.length; cut += 1) {
      expect(decode(octets, cut), `pieces of ${cut}`).toEqual({
        content: 'hello 0123456789',
        used: octets.length - 4,
        done: true,
      });
    }
  });

  test.each([
    ['no size', '\r\nhello\r\n0\r\n\r\n'],
    ['a sign', '+5\r\nhello\r\n0\r\n\r\n'],
    ['a prefix', '0x5\r\nhello\r\n0\r\n\r\n'],
    ['a size that overflows', '1234567890123\r\n'],
    ['a bare line feed behind the size', '5\nhello\r\n0\r\n\r\n'],
    ['a bare line feed behind the data', '5\r\nhello\n0\r\n\r\n'],
    ['a bare carriage return in an extension', '5;a\rb\r\nhello\r\n0\r\n\r\n'],
    ['data longer than the size', '5\r\nhello!\r\n0\r\n\r\n'],
    ['a blank before the size', ' 5\r\nhello\r\n0\r\n\r\n'],
    ['a blank behind the size', '5 \r\nhello\r\n0\r\n\r\n'],
    ['a line without a colon in the trailer', '0\r\nX-A\r\n\r\n'],
    ['a bare carriage return in the trailer', '0\r\nX-A: b\rc\r\n\r\n'],
    ['an endless extension', `5;${'a'.repeat(2_000)}`],
    ['an endless trailer', `0\r\n${'X-A: b\r\n'.repeat(5_000)}`],
  ])('with %s is an error', (_, text) => {
    for (const cut of [1, 7, 100_000]) {
      expect(() => decode(Buffer.from(text), cut), `pieces of ${cut}`).toThrow(UpstreamProtocolError);
    }
  });

  test('that ends early is not done', () => {
    const text = '5\r\nhello\r\n0\r\n\r\n';
    for (let length = 0; length < text.length; length += 1) {
      expect(decode(Buffer.from(text.slice(0, length)), 3).done).toBe(false);
    }
  });
});
