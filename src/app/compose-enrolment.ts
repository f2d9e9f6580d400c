import { type CertificateAuthority, createCertificateAuthority } from '../enrolment/certificate-authority.ts';
import { createEnrolmentService, type EnrolmentService } from '../enrolment/enrolment-service.ts';
import { DEFAULT_ENROLMENT_OPTIONS } from '../enrolment/options.ts';
import type { Instance } from './instance.ts';

export interface EnrolmentParts {
  readonly authority: CertificateAuthority;
  readonly service: EnrolmentService;
}

/** The certification authority and the issuing of an installation, as its configuration says. */
export function composeEnrolment(
  { configuration, store, clock, random, logger }: Instance,
  onMessageQueued: () => void = () => {},
): EnrolmentParts {
  const { values, sms, mail } = configuration;
  const { certificates, messageLimits } = values;
  const authority = createCertificateAuthority({
    port: store.enrolment,
    options: { ...values.authority, ...addressesOf(values) },
    clock,
    random,
  });
  const service = createEnrolmentService({
    port: store.enrolment,
    accounts: store.accounts,
    outbox: store.outbox,
    authority,
    clock,
    random,
    logger,
    onMessageQueued,
    options: {
      ...DEFAULT_ENROLMENT_OPTIONS,
      validityDays: certificates.validityDays,
      keySeconds: certificates.fileMinutes * 60,
      passwordSeconds: certificates.passwordHours * 3_600,
      keyAlgorithm: values.authority.keyAlgorithm,
      messageLimits,
      passwordDelivery: sms === undefined ? 'none' : 'sms',
      mail: mail === undefined ? 'none' : 'smtp',
      productName: values.productName,
    },
  });
  return { authority, service };
}

/** What stands in certificates about lists and answers, where the configuration does not say it. */
function addressesOf({ authority, portal, plainHttp }: Instance['configuration']['values']): {
  readonly distributionUrl: string;
  readonly ocspUrl: string | undefined;
} {
  const { distributionUrl, ocspUrl } = authority;
  if (distributionUrl !== undefined) return { distributionUrl, ocspUrl };
  const port = plainHttp?.port ?? 80;
  const own = `http://${portal.host}${port === 80 ? '' : `:${port}`}/pki`;
  return { distributionUrl: own, ocspUrl: ocspUrl ?? (plainHttp && `${own}/ocsp`) };
}
