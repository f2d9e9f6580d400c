import type { Login } from '../kernel/login.ts';

interface ReplacementMessage {
  readonly login: Login;
  readonly locale: 'ru' | 'en';
}

/** A login takes at most this much of a message; what it is about comes after it. */
const LOGIN_MAX_CHARACTERS = 20;

/** The one-time code for replacing a certificate that was not presented. The code ends the message, as the password does. */
export function formatCodeMessage({
  login,
  code,
  locale,
}: ReplacementMessage & { readonly code: string }): string {
  return locale === 'ru'
    ? `Propusk: замена сертификата ${cut(login)}. Никому не говорите код ${code}`
    : `Propusk: replacing the certificate of ${cut(login)}. Tell nobody this code: ${code}`;
}

/** For the owner, after the certificate was replaced with such a code. */
export function formatReplacedMessage({ login, locale }: ReplacementMessage): string {
  return locale === 'ru'
    ? `Propusk: сертификат ${cut(login)} заменён по коду, старый не предъявлен. Не вы? Сообщите администратору`
    : `Propusk: the certificate of ${cut(login)} was replaced with a code, without the old one. Not you? Tell your administrator`;
}

/** The same for a mailbox, where there is room to say what to do. */
export function formatReplacedMail({
  login,
  locale,
  productName,
  at,
  timeZone,
}: ReplacementMessage & {
  readonly productName: string;
  readonly at: Date;
  /** The server's own by default. */
  readonly timeZone: string | undefined;
}): { readonly subject: string; readonly text: string } {
  const time = formatMailTime(at, locale, timeZone);
  return locale === 'ru'
    ? {
        subject: `Сертификат ${login} заменён`,
        text: [
          `${time} сертификат учётной записи ${login} заменён по коду из SMS. Прежний сертификат при этом предъявлен не был; он больше не действует.`,
          'Если это сделали вы, ничего делать не нужно: установите новый сертификат и удалите прежний.',
          'Если это сделали не вы, сразу сообщите администратору: кто-то знает ваш пароль и читает SMS на вашем телефоне.',
          `Это письмо отправил ${productName}. Отвечать на него не нужно.`,
        ].join('\n\n'),
      }
    : {
        subject: `The certificate of ${login} was replaced`,
        text: [
          `On ${time} the certificate of the account ${login} was replaced with a code sent by SMS. The former certificate was not presented; it is no longer valid.`,
          'If this was you, there is nothing to do: install the new certificate and remove the former one.',
          'If this was not you, tell your administrator at once: somebody knows your password and reads the SMS on your telephone.',
          `This message was sent by ${productName}. There is no need to answer it.`,
        ].join('\n\n'),
      };
}

function formatMailTime(at: Date, locale: 'ru' | 'en', timeZone: string | undefined): string {
  return new Intl.DateTimeFormat(locale === 'ru' ? 'ru-RU' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);
}

function cut(login: Login): string {
  const characters = Array.from(new Intl.Segmenter().segment(login), ({ segment }) => segment);
  return characters.length <= LOGIN_MAX_CHARACTERS
    ? login
    : `${characters.slice(0, LOGIN_MAX_CHARACTERS - 1).join('')}…`;
}
