import type { Language } from './menu-data.ts';

export interface RefusalTexts {
  readonly title: string;
  /** Word for word as on the portal's page. */
  readonly text: string;
  readonly act: string;
}

const ru = {
  download: 'Скачать сертификат',
  choose: 'Выбрать другой сертификат',
  explain: 'Что делать',
};
const en = {
  download: 'Download the certificate',
  choose: 'Choose another certificate',
  explain: 'What to do',
};

/** By the gate's code; a code that is not here has the texts of `unknown`. */
export const REFUSALS: Readonly<Record<Language, Readonly<Record<string, RefusalTexts>>>> = {
  ru: {
    'certificate-missing': {
      title: 'У вас ещё нет сертификата',
      text: 'Вход в систему невозможен. Сертификат отсутствует',
      act: ru.download,
    },
    'certificate-mismatch-none-issued': {
      title: 'Выбран чужой сертификат',
      text: 'Вход в систему невозможен. Установленный сертификат в браузере не соответствует текущему пользователю. Сертификат отсутствует',
      act: ru.download,
    },
    'certificate-mismatch': {
      title: 'Выбран не тот сертификат',
      text: 'Вход в систему невозможен. Установленный сертификат в браузере не соответствует текущему пользователю. Сертификат был выпущен, но не установлен. Установите сертификат на устройство, перезапустите браузер и выберите установленный сертификат',
      act: ru.choose,
    },
    'certificate-not-presented': {
      title: 'Сертификат не выбран',
      text: 'Вход в систему невозможен. Сертификат был выпущен, но не установлен на вашем устройстве. Установите сертификат на устройство, перезапустите браузер и выберите установленный сертификат',
      act: ru.choose,
    },
    'certificate-revoked': {
      title: 'Сертификат аннулирован',
      text: 'Ваш сертификат был аннулирован. Вход в систему невозможен, обратитесь к администратору',
      act: ru.explain,
    },
    'certificate-expired': {
      title: 'Срок сертификата истёк',
      text: 'Вход в систему невозможен. Ваш сертификат просрочен',
      act: ru.download,
    },
    'account-blocked': {
      title: 'Учётная запись заблокирована',
      text: 'Вход в систему невозможен. Ваша учётная запись заблокирована, обратитесь к администратору',
      act: ru.explain,
    },
    'certificate-suspended': {
      title: 'Сертификат приостановлен',
      text: 'Вход в систему невозможен. Действие вашего сертификата приостановлено, обратитесь к администратору',
      act: ru.explain,
    },
    'certificate-not-yet-valid': {
      title: 'Сертификат ещё не действует',
      text: 'Вход в систему невозможен. Срок действия вашего сертификата ещё не начался',
      act: ru.explain,
    },
    'sign-in-required': {
      title: 'Нужно войти снова',
      text: 'Сеанс закончился: вы вышли на другой вкладке или долго не работали.',
      act: 'Войти',
    },
    'other-account': {
      title: 'Вошёл другой пользователь',
      text: 'Эта страница открыта для {from}, а сейчас в этом браузере вошёл {to}. Сохранить её под другой учётной записью нельзя.',
      act: 'Обновить страницу',
    },
    unknown: {
      title: 'Вход закрыт',
      text: 'Сейчас эта страница не может работать дальше. Причина и что делать — на отдельной странице.',
      act: ru.explain,
    },
  },
  en: {
    'certificate-missing': {
      title: 'You have no certificate yet',
      text: 'Access denied. You have no certificate yet',
      act: en.download,
    },
    'certificate-mismatch-none-issued': {
      title: 'Someone else’s certificate was chosen',
      text: 'Access denied. The certificate in your browser belongs to someone else, and you have none yet',
      act: en.download,
    },
    'certificate-mismatch': {
      title: 'The wrong certificate was chosen',
      text: 'Access denied. The certificate chosen in your browser is not yours. Yours has been issued: install it on this device, restart the browser and choose it',
      act: en.choose,
    },
    'certificate-not-presented': {
      title: 'No certificate was chosen',
      text: 'Access denied. Your certificate has been issued but is not installed on this device. Install it, restart the browser and choose it',
      act: en.choose,
    },
    'certificate-revoked': {
      title: 'Your certificate was revoked',
      text: 'Your certificate has been revoked. Access denied; contact your administrator',
      act: en.explain,
    },
    'certificate-expired': {
      title: 'Your certificate has expired',
      text: 'Access denied. Your certificate has expired',
      act: en.download,
    },
    'account-blocked': {
      title: 'Your account is blocked',
      text: 'Access denied. Your account is blocked; contact your administrator',
      act: en.explain,
    },
    'certificate-suspended': {
      title: 'Your certificate is suspended',
      text: 'Access denied. Your certificate is suspended; contact your administrator',
      act: en.explain,
    },
    'certificate-not-yet-valid': {
      title: 'Your certificate is not valid yet',
      text: 'Access denied. Your certificate is not valid yet',
      act: en.explain,
    },
    'sign-in-required': {
      title: 'Please sign in again',
      text: 'Your session has ended: you signed out in another tab, or nothing was done for a long time.',
      act: 'Sign in',
    },
    'other-account': {
      title: 'Another user has signed in',
      text: 'This page was opened for {from}; now {to} is signed in with this browser. It cannot be saved under another account.',
      act: 'Reload the page',
    },
    unknown: {
      title: 'Access closed',
      text: 'This page cannot go on now. The reason, and what to do, are on a page of their own.',
      act: en.explain,
    },
  },
};
