import { expect, test } from 'vitest';
import { parseLogin } from '../kernel/login.ts';
import { formatCodeMessage, formatReplacedMessage } from './replacement-texts.ts';

const ivanov = parseLogin('ivanov');

test('the message with a code says what it is for, and ends with the code', () => {
  expect(formatCodeMessage({ login: ivanov, code: '1234 5678', locale: 'ru' })).toBe(
    'Propusk: замена сертификата ivanov. Никому не говорите код 1234 5678',
  );
  expect(formatCodeMessage({ login: ivanov, code: '1234 5678', locale: 'en' })).toBe(
    'Propusk: replacing the certificate of ivanov. Tell nobody this code: 1234 5678',
  );
});

test('it is one part: 70 characters in Russian, 160 in English', () => {
  expect(formatCodeMessage({ login: ivanov, code: '1234 5678', locale: 'ru' }).length).toBeLessThanOrEqual(
    70,
  );
  const long = parseLogin('a'.repeat(64));
  expect(formatCodeMessage({ login: long, code: '1234 5678', locale: 'en' }).length).toBeLessThanOrEqual(160);
});

test('the owner is told what happened and what to do, in two parts at most', () => {
  expect(formatReplacedMessage({ login: ivanov, locale: 'ru' })).toBe(
    'Propusk: сертификат ivanov заменён по коду, старый не предъявлен. Не вы? Сообщите администратору',
  );
  expect(formatReplacedMessage({ login: ivanov, locale: 'en' })).toContain('Not you?');
  const long = formatReplacedMessage({ login: parseLogin('я'.repeat(64)), locale: 'ru' });
  expect(long).toContain(`${'я'.repeat(19)}… заменён`);
  // Of a message in parts, six octets of each are taken by its number (3GPP TS 23.040, 9.2.3.24.1).
  expect(long.length).toBeLessThanOrEqual(2 * 67);
});
