import type { ru } from './ru.ts';

type Reason = keyof (typeof ru)['reasons'];

const REASONS: readonly Reason[] = [
  'account-blocked',
  'certificate-revoked',
  'certificate-suspended',
  'certificate-not-yet-valid',
  'certificate-expired',
  'certificate-missing',
  'certificate-mismatch-none-issued',
  'certificate-not-presented',
  'certificate-mismatch',
];

/** Those that somebody who is signed in can be refused for, in the order in which they are asked. */
export const REFUSAL_REASONS: readonly Exclude<Reason, 'other'>[] = REASONS.filter(
  (each) => each !== 'other',
);

/** A reason of a newer server is shown as its code. */
export function reasonOf(code: string): Reason {
  return code === 'sign-in-required' ? code : (REASONS.find((each) => each === code) ?? 'other');
}
