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

function cut(login: Login): string {
  const characters = Array.from(new Intl.Segmenter().segment(login), ({ segment }) => segment);
  return characters.length <= LOGIN_MAX_CHARACTERS
    ? login
    : `${characters.slice(0, LOGIN_MAX_CHARACTERS - 1).join('')}…`;
}
