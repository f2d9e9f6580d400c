import { describe, expect, test } from 'vitest';
import type { FailureCode } from '../../../src/console/dss/contract.ts';
import { en } from './en.ts';
import { wordsOf } from './failure-words.ts';
import { ru } from './ru.ts';

const LOGIN =
  'Не удалось подключиться к серверу DSS: неверный логин или пароль - проверьте правильность заполнения данных';
const ADDRESS =
  'Не удалось подключиться к серверу DSS - проверьте правильность ввода адресов серверов, доступ к сети Интернет';

const FAILURES = Object.keys(ru.failure) as FailureCode[];

function said(failure: FailureCode): string {
  const words = wordsOf(failure);
  return words.kind === 'own'
    ? ru.failedWord[words.word]
    : `${ru.failed[words.title]} - ${ru.failed[words.advice]}`;
}

describe('the words for failures', () => {
  test('are complete in both languages', () => {
    expect(FAILURES.length).toBeGreaterThan(20);
    for (const failure of FAILURES) {
      expect(ru.failure[failure]).not.toBe('');
      expect(en.failure[failure]).not.toBe('');
    }
  });

  test('speak of a wrong password for a wrong password alone', () => {
    const ofLogin = FAILURES.filter((failure) => said(failure) === LOGIN);
    expect(ofLogin).toEqual(['sign-in-failed']);
    for (const failure of FAILURES) {
      if (failure !== 'sign-in-failed') expect(said(failure)).not.toContain('пароль');
    }
  });

  test.each(['name-unknown', 'unreachable', 'tls-untrusted', 'tls-gost', 'too-slow', 'not-a-dss'] as const)(
    '%s is a matter of addresses and ways',
    (failure) => {
      expect(said(failure)).toBe(ADDRESS);
    },
  );
});
