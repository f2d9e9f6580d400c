import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const lines = readFileSync(join(root, 'docs/coverage-access.md'), 'utf8').split('\n');
const cells = (line: string) => line.split('|').map((cell) => cell.trim());

/** name → file and test, of the table at the end. */
const proofs = lines
  .filter((line) => /^\| [\w-]+ \| `/.test(line))
  .map((line) => {
    const [, name = '', file = '', title = ''] = cells(line);
    return { name, file: file.replaceAll('`', ''), title };
  });
const sentences = lines
  .filter((line) => /^\| \d\.\d/.test(line))
  .map((line) => {
    const [, number = '', , said = ''] = cells(line);
    return {
      number,
      said,
      named: [...said.matchAll(/: ([\w, -]+)/g)].flatMap(([, list = '']) => list.split(', ')),
    };
  });

describe('the table of what people are told about access', () => {
  test('has every section, and no sentence twice', () => {
    const numbers = sentences.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(new Set(numbers.map((number) => number[0]))).toEqual(
      new Set(['1', '2', '3', '4', '5', '6', '7', '8']),
    );
    expect(sentences.length).toBeGreaterThan(50);
  });

  test('names a proof for each sentence', () => {
    const known = new Set(proofs.map(({ name }) => name));
    const wrong = sentences.filter(
      ({ named, said }) => named.length === 0 || named.some((name) => !known.has(name)) || said === '',
    );
    expect(wrong.map(({ number, named }) => `${number}: ${named.join(', ')}`)).toEqual([]);
  });

  test('names only tests that exist', () => {
    const missing = proofs.filter(
      ({ file, title }) =>
        !existsSync(join(root, file)) ||
        title === '' ||
        !readFileSync(join(root, file), 'utf8').includes(title),
    );
    expect(missing).toEqual([]);
  });

  test('uses every proof that it explains', () => {
    const used = new Set(sentences.flatMap(({ named }) => named));
    expect(proofs.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
  });
});
