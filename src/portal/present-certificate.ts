import type { EnrolmentStatus } from '../enrolment/enrolment-service.ts';
import type { AccessCertificate } from '../enrolment/ports.ts';
import type { Login } from '../kernel/login.ts';
import { maskPhoneNumber } from '../kernel/phone-number.ts';
import type { Notice } from '../reminders/ports.ts';
import type { CertificateSummary, CertificateView } from './contract.ts';

export function presentCertificate(
  status: EnrolmentStatus,
  replacement: CertificateView['replacement'],
  notices: readonly Notice[],
): CertificateView {
  const { account, enrolment, state, download, former, fileName } = status;
  const { current } = enrolment;
  return {
    state,
    current: current ? presentIssued(current, account.login) : null,
    download: download.kind,
    phoneHeldUntil: account.phoneHeldUntil?.toISOString() ?? null,
    file:
      download.kind === 'again' && fileName !== undefined
        ? { name: fileName, availableUntil: download.file.keyExpiresAt.toISOString() }
        : null,
    password: presentPassword(status),
    replacement,
    former: former ? presentIssued(former, account.login) : null,
    expiresSoon: notices.some(({ kind, id }) => kind === 'access-certificate' && id === current?.id),
    presentedBefore: current?.firstPresentedAt !== undefined,
  };
}

function presentIssued(certificate: AccessCertificate, login: Login) {
  return { ...summariseCertificate(certificate, login), issuedAt: certificate.issuedAt.toISOString() };
}

function presentPassword({ enrolment, resendAt }: EnrolmentStatus): CertificateView['password'] {
  const { current, file, delivery } = enrolment;
  if (!delivery || !file || file.certificateId !== current?.id) return null;
  return {
    phone: maskPhoneNumber(delivery.phone),
    delivery: delivery.status,
    failureCategory: delivery.failureCategory ?? null,
    queuedAt: delivery.queuedAt.toISOString(),
    nextAttemptAt: delivery.nextAttemptAt?.toISOString() ?? null,
    finishedAt: delivery.finishedAt?.toISOString() ?? null,
    availableUntil: file.passwordExpiresAt.toISOString(),
    resendAt: resendAt?.toISOString() ?? null,
  };
}

/** The subject of our certificates is the login. */
export function summariseCertificate(certificate: AccessCertificate, login: Login): CertificateSummary {
  return {
    subject: login,
    notBefore: certificate.notBefore.toISOString(),
    notAfter: certificate.notAfter.toISOString(),
    serialTail: serialTail(certificate.serialNumber),
  };
}

export function serialTail(serialNumber: string): string {
  return serialNumber.slice(-4).toUpperCase();
}
