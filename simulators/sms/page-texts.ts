import type { Fault } from './faults.ts';

export type Language = 'ru' | 'en';

export interface PageTexts {
  readonly title: string;
  readonly simulated: string;
  readonly messages: string;
  readonly phones: string;
  readonly emptyTitle: string;
  readonly emptyHint: string;
  readonly copy: string;
  readonly copied: string;
  readonly passwordLabel: string;
  readonly newMessage: string;
  readonly earlier: string;
  readonly today: string;
  readonly faults: string;
  readonly faultsHint: string;
  readonly apply: string;
  readonly faultNames: Readonly<Record<Fault['kind'], string>>;
  readonly faultHints: Readonly<Record<Fault['kind'], string>>;
}

export const PAGE_TEXTS: Readonly<Record<Language, PageTexts>> = {
  ru: {
    title: 'Телефон для SMS',
    simulated: 'Учебный шлюз: сообщения никуда не уходят, их видно только здесь.',
    messages: 'Сообщения',
    phones: 'Телефоны',
    emptyTitle: 'Сообщений пока нет',
    emptyHint: 'Скачайте сертификат на портале: пароль от файла придёт сюда.',
    copy: 'Скопировать пароль',
    copied: 'Скопировано',
    passwordLabel: 'Пароль от файла',
    newMessage: 'Новое сообщение',
    earlier: 'Раньше',
    today: 'Сегодня',
    faults: 'Поведение шлюза',
    faultsHint: 'Что увидит человек, когда SMS не доходит? Включите отказ и попробуйте.',
    apply: 'Применить',
    faultNames: {
      none: 'Работает',
      down: 'Не отвечает',
      'error-in-200': 'Нет денег на счёте',
      rubbish: 'Отвечает не то',
      slow: 'Отвечает медленно',
      'refuse-number': 'Не принимает номер',
    },
    faultHints: {
      none: 'принимает все сообщения',
      down: 'обрывает соединение',
      'error-in-200': 'ошибка в теле ответа 200',
      rubbish: 'страница HTML вместо ответа',
      slow: 'через 20 секунд',
      'refuse-number': 'окончательный отказ',
    },
  },
  en: {
    title: 'SMS phone',
    simulated: 'A practice gateway: messages go nowhere, they are shown here only.',
    messages: 'Messages',
    phones: 'Phones',
    emptyTitle: 'No messages yet',
    emptyHint: 'Download a certificate on the portal: the password of the file arrives here.',
    copy: 'Copy the password',
    copied: 'Copied',
    passwordLabel: 'Password of the file',
    newMessage: 'New message',
    earlier: 'Earlier',
    today: 'Today',
    faults: 'What the gateway does',
    faultsHint: 'What does a person see when an SMS does not arrive? Turn a failure on and try.',
    apply: 'Apply',
    faultNames: {
      none: 'Works',
      down: 'Does not answer',
      'error-in-200': 'No credits left',
      rubbish: 'Answers rubbish',
      slow: 'Answers slowly',
      'refuse-number': 'Refuses the number',
    },
    faultHints: {
      none: 'takes every message',
      down: 'cuts the connection',
      'error-in-200': 'an error in the body of a 200',
      rubbish: 'a page of HTML for an answer',
      slow: 'after 20 seconds',
      'refuse-number': 'a final refusal',
    },
  },
};

/** Russian unless English is asked for, in the address or by the browser. */
export function chooseLanguage(asked: string | null, acceptLanguage: string | undefined): Language {
  if (asked === 'ru' || asked === 'en') return asked;
  return /^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'ru';
}
