import type { AccessCertificateId, AccountId, TokenHash } from '../kernel/brand.ts';
import { hashToken, type Random } from '../kernel/random.ts';

const DIGITS = 8;
const VALUES = 10 ** DIGITS;
/** The greatest multiple of {@link VALUES} in 32 bits: what is beyond would make small codes likelier. */
const BOUND = Math.floor(2 ** 32 / VALUES) * VALUES;

/** Eight random digits: with five tries a code, and fifteen codes a day at most, guessing is no way in. */
export function makeCode(random: Random): string {
  for (;;) {
    const value = Buffer.from(random.bytes(4)).readUInt32BE();
    if (value < BOUND) return String(value % VALUES).padStart(DIGITS, '0');
  }
}

/** `1234 5678`, as it stands in the message. */
export function formatCode(code: string): string {
  return `${code.slice(0, DIGITS / 2)} ${code.slice(DIGITS / 2)}`;
}

/** What a person typed in, with or without the gap; undefined where it can be no code. */
export function parseCode(typed: string): string | undefined {
  const digits = typed.normalize('NFKC').replace(/[\s\p{Pd}]/gu, '');
  return /^\d{8}$/.test(digits) ? digits : undefined;
}

/** Bound to what it is for. The store seals it: eight digits are quickly tried through. */
export function hashCode(
  purpose: 'replace-certificate',
  { accountId, certificateId, code }: CodeSubject & { readonly code: string },
): TokenHash {
  return hashToken([purpose, accountId, certificateId, code].join('/'));
}

interface CodeSubject {
  readonly accountId: AccountId;
  readonly certificateId: AccessCertificateId;
}
