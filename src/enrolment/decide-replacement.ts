import type { Account } from '../accounts/account.ts';
import { assertNever } from '../kernel/assert-never.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import { ProblemError } from '../kernel/problem.ts';
import { certificateState, isPhoneHeld } from './decide-download.ts';
import type { AccessCertificate, Enrolment } from './ports.ts';

/** Whether «Заменить сертификат» can be done now, whatever it has to be proved with. */
export type Replaceability =
  | { readonly kind: 'possible'; readonly certificate: AccessCertificate; readonly phone: PhoneNumber }
  | {
      readonly kind: 'not-possible';
      /** `nothing-valid`: none yet, or past its end; «Скачать сертификат» gives a new one then. */
      readonly why:
        | 'account-blocked'
        | 'nothing-valid'
        | 'certificate'
        | 'no-delivery'
        | 'phone-missing'
        | 'phone-held';
    };

export function decideReplacement(input: {
  readonly account: Pick<Account, 'status' | 'phone' | 'phoneHeldUntil'>;
  readonly enrolment: Pick<Enrolment, 'current'>;
  readonly passwordDelivery: 'sms' | 'none';
  readonly now: Date;
}): Replaceability {
  const { account, enrolment, passwordDelivery, now } = input;
  const { current } = enrolment;
  if (account.status !== 'active') return { kind: 'not-possible', why: 'account-blocked' };
  const state = certificateState(current, now);
  if (state === 'revoked' || state === 'suspended') return { kind: 'not-possible', why: 'certificate' };
  if (current === undefined || state === 'none' || state === 'expired') {
    return { kind: 'not-possible', why: 'nothing-valid' };
  }
  if (passwordDelivery === 'none') return { kind: 'not-possible', why: 'no-delivery' };
  if (account.phone === undefined) return { kind: 'not-possible', why: 'phone-missing' };
  if (isPhoneHeld(account, now)) return { kind: 'not-possible', why: 'phone-held' };
  return { kind: 'possible', certificate: current, phone: account.phone };
}

export function refuseReplacement({ why }: Extract<Replaceability, { kind: 'not-possible' }>): ProblemError {
  switch (why) {
    case 'account-blocked':
    case 'phone-missing':
    case 'phone-held':
      return new ProblemError(why);
    case 'certificate':
    case 'no-delivery':
      return new ProblemError('download-not-allowed', { detail: 'only an administrator can help' });
    case 'nothing-valid':
      return new ProblemError('certificate-state', { detail: 'there is no valid certificate to replace' });
    default:
      return assertNever(why);
  }
}

/** The one that was replaced by the current certificate; it is to be removed wherever it is installed. */
export function findFormer(
  current: AccessCertificate | undefined,
  newestFirst: readonly AccessCertificate[],
): AccessCertificate | undefined {
  if (current === undefined) return undefined;
  return newestFirst.find(
    ({ status, statusChangedAt }) =>
      status === 'superseded' && statusChangedAt.getTime() === current.issuedAt.getTime(),
  );
}
