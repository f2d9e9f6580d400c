import type { Login } from '../kernel/login.ts';
import { daysUntil, formatWhen } from './days-until.ts';
import type { ExpiringThing } from './ports.ts';
import type { ReminderSource, ReminderTexts } from './reminder-source.ts';

export interface CertificateReminderOptions {
  readonly thresholdDays: readonly number[];
  /** The portal's page for replacing. */
  readonly replaceUrl: string;
  readonly productName: string;
  readonly administratorContact: string;
  /** IANA name or an offset: whose date is told. The server's own by default. */
  readonly timeZone: string | undefined;
}

/** Reminders of the certificate that opens the applications. */
export function accessCertificateReminders(options: CertificateReminderOptions): ReminderSource {
  return {
    kind: 'access-certificate',
    thresholdDays: options.thresholdDays,
    compose(thing, now) {
      const { locale } = thing.owner;
      const when = formatWhen(daysUntil(thing.notAfter, now, options.timeZone), locale);
      return locale === 'ru' ? composeRussian(thing, when, options) : composeEnglish(thing, when, options);
    },
  };
}

function composeRussian(
  { owner: { login }, notAfter }: ExpiringThing,
  when: string,
  { replaceUrl, productName, administratorContact, timeZone }: CertificateReminderOptions,
): ReminderTexts {
  return {
    sms: `${productName}: сертификат ${cut(login)} истекает ${when}, ${shortDate(notAfter, 'ru', timeZone)}. Замените: ${replaceUrl}`,
    mail: {
      subject: `Сертификат ${login} истекает ${when}`,
      text: [
        `Сертификат учётной записи ${login} действует до ${longTime(notAfter, 'ru', timeZone)}, он истекает ${when}. После этого войти с ним будет нельзя.`,
        `Замените его сейчас, это займёт несколько минут:\n${replaceUrl}`,
        'Прежний сертификат перестанет действовать сразу, как только будет выпущен новый. Установите новый на всех компьютерах, где вы работаете.',
        `Если не получается, обратитесь к администратору: ${administratorContact}`,
        `Это письмо отправил ${productName}. Отвечать на него не нужно.`,
      ].join('\n\n'),
    },
  };
}

function composeEnglish(
  { owner: { login }, notAfter }: ExpiringThing,
  when: string,
  { replaceUrl, productName, administratorContact, timeZone }: CertificateReminderOptions,
): ReminderTexts {
  return {
    sms: `${productName}: the certificate of ${cut(login)} expires ${when}, on ${shortDate(notAfter, 'en', timeZone)}. Replace it: ${replaceUrl}`,
    mail: {
      subject: `The certificate of ${login} expires ${when}`,
      text: [
        `The certificate of the account ${login} is valid until ${longTime(notAfter, 'en', timeZone)}: it expires ${when}. After that it lets nobody in.`,
        `Replace it now, it takes a few minutes:\n${replaceUrl}`,
        'The former certificate stops working as soon as the new one is issued. Install the new one on every computer you work on.',
        `If it does not work, turn to your administrator: ${administratorContact}`,
        `This message was sent by ${productName}. There is no need to answer it.`,
      ].join('\n\n'),
    },
  };
}

/** A login takes at most this much of an SMS. */
const LOGIN_MAX_CHARACTERS = 20;

function cut(login: Login): string {
  const characters = Array.from(new Intl.Segmenter().segment(login), ({ segment }) => segment);
  return characters.length <= LOGIN_MAX_CHARACTERS
    ? login
    : `${characters.slice(0, LOGIN_MAX_CHARACTERS - 1).join('')}…`;
}

function shortDate(at: Date, locale: 'ru' | 'en', timeZone: string | undefined): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  return locale === 'ru'
    ? new Intl.DateTimeFormat('ru-RU', { dateStyle: 'short', ...zone }).format(at)
    : new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', ...zone }).format(
        at,
      );
}

function longTime(at: Date, locale: 'ru' | 'en', timeZone: string | undefined): string {
  return new Intl.DateTimeFormat(locale === 'ru' ? 'ru-RU' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);
}
