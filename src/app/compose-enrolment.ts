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
  const { values, sms } = configuration;
  const { certificates, messageLimits } = values;
  const authority = createCertificateAuthority({
    port: store.enrolment,
    options: { ...values.authority, distributionUrl: distributionUrlOf(values) },
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
    },
  });
  return { authority, service };
}

function distributionUrlOf({ authority, portal, plainHttp }: Instance['configuration']['values']): string {
  if (authority.distributionUrl !== undefined) return authority.distributionUrl;
  const port = plainHttp?.port ?? 80;
  return `http://${portal.host}${port === 80 ? '' : `:${port}`}/pki`;
}
