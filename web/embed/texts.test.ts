import { describe, expect, test } from 'vitest';
import { refusalEn } from '../portal/texts/refusal-en.ts';
import { refusalRu } from '../portal/texts/refusal-ru.ts';
import { REFUSALS } from './refusal-texts.ts';
import { chooseLanguage, formatDaysLeft, TEXTS } from './texts.ts';

describe.each([
  ['ru', refusalRu],
  ['en', refusalEn],
] as const)('the refusals in %s', (language, portal) => {
  test.each(Object.entries(portal.reasons))('%s reads as on the portal', (code, { title, text }) => {
    expect(REFUSALS[language][code]).toMatchObject({ title, text });
  });
});

test('every text is there in both languages', () => {
  expect(Object.keys(TEXTS.en)).toEqual(Object.keys(TEXTS.ru));
  expect(Object.keys(REFUSALS.en)).toEqual(Object.keys(REFUSALS.ru));
});

test.each([
  ['ru', 14, 'осталось 14 дней'],
  ['ru', 3, 'осталось 3 дня'],
  ['ru', 1, 'остался 1 день'],
  ['ru', 21, 'остался 21 день'],
  ['ru', 0, 'сегодня последний день'],
  ['en', 14, '14 days left'],
  ['en', 1, '1 day left'],
  ['en', -1, 'today is the last day'],
] as const)('%s, %i: %s', (language, days, text) => {
  expect(formatDaysLeft(language, days)).toBe(text);
});

test.each([
  ['the page’s', 'ru', ['en-US'], 'ru'],
  ['the page’s, with a region', 'en-GB', ['ru'], 'en'],
  ['the browser’s where the page says nothing', '', ['de', 'ru-RU', 'en'], 'ru'],
  ['the browser’s where the page is in another', 'de', ['en-US'], 'en'],
  ['the installation’s', 'de', ['fr'], 'ru'],
] as const)('the language is %s', (_name, page, browser, expected) => {
  expect(chooseLanguage(page, browser, 'ru')).toBe(expected);
});
