import { describe, expect, test } from 'vitest';
import { parseAnswerPath, readAnswerPath } from './answer-path.ts';

const answer = {
  success: true,
  data: { messages: [{ id: 42, phone: '+79031234567' }], none: null },
  error_code: 7,
};

function read(path: string) {
  const steps = parseAnswerPath(path);
  if (!steps) throw new Error(`${path} is no path`);
  return readAnswerPath(answer, steps);
}

describe('a path into an answer', () => {
  test.each([
    ['success', true],
    ['error_code', 7],
    ['data.messages.0.id', 42],
    ['data.none', null],
  ])('%s finds %j', (path, expected) => {
    expect(read(path)).toBe(expected);
  });

  test.each([
    ['a member that is not there', 'data.missing'],
    ['an index past the end', 'data.messages.1'],
    ['a name in a list', 'data.messages.length'],
    ['a step into a number', 'error_code.value'],
    ['a step into null', 'data.none.id'],
    ['what every object inherits', 'constructor.name'],
    ['the prototype', '__proto__'],
  ])('finds nothing at %s', (_name, path) => {
    expect(read(path)).toBeUndefined();
  });

  test.each([
    ['an empty path', ''],
    ['an empty step', 'data..id'],
    ['a wildcard', 'data.*'],
    ['brackets', 'data[0]'],
    ['nine steps', 'a.b.c.d.e.f.g.h.i'],
    ['a step of 65 characters', 'a'.repeat(65)],
  ])('is not %s', (_name, path) => {
    expect(parseAnswerPath(path)).toBeUndefined();
  });
});
