import { describe, expect, test } from 'vitest';
import { problemOf } from '../testing/problem-of.ts';
import { decodePem, encodePem } from './pem.ts';

const bytes = Uint8Array.from({ length: 100 }, (_, index) => index);
const block = encodePem('CERTIFICATE', bytes);

test('lines have 64 characters, and decoding is the inverse of encoding', () => {
  expect(block.split('\n').map((line) => line.length)).toEqual([27, 64, 64, 8, 25, 0]);
  expect(decodePem(block)).toEqual([{ label: 'CERTIFICATE', bytes }]);
});

describe('what is taken', () => {
  test.each<[string, string | Uint8Array]>([
    ['a byte order mark', `\ufeff${block}`],
    ['a byte order mark in octets', Buffer.from(`\ufeff${block}`, 'utf8')],
    ['lines of Windows', block.replaceAll('\n', '\r\n')],
    ['lines of an old Mac', block.replaceAll('\n', '\r')],
    ['blanks around the lines', block.replaceAll('\n', ' \n\t')],
    ['no line ending at the end', block.trimEnd()],
    ['text before and after', `subject=CN = иванов\nissuer=...\n${block}\nthe end\n`],
    ['attributes in the block', block.replace('\n', '\nComment: made by hand\n\n')],
    [
      'everything in one line',
      `-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes).toString('base64')}\n-----END CERTIFICATE-----`,
    ],
  ])('%s', (_, text) => {
    expect(decodePem(text)).toEqual([{ label: 'CERTIFICATE', bytes }]);
  });

  test('several blocks of several kinds, in their order', () => {
    const text = `${block}\n${encodePem('EC PRIVATE KEY', Uint8Array.of(1))}${encodePem('X509 CRL', Uint8Array.of(2, 3))}`;
    expect(decodePem(text).map(({ label }) => label)).toEqual(['CERTIFICATE', 'EC PRIVATE KEY', 'X509 CRL']);
  });
});

describe('what is not', () => {
  test.each<[string, string, string]>([
    ['an empty text', '', 'no block'],
    ['text without a block', 'hello', 'no block'],
    ['a block without an end', block.slice(0, 60), 'no END line'],
    ['a block within a block', block.replace('\n', '\n-----BEGIN X-----\n'), 'no END line'],
    ['an end without a beginning', '-----END CERTIFICATE-----', 'without its BEGIN'],
    ['an end of another kind', block.replace('END CERTIFICATE', 'END CRL'), 'without its BEGIN'],
    ['a missing character of base64', block.replace('AAECAw', 'AAECA'), 'not base64'],
    ['a character that base64 has not', block.replace('AAECAw', 'AAEC*w'), 'not base64'],
    ['an empty block', '-----BEGIN X-----\n-----END X-----', 'not base64'],
    ['more blocks than anybody needs', encodePem('X', Uint8Array.of(1)).repeat(2001), 'more than 2000'],
    ['a text that is too long', 'x'.repeat(4 * 1024 * 1024 + 1), 'longer than'],
  ])('%s', (_, text, detail) => {
    const problem = problemOf(() => decodePem(text));
    expect(problem.code).toBe('pem-invalid');
    expect(problem.detail).toContain(detail);
  });
});
