import { describe, expect, test } from 'vitest';
import { readDer, TAG } from '../der/der-element.ts';
import { encodeElement, encodeOid, encodeSequence } from '../der/der-writer.ts';
import { readDistinguishedName } from './distinguished-name.ts';
import { isEquivalentName } from './name-comparison.ts';

function name(content: string | Uint8Array, tag: number = TAG.utf8String, type = '2.5.4.3') {
  const value = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const set = encodeElement(TAG.set, encodeSequence(encodeOid(type), encodeElement(tag, value)));
  return readDistinguishedName(readDer(encodeSequence(set), 'name'), 'name');
}

describe('names are the same', () => {
  test.each<[string, ReturnType<typeof name>, ReturnType<typeof name>]>([
    ['in another case', name('Ромашка'), name('РОМАШКА')],
    ['with more spaces', name(' Two  words '), name('two words')],
    ['in another type of string', name('Romashka'), name('Romashka', TAG.printableString)],
    ['in two octets for a letter', name('Ж'), name(Uint8Array.of(0x04, 0x16), TAG.bmpString)],
    ['with letters in two pieces', name('e\u0301'), name('\u00e9')],
    ['with letters of full width', name('ＡＢ'), name('ab')],
    ['with a soft hyphen', name('Roma\u00adshka'), name('Romashka')],
    ['with another kind of space', name('a\u00a0b'), name('a b')],
    ['with ß for ss', name('Straße'), name('STRASSE')],
    [
      'which are no texts, octet by octet',
      name(Uint8Array.of(1), 0x02, '1.2.3'),
      name(Uint8Array.of(1), 0x02, '1.2.3'),
    ],
    [
      'which are not UTF-8, octet by octet',
      name(Uint8Array.of(0xff), 0x0c, '1.2.3'),
      name(Uint8Array.of(0xff), 0x0c, '1.2.3'),
    ],
  ])('%s', (_, left, right) => {
    expect(isEquivalentName(left, right)).toBe(true);
  });
});

describe('names differ', () => {
  test.each<[string, ReturnType<typeof name>, ReturnType<typeof name>]>([
    ['in a letter', name('Romashka'), name('Romaska')],
    ['in an accent', name('e'), name('é')],
    ['in a letter that only looks alike', name('Romashka'), name('Romаshka')],
    ['in the type of the attribute', name('a'), name('a', TAG.utf8String, '2.5.4.10')],
    ['in spaces within and none', name('a b'), name('ab')],
    [
      'which are not UTF-8',
      name(Uint8Array.of(0xff), 0x0c, '1.2.3'),
      name(Uint8Array.of(0xfe), 0x0c, '1.2.3'),
    ],
  ])('%s', (_, left, right) => {
    expect(isEquivalentName(left, right)).toBe(false);
  });
});
