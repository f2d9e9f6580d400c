export type Language = 'ru' | 'en';

export interface PageTexts {
  readonly title: string;
  readonly simulated: string;
  readonly mails: string;
  readonly from: string;
  readonly to: string;
  readonly received: string;
  readonly source: string;
  readonly emptyTitle: string;
  readonly emptyHint: string;
  readonly newMail: string;
}

export const PAGE_TEXTS: Readonly<Record<Language, PageTexts>> = {
  ru: {
    title: 'Почтовый ящик',
    simulated: 'Учебный почтовый сервер: письма никуда не уходят, их видно только здесь.',
    mails: 'Письма',
    from: 'От кого',
    to: 'Кому',
    received: 'Получено',
    source: 'Исходный текст письма',
    emptyTitle: 'Писем пока нет',
    emptyHint:
      'Напоминание придёт сюда за 14 дней до конца сертификата, а извещение — когда сертификат заменят по коду из SMS.',
    newMail: 'Новое письмо',
  },
  en: {
    title: 'Mailbox',
    simulated: 'A practice mail server: messages go nowhere, they are seen only here.',
    mails: 'Messages',
    from: 'From',
    to: 'To',
    received: 'Received',
    source: 'Source of the message',
    emptyTitle: 'No messages yet',
    emptyHint:
      'A reminder arrives here 14 days before a certificate expires, and a notice when one is replaced with a code from an SMS.',
    newMail: 'New message',
  },
};

/** What the address asks for, else what the browser prefers, else Russian. */
export function chooseLanguage(asked: string | null, acceptLanguage: string | undefined): Language {
  if (asked === 'ru' || asked === 'en') return asked;
  const first = acceptLanguage?.split(',')[0]?.trim().toLowerCase() ?? '';
  return first.startsWith('en') ? 'en' : 'ru';
}
