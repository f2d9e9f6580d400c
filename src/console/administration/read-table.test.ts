import { describe, expect, test } from 'vitest';
import { readTable } from './read-table.ts';

const AUTO = { encoding: 'auto', separator: 'auto' } as const;
const TEXT = 'логин;имя\r\nivanov;Иванов Иван\r\n';
const windows1251 = (text: string) =>
  Uint8Array.from(text, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    return code < 0x80 ? code : code - 0x410 + 0xc0;
  });

describe('a table', () => {
  test.each([
    ['utf-8', Buffer.from(TEXT)],
    ['utf-8', Buffer.from(`\ufeff${TEXT}`)],
    ['utf-16le', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['utf-16le', Buffer.from(TEXT, 'utf16le')],
    ['utf-16be', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()],
    ['windows-1251', windows1251(TEXT)],
  ] as const)('in %s is recognised', async (encoding, bytes) => {
    const table = await readTable(bytes, AUTO);
    expect(table).toMatchObject({ encoding, separator: 'semicolon' });
    expect(table.rows).toEqual([
      { line: 1, cells: ['логин', 'имя'] },
      { line: 2, cells: ['ivanov', 'Иванов Иван'] },
    ]);
  });

  test.each([
    ['comma', 'a,b\n1,2'],
    ['tab', 'a\tb\n1\t2'],
    ['semicolon', 'a;b\n1;2'],
  ] as const)('may be separated by a %s', async (separator, text) => {
    const table = await readTable(Buffer.from(text), AUTO);
    expect(table.separator).toBe(separator);
    expect(table.rows[1]?.cells).toEqual(['1', '2']);
  });

  test('may have quotation marks, separators and line ends inside of quotation marks', async () => {
    const { rows } = await readTable(Buffer.from('a,b\n"x, ""y""","one\ntwo"\n\nlast,\n'), AUTO);
    expect(rows).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['x, "y"', 'one\ntwo'] },
      { line: 5, cells: ['last', ''] },
    ]);
  });

  test.each([
    ['an open quotation mark', Buffer.from('a,b\n"x'), 'line 2'],
    ['no text', Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0x61, 0x62, 0x63]), 'no text'],
  ])('is refused: %s', async (_, bytes, detail) => {
    const reading = readTable(bytes, { encoding: 'windows-1251', separator: 'comma' });
    await expect(reading).rejects.toMatchObject({
      code: 'csv-invalid',
      detail: expect.stringContaining(detail),
    });
  });

  test('of 100,000 rows is read while others get their turn', async () => {
    const text = Array.from(
      { length: 100_000 },
      (_, index) => `user${index},Имя ${index},+7916${1_000_000 + index},`,
    ).join('\n');
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    const { rows } = await readTable(Buffer.from(text), AUTO);
    clearInterval(timer);
    expect(rows).toHaveLength(100_000);
    expect(turns).toBeGreaterThan(3);
  });
});
