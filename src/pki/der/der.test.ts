import { describe, expect, test } from 'vitest';
import { problemOf } from '../testing/problem-of.ts';
import { checkDer, DerElement, readDer } from './der-element.ts';
import { readIntegerBytes, readOid, readSmallInteger, readString, readTime } from './der-values.ts';
import {
  encodeElement,
  encodeInteger,
  encodeOctetString,
  encodeOid,
  encodeSequence,
  encodeTime,
} from './der-writer.ts';
import { normaliseBer } from './normalise-ber.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('lengths', () => {
  test.each([0, 1, 127, 128, 255, 256, 65535, 65536, 70000])('%i octets are written and read', (length) => {
    const der = encodeOctetString(new Uint8Array(length));
    expect(readDer(der, 'x').content).toHaveLength(length);
    expect(normaliseBer(der, 'x')).toEqual(der);
  });

  test.each<[string, string, string]>([
    ['nothing', '', 'missing'],
    ['a tag alone', '04', 'ends within a length'],
    ['an indefinite length', '3080 0000', 'indefinite'],
    ['a length that could be shorter', '0481 01 00', 'not minimal'],
    ['a length with a leading zero', '0482 0080', 'not minimal'],
    ['a length of five octets', '0485 0000000001 00', 'too long'],
    ['a length that says too much', '0402 00', 'longer than what contains it'],
    ['octets after the end', '0400 00', 'follows the end'],
    ['a tag of several octets', '1f8101 00', 'tag of several'],
  ])('%s', (_, text, detail) => {
    const problem = problemOf(() => readDer(hex(text), 'x'));
    expect(problem).toEqual({ code: 'der-invalid', detail: expect.stringContaining(detail) });
  });

  test('an element cannot reach beyond the one that contains it', () => {
    expect(problemOf(() => readDer(hex('3003 0402 0000'), 'x').reader().next('y')).code).toBe('der-invalid');
    expect(() => new DerElement(hex('0401 00'), 5, 3)).toThrow('ends before');
  });
});

describe('the limits of the walk', () => {
  const limits = { maxBytes: 1000, maxElements: 10, maxDepth: 5 };
  const nested = (depth: number): Uint8Array =>
    depth === 0 ? encodeInteger(1) : encodeSequence(nested(depth - 1));

  test('as deep, as many and as long as allowed passes, one more does not', () => {
    const many = (count: number) => encodeSequence(...Array.from({ length: count }, () => encodeInteger(1)));
    checkDer(nested(5), 'x', limits);
    checkDer(many(9), 'x', limits);
    checkDer(encodeOctetString(new Uint8Array(996)), 'x', limits);
    expect(problemOf(() => checkDer(nested(6), 'x', limits)).detail).toContain('deeper than 5');
    expect(problemOf(() => checkDer(many(10), 'x', limits)).detail).toContain('more than 10 elements');
    expect(problemOf(() => checkDer(new Uint8Array(1001), 'x', limits)).detail).toContain('longer than 1000');
  });
});

describe('values', () => {
  test.each<[number | bigint, string]>([
    [0, '020100'],
    [127, '02017f'],
    [128, '02020080'],
    [255, '020200ff'],
    [256, '02020100'],
    [2n ** 64n, '0209010000000000000000'],
  ])('the integer %s', (value, der) => {
    expect(toHex(encodeInteger(value))).toBe(der);
    if (value < 2 ** 31) expect(readSmallInteger(readDer(hex(der), 'x'), 'x')).toBe(Number(value));
  });

  test.each(['0200', '0202 0001', '0202 ff80'])('the integer %s is not minimal', (der) => {
    expect(problemOf(() => readIntegerBytes(readDer(hex(der), 'x'), 'x')).code).toBe('der-invalid');
  });

  test.each([
    '2.5.4.3',
    '1.2.840.113549.1.12.10.1.2',
    '2.999.1',
    '0.9.2342.19200300.100.1.25',
    '1.2.643.7.1.1.1.1',
  ])('the object identifier %s', (oid) => {
    expect(readOid(readDer(encodeOid(oid), 'x'), 'x')).toBe(oid);
  });

  test.each(['0600', '0602 8001', '0602 2a86'])('the object identifier %s is damaged', (der) => {
    expect(problemOf(() => readOid(readDer(hex(der), 'x'), 'x')).code).toBe('der-invalid');
  });

  test.each<[string, number]>([
    ['1950-01-01T00:00:00Z', 0x17],
    ['2049-12-31T23:59:59Z', 0x17],
    ['2050-01-01T00:00:00Z', 0x18],
    ['9999-12-31T23:59:59Z', 0x18],
  ])('the time %s', (time, tag) => {
    const der = encodeTime(new Date(time));
    expect(der[0]).toBe(tag);
    expect(readTime(readDer(der, 'x'), 'x')).toEqual(new Date(time));
  });

  test.each<[number, string]>([
    [0x17, '2611221200Z'],
    [0x17, '261122120000+0300'],
    [0x17, '260230120000Z'],
    [0x17, '261122250000Z'],
    [0x18, '20261122120000.5Z'],
    [0x18, '20261122120000'],
  ])('the time %i %s is none', (tag, text) => {
    const der = encodeElement(tag, Buffer.from(text));
    expect(problemOf(() => readTime(readDer(der, 'x'), 'x')).code).toBe('der-invalid');
  });

  test.each<[number, string, string]>([
    [0x0c, 'd0b8', 'и'],
    [0x13, '61', 'a'],
    [0x14, 'e4', 'ä'],
    [0x1e, '0438', 'и'],
    [0x1c, '0001f600', '😀'],
  ])('the string of tag %i', (tag, content, text) => {
    expect(readString(readDer(encodeElement(tag, hex(content)), 'x'), 'x')).toBe(text);
  });

  test.each<[number, string]>([
    [0x0c, 'ff'],
    [0x1e, '04'],
    [0x1c, '00110000'],
    [0x02, '00'],
  ])('the string of tag %i with %s is none', (tag, content) => {
    const element = readDer(encodeElement(tag, hex(content)), 'x');
    expect(problemOf(() => readString(element, 'x')).code).toBe('der-invalid');
  });
});

describe('BER to DER', () => {
  test.each<[string, string, string]>([
    ['indefinite lengths', '3080 3080 020101 0000 0000', '3005 3003 020101'],
    ['an octet string in pieces', '2480 040161 040262 63 0000', '0403 616263'],
    ['pieces within pieces', '2409 2403 040161 040262 63', '0403 616263'],
    ['a length that could be shorter', '3084 00000003 020101', '3003 020101'],
    ['DER', '3003 020101', '3003 020101'],
  ])('%s', (_, ber, der) => {
    expect(toHex(normaliseBer(hex(ber), 'x'))).toBe(der.replaceAll(' ', ''));
  });

  test.each<[string, string]>([
    ['no end of an indefinite length', '3080 020101'],
    ['a primitive element of indefinite length', '0480 61 0000'],
    ['a piece that is no octet string', '2403 020101'],
    ['something after the end', '3000 00'],
    ['deeper than anybody nests', '3080'.repeat(30)],
  ])('%s is refused', (_, ber) => {
    expect(problemOf(() => normaliseBer(hex(ber), 'x')).code).toBe('der-invalid');
  });
});
