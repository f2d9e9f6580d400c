import type { Locale } from '../accounts/account.ts';
import type { EnrolmentStatus } from '../enrolment/enrolment-service.ts';
import { type ApplicationView, type RefusalView, refusalReason } from './contract.ts';
import { homeUrlOf, type PortalApplication, returnUrlOf } from './options.ts';
import type { Refusal } from './ports.ts';
import { serialTail, summariseCertificate } from './present-certificate.ts';

/** Undefined for a refusal that has no page: `sign-in-required` is none of its reasons. */
export function presentRefusal(
  refusal: Refusal,
  application: PortalApplication,
  { account, enrolment }: Pick<EnrolmentStatus, 'account' | 'enrolment'>,
  locale: Locale,
): RefusalView | undefined {
  const reason = refusalReason.safeParse(refusal.reason);
  if (!reason.success) return undefined;
  const { presented } = refusal;
  return {
    decision: refusal.id,
    at: refusal.at.toISOString(),
    reason: reason.data,
    application: presentApplication(application, locale),
    returnUrl: returnUrlOf(application, refusal.returnPath),
    presented: presented
      ? {
          subject: presented.subject,
          notBefore: presented.notBefore.toISOString(),
          notAfter: null,
          serialTail: serialTail(presented.serialNumber),
        }
      : null,
    expected: enrolment.current ? summariseCertificate(enrolment.current, account.login) : null,
  };
}

export function presentApplication(application: PortalApplication, locale: Locale): ApplicationView {
  const { id, name } = application;
  return { id, name: typeof name === 'string' ? name : name[locale], homeUrl: homeUrlOf(application) };
}
