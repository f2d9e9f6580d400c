import { ProblemError } from '../../kernel/problem.ts';

export type TableEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251';
export type TableSeparator = 'comma' | 'semicolon' | 'tab';

export interface Table {
  readonly encoding: TableEncoding;
  readonly separator: TableSeparator;
  /** `line`: of the file, counted from 1. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

const SIGNS = { comma: ',', semicolon: ';', tab: '\t' } as const;
const CELL_MAX_CHARACTERS = 4_096;
const ROWS_MAX = 100_001;
/** The gate's requests are answered in between. */
const ROWS_AT_ONCE = 500;

/**
 * A table as spreadsheets save it: RFC 4180 with the separators and encodings that are met.
 *
 * @throws {ProblemError} `csv-invalid` with what is wrong and in which line
 */
export async function readTable(
  bytes: Uint8Array,
  wanted: { readonly encoding: TableEncoding | 'auto'; readonly separator: TableSeparator | 'auto' },
): Promise<Table> {
  const encoding = wanted.encoding === 'auto' ? guessEncoding(bytes) : wanted.encoding;
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ProblemError('csv-invalid', { detail: `the file is not in ${encoding}`, cause });
  }
  if (text.includes('\0')) throw new ProblemError('csv-invalid', { detail: 'the file is no text' });
  const separator = wanted.separator === 'auto' ? guessSeparator(text) : wanted.separator;
  const rows: { line: number; cells: string[] }[] = [];
  for (const row of parseRows(text, SIGNS[separator])) {
    if (row.cells.some((cell) => cell !== '')) rows.push(row);
    if (rows.length > ROWS_MAX) {
      throw new ProblemError('csv-invalid', { detail: `it has more than ${ROWS_MAX - 1} rows` });
    }
    if (rows.length % ROWS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return { encoding, separator, rows };
}

function guessEncoding(bytes: Uint8Array): TableEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  // Separators, digits and line ends are ASCII in any language: every other octet of theirs is zero in UTF-16.
  const sample = bytes.subarray(0, 4_096);
  const zeros = [0, 0];
  for (const [index, octet] of sample.entries())
    if (octet === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even + odd > sample.length / 20) return odd > even ? 'utf-16le' : 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1251';
  }
}

function guessSeparator(text: string): TableSeparator {
  const [head = ''] = text.split(/\r?\n/, 1);
  const countOf = (name: TableSeparator) => head.split(SIGNS[name]).length;
  return (['semicolon', 'tab', 'comma'] as const).reduce((best, name) =>
    countOf(name) > countOf(best) ? name : best,
  );
}

function* parseRows(text: string, separator: string): Generator<{ line: number; cells: string[] }> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const row = { line, cells: [] as string[] };
    for (;;) {
      let cell = '';
      if (text[at] === '"') {
        const opened = line;
        at += 1;
        for (;;) {
          const end = text.indexOf('"', at);
          if (end === -1) {
            throw new ProblemError('csv-invalid', {
              detail: `the quotation mark of line ${opened} is not closed`,
            });
          }
          const piece = text.slice(at, end);
          line += piece.split('\n').length - 1;
          cell += piece;
          at = end + 1;
          if (text[at] !== '"') break;
          cell += '"';
          at += 1;
        }
      }
      const start = at;
      while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1;
      cell += text.slice(start, at);
      if (cell.length > CELL_MAX_CHARACTERS) {
        throw new ProblemError('csv-invalid', { detail: `a cell of line ${row.line} is too long` });
      }
      row.cells.push(cell.trim());
      if (text[at] !== separator) break;
      at += 1;
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    line += 1;
    yield row;
  }
}
