import type { EmailAddress } from '../../kernel/brand.ts';
import { type Login, parseLogin } from '../../kernel/login.ts';
import type { PhoneNumber } from '../../kernel/phone-number.ts';
import { parseEmailAddress } from '../../messaging/email-address.ts';
import { parsePhoneNumber } from '../../messaging/phone-number.ts';

export interface Person {
  readonly login: Login;
  readonly displayName: string;
  readonly phone: PhoneNumber | undefined;
  readonly email: EmailAddress | undefined;
}

/**
 * What somebody has typed about a person; empty: none.
 *
 * @throws {ProblemError} `login-invalid`, `phone-invalid`, `email-invalid`
 */
export function parsePerson(
  written: Readonly<Record<'login' | 'displayName' | 'phone' | 'email', string>>,
): Person {
  const login = parseLogin(written.login);
  const phone = written.phone.trim();
  const email = written.email.trim();
  return {
    login,
    displayName: written.displayName.normalize('NFC').trim() || login,
    phone: phone === '' ? undefined : parsePhoneNumber(phone),
    email: email === '' ? undefined : parseEmailAddress(email),
  };
}
