import type { ru } from './ru.ts';

type Reason = keyof (typeof ru)['reasons'];

const REASONS: readonly Reason[] = [
  'account-blocked',
  'certificate-missing',
  'certificate-mismatch-none-issued',
  'certificate-mismatch',
  'certificate-not-presented',
  'certificate-revoked',
  'certificate-expired',
  'certificate-suspended',
  'certificate-not-yet-valid',
];

/** A reason of a newer server is shown as its code. */
export function reasonKey(code: string): `reasons.${Reason}` {
  return `reasons.${REASONS.find((each) => each === code) ?? 'other'}`;
}
