import type { Page } from 'playwright-core';
import type { Chromium } from '../harness/chromium.ts';
import type { PickerLine } from '../harness/chromium-picker.ts';
import type { Demo } from './demo.ts';

/** The texts that people see; the seed's six messages stand here letter for letter, not taken from the product. */
export const TEXTS = {
  ru: {
    login: 'Логин',
    password: 'Пароль',
    signIn: 'Войти',
    download: 'Скачать сертификат',
    installed: 'Я установил сертификат',
    chooseAnother: 'Выбрать другой сертификат',
    fileLost: 'Файл потерян',
    replace: 'Заменить сертификат',
    home: 'На главную',
    signOut: 'Выйти',
    messages: {
      'certificate-missing': 'Вход в систему невозможен. Сертификат отсутствует',
      'certificate-mismatch-none-issued':
        'Вход в систему невозможен. Установленный сертификат в браузере не соответствует текущему пользователю. Сертификат отсутствует',
      'certificate-mismatch':
        'Вход в систему невозможен. Установленный сертификат в браузере не соответствует текущему пользователю. Сертификат был выпущен, но не установлен. Установите сертификат на устройство, перезапустите браузер и выберите установленный сертификат',
      'certificate-not-presented':
        'Вход в систему невозможен. Сертификат был выпущен, но не установлен на вашем устройстве. Установите сертификат на устройство, перезапустите браузер и выберите установленный сертификат',
      'certificate-revoked':
        'Ваш сертификат был аннулирован. Вход в систему невозможен, обратитесь к администратору',
      'certificate-expired': 'Вход в систему невозможен. Ваш сертификат просрочен',
    },
  },
  en: {
    login: 'Login',
    password: 'Password',
    signIn: 'Sign in',
    download: 'Download the certificate',
    installed: 'I have installed the certificate',
    chooseAnother: 'Choose another certificate',
    fileLost: 'The file is lost',
    replace: 'Replace the certificate',
    home: 'Home',
    signOut: 'Sign out',
    messages: {
      'certificate-missing': 'Access denied. You have no certificate yet',
      'certificate-mismatch-none-issued':
        'Access denied. The certificate in your browser belongs to someone else, and you have none yet',
      'certificate-mismatch':
        'Access denied. The certificate chosen in your browser is not yours. Yours has been issued: install it on this device, restart the browser and choose it',
      'certificate-not-presented':
        'Access denied. Your certificate has been issued but is not installed on this device. Install it, restart the browser and choose it',
      'certificate-revoked': 'Your certificate has been revoked. Access denied; contact your administrator',
      'certificate-expired': 'Access denied. Your certificate has expired',
    },
  },
} as const;

export type PortalLanguage = keyof typeof TEXTS;
export type RefusalReason = keyof (typeof TEXTS)['ru']['messages'];

/** Fills the sign-in form that is on the page; does not wait for what comes next. */
export async function signIn(
  page: Page,
  demo: Pick<Demo, 'passwordOf'>,
  login: string,
  language: PortalLanguage = 'ru',
): Promise<void> {
  const texts = TEXTS[language];
  await page.getByLabel(texts.login, { exact: true }).fill(login);
  await page.getByLabel(texts.password, { exact: true }).fill(await demo.passwordOf(login));
  await page.getByRole('button', { name: texts.signIn, exact: true }).click();
}

/** Waits for the refusal page and returns its message as a person reads it. */
export async function readRefusal(page: Page, reason: RefusalReason): Promise<string> {
  const content = page.locator(`[data-reason="${reason}"]`);
  await content.waitFor({ timeout: 20_000 });
  return ((await content.locator('p').first().textContent()) ?? '').trim();
}

export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

/** Presses a button after which the browser asks for a certificate, and answers; the click ends only after the answer. */
export async function pressAndChoose(chromium: Chromium, name: string, subject: string): Promise<PickerLine> {
  const pressed = press(chromium.page, name);
  const line = await chromium.picker.choose(subject);
  await pressed;
  return line;
}
