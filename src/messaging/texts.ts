import type { Login } from '../kernel/login.ts';

/** 3GPP TS 23.038, section 6.2.1: what one part holds. */
const PART_GSM_7 = 160;
const PART_UCS_2 = 70;
/** The part of the GSM 7-bit alphabet that our texts can meet: printable ASCII without the characters that are not in it or take two places. */
const GSM_7 = /^[\x20-\x5a\x5f\x61-\x7a]*$/;

export interface PasswordMessage {
  readonly login: Login;
  /** The password of the certificate file; ASCII. */
  readonly password: string;
  readonly issuedAt: Date;
  readonly locale: 'ru' | 'en';
  /** IANA name, for the date as the person knows it. The server's own zone by default. */
  readonly timeZone?: string;
}

/**
 * The SMS with the password of a certificate file. The password ends the message, so that it can be picked out and
 * copied. One part where possible: a long login is cut, visibly, down to eight characters; the password never.
 */
export function formatPasswordMessage(message: PasswordMessage): string {
  const date = formatDate(message);
  const withLogin = (login: string) =>
    message.locale === 'ru'
      ? `Propusk: пароль файла ${login} ${date}: ${message.password}`
      : `Propusk: password of file ${login} ${date}: ${message.password}`;
  const whole = withLogin(message.login);
  const [part, mark] = GSM_7.test(whole) ? [PART_GSM_7, '...'] : [PART_UCS_2, '…'];
  if (whole.length <= part) return whole;
  const room = part - (whole.length - message.login.length) - mark.length;
  return withLogin(`${cutText(message.login, Math.max(room, 8))}${mark}`);
}

/** At most `units` UTF-16 units, which is what UCS-2 counts, and no character cut in two. */
function cutText(text: string, units: number): string {
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (cut.length + segment.length > units) break;
    cut += segment;
  }
  return cut;
}

function formatDate({ issuedAt, locale, timeZone }: PasswordMessage): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  return locale === 'ru'
    ? new Intl.DateTimeFormat('ru-RU', { day: '2-digit', month: '2-digit', ...zone }).format(issuedAt)
    : new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', ...zone }).format(issuedAt);
}
