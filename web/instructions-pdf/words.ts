import type { LocaleCode } from '../../src/portal/contract.ts';

interface Words {
  readonly contents: string;
  readonly page: (page: number, pages: number) => string;
  readonly revision: string;
  readonly figure: string;
  readonly note: string;
  readonly section: (number: string, title: string) => string;
}

/** The day on which the text was last gone through; printed, and the date of the PDF, so that a build can be repeated. */
export const REVISED_AT = new Date('2026-11-22T00:00:00Z');

export const WORDS: Readonly<Record<LocaleCode, Words>> = {
  ru: {
    contents: 'Содержание',
    page: (page, pages) => `Страница ${page} из ${pages}`,
    revision: 'Редакция от 22.11.2026',
    figure: 'Рис.',
    note: 'Обратите внимание',
    section: (number, title) => `п. ${number} «${title}»`,
  },
  en: {
    contents: 'Contents',
    page: (page, pages) => `Page ${page} of ${pages}`,
    revision: 'Revised on 22 November 2026',
    figure: 'Fig.',
    note: 'Please note',
    section: (number, title) => `section ${number} “${title}”`,
  },
};
