import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { en } from './en.ts';
import { ru } from './ru.ts';

interface Tree {
  readonly [key: string]: string | Tree;
}

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}

const russian = flatten(ru);
const english = flatten(en);
const placeholders = (value: string | undefined) =>
  [...(value ?? '').matchAll(/\{\{\w+\}\}/g)].map(String).sort();

describe('the messages of the access document, letter for letter', () => {
  test.each([
    ['certificate-missing', 'Вход в систему невозможен. Сертификат отсутствует'],
    [
      'certificate-mismatch-none-issued',
      'Вход в систему невозможен. Установленный сертификат в браузере не соответствует текущему пользователю. Сертификат отсутствует',
    ],
    [
      'certificate-mismatch',
      'Вход в систему невозможен. Установленный сертификат в браузере не соответствует текущему пользователю. Сертификат был выпущен, но не установлен. Установите сертификат на устройство, перезапустите браузер и выберите установленный сертификат',
    ],
    [
      'certificate-not-presented',
      'Вход в систему невозможен. Сертификат был выпущен, но не установлен на вашем устройстве. Установите сертификат на устройство, перезапустите браузер и выберите установленный сертификат',
    ],
    [
      'certificate-revoked',
      'Ваш сертификат был аннулирован. Вход в систему невозможен, обратитесь к администратору',
    ],
    ['certificate-expired', 'Вход в систему невозможен. Ваш сертификат просрочен'],
  ] as const)('%s', (reason, text) => {
    expect(ru.refusal.reasons[reason].text).toBe(text);
  });

  test.each([
    ['certificate-missing', 'Access denied. You have no certificate yet'],
    [
      'certificate-mismatch-none-issued',
      'Access denied. The certificate in your browser belongs to someone else, and you have none yet',
    ],
    [
      'certificate-mismatch',
      'Access denied. The certificate chosen in your browser is not yours. Yours has been issued: install it on this device, restart the browser and choose it',
    ],
    [
      'certificate-not-presented',
      'Access denied. Your certificate has been issued but is not installed on this device. Install it, restart the browser and choose it',
    ],
    ['certificate-revoked', 'Your certificate has been revoked. Access denied; contact your administrator'],
    ['certificate-expired', 'Access denied. Your certificate has expired'],
  ] as const)('%s in English', (reason, text) => {
    expect(en.refusal.reasons[reason].text).toBe(text);
  });
});

test('the buttons carry their agreed words', () => {
  expect([
    ru.certificate.download,
    ru.common.home,
    ru.common.signOut,
    ru.refusal.installed,
    ru.certificate.installed,
    ru.refusal.chooseAnother,
    ru.certificate.sendAgain,
    ru.certificate.wrongNumber,
  ]).toEqual([
    'Скачать сертификат',
    'На главную',
    'Выйти',
    'Я установил сертификат',
    'Я установил сертификат',
    'Выбрать другой сертификат',
    'Отправить пароль ещё раз',
    'Номер неверен?',
  ]);
});

test('the file is deleted from the places that the access document lists', () => {
  expect(Object.values(ru.certificate.deletePlaces)).toEqual([
    'Компьютер',
    'Флешка',
    'Облачные хранилища, такие как Google Диск, Яндекс Диск и т.д.',
    'Почта',
    'Прочее',
  ]);
  expect(ru.certificate.deleteBin).toBe('и очистить корзину, чтобы исключить случаи кражи сертификата.');
});

describe('both languages', () => {
  test('have the same keys', () => {
    expect([...english.keys()].sort()).toEqual([...russian.keys()].sort());
    expect(russian.size).toBeGreaterThan(150);
  });

  test('fill in the same values', () => {
    for (const [key, value] of russian) {
      expect([key, placeholders(english.get(key))]).toEqual([key, placeholders(value)]);
    }
  });

  test('leave no text empty', () => {
    expect([...russian, ...english].filter(([, value]) => value.trim() === '')).toEqual([]);
  });

  test('no English text is still Russian', () => {
    const cyrillic = [...english].filter(([, value]) => /\p{Script=Cyrillic}/u.test(value));
    expect(cyrillic).toEqual([]);
  });

  test('no Russian text is still English', () => {
    const latin = [...russian].filter(([, value]) => !/\p{Script=Cyrillic}/u.test(value)).map(([key]) => key);
    expect(latin).toEqual([]);
  });
});

describe('every text', () => {
  /** Keys that are put together where they are used. */
  const BUILT = [
    /^refusal\.reasons\./,
    /^device\.advice\./,
    /^firefox\.kinds\./,
    /^firefox\.known\./,
    /^certificate\.steps\./,
    /^certificate\.browsers\./,
    /^certificate\.deletePlaces\./,
    /^causes\./,
    /^home\.state\./,
    /^home\.stateHint\./,
    /^signIn\.whyPage\./,
    /_(?:one|few|many)$/,
  ];

  test('is used somewhere', async () => {
    const folder = resolve(import.meta.dirname, '..');
    const names = await readdir(folder, { recursive: true });
    const sources = await Promise.all(
      names
        .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('texts') && !name.includes('.test.'))
        .map((name) => readFile(resolve(folder, name), 'utf8')),
    );
    expect(sources.length).toBeGreaterThan(40);
    const code = sources.join('\n');
    const unused = [...russian.keys()].filter(
      (key) => !BUILT.some((pattern) => pattern.test(key)) && !code.includes(`'${key}'`),
    );
    expect(unused).toEqual([]);
  });
});
