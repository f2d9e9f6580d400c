import type { Brand } from './brand.ts';

/** A telephone number in E.164: `+` and 7 to 15 digits. `messaging` has the parser. */
export type PhoneNumber = Brand<string, 'PhoneNumber'>;

/** The last four digits as people know them, for pages: `…47-12`. */
export function maskPhoneNumber(phone: PhoneNumber): string {
  return `…${phone.slice(-4, -2)}-${phone.slice(-2)}`;
}
