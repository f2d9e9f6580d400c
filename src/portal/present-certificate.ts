import type { EnrolmentStatus } from '../enrolment/enrolment-service.ts';
import type { AccessCertificate } from '../enrolment/ports.ts';
import type { Login } from '../kernel/login.ts';
import { maskPhoneNumber } from '../kernel/phone-number.ts';
import type { CertificateSummary, CertificateView } from './contract.ts';

export function presentCertificate(status: EnrolmentStatus): CertificateView {
  const { account, enrolment, state, download, fileName } = status;
  const { current } = enrolment;
  return {
    state,
    current: current
      ? { ...summariseCertificate(current, account.login), issuedAt: current.issuedAt.toISOString() }
      : null,
    download: download.kind,
    file:
      download.kind === 'again' && fileName !== undefined
        ? { name: fileName, availableUntil: download.file.keyExpiresAt.toISOString() }
        : null,
    password: presentPassword(status),
    presentedBefore: current?.firstPresentedAt !== undefined,
  };
}

function presentPassword({ enrolment, resendAt }: EnrolmentStatus): CertificateView['password'] {
  const { current, file, delivery } = enrolment;
  if (!delivery || !file || file.certificateId !== current?.id) return null;
  return {
    phone: maskPhoneNumber(delivery.phone),
    delivery: delivery.status,
    failureCategory: delivery.failureCategory ?? null,
    queuedAt: delivery.queuedAt.toISOString(),
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
