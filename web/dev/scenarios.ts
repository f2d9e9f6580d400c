import type { CertificateView, RefusalView, SessionView } from '../../src/portal/contract.ts';
import {
  crm,
  issued,
  ivanovCertificate,
  ivanovSession,
  longSession,
  NOW,
  noCertificate,
  older,
  petrovCertificate,
  refusal,
  replaced,
  signedOut,
  stock,
  supersededCertificate,
} from './fixtures.ts';

export interface Scenario {
  readonly path: string;
  readonly session: SessionView;
  readonly refusal?: RefusalView;
  readonly certificate?: CertificateView;
  /** What the server does instead of answering properly. */
  readonly fault?: 'hangs' | 'network' | 'internal';
}

const REFUSED = '/refused?decision=6f2d3b1e-7c58-4f4a-9a51-1c0e4d5b7a90';
const CERTIFICATE = '/certificate?decision=6f2d3b1e-7c58-4f4a-9a51-1c0e4d5b7a90';
const LATER = new Date(NOW.getTime() + 42_000).toISOString();
const SOON = new Date(NOW.getTime() + 12_000).toISOString();
const DAY = 86_400_000;
const day = (days: number) => new Date(NOW.getTime() + days * DAY).toISOString();

/** A certificate in use whose owner was reminded of its end. */
const endingIn = (days: number) =>
  older({
    current: {
      ...ivanovCertificate,
      issuedAt: day(days - 365),
      notBefore: day(days - 365),
      notAfter: day(days),
    },
    expiresSoon: true,
  });

const ivanov = { session: ivanovSession } as const;
const mismatch = refusal('certificate-mismatch', {
  presented: petrovCertificate,
  expected: ivanovCertificate,
});
const longRefusal: RefusalView = {
  ...mismatch,
  application: longSession.applications[0] ?? crm,
  presented: { ...petrovCertificate, subject: 'konstantinopolskiy.konstantin.konstantinovich@example' },
  expected: { ...ivanovCertificate, subject: longSession.account?.login ?? '' },
};

/** Every state of every page, by name. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'sign-in': { path: '/sign-in?request=R', session: signedOut },
  'sign-in-no-request': { path: '/sign-in', session: signedOut },
  'sign-in-to-replace': { path: '/sign-in?page=replace&application=crm', session: signedOut },
  'sign-in-several': {
    path: '/sign-in?request=R',
    session: { ...signedOut, applications: [crm, stock] },
  },
  recover: { session: signedOut, path: '/recover' },
  'recover-none': { session: signedOut, path: '/recover?proof=none' },
  'recover-proof': { session: signedOut, path: '/recover?proof=P' },
  'password-first': {
    session: {
      ...ivanovSession,
      account: { login: 'ivanov', displayName: 'Иванов Иван', phone: '…47-12', password: 'first' },
    },
    path: '/password?request=R',
  },
  'refused-6-1': {
    ...ivanov,
    path: REFUSED,
    refusal: refusal('certificate-missing'),
    certificate: noCertificate,
  },
  'refused-6-2': {
    ...ivanov,
    path: REFUSED,
    refusal: refusal('certificate-mismatch-none-issued', { presented: petrovCertificate }),
    certificate: noCertificate,
  },
  'refused-6-3': {
    ...ivanov,
    path: REFUSED,
    refusal: mismatch,
    certificate: older({ presentedBefore: false }),
  },
  'refused-6-3-superseded': {
    ...ivanov,
    path: REFUSED,
    refusal: { ...mismatch, presented: supersededCertificate },
    certificate: older(),
  },
  'refused-6-4': {
    ...ivanov,
    path: REFUSED,
    refusal: refusal('certificate-not-presented', { expected: ivanovCertificate }),
    certificate: issued(),
  },
  'refused-6-4-used': {
    ...ivanov,
    path: REFUSED,
    refusal: refusal('certificate-not-presented', { expected: ivanovCertificate }),
    certificate: older(),
  },
  'refused-6-5': {
    ...ivanov,
    path: REFUSED,
    refusal: refusal('certificate-revoked', { presented: ivanovCertificate, expected: ivanovCertificate }),
    certificate: older({ state: 'revoked', download: 'administrator', replacement: 'not-possible' }),
  },
  'refused-6-6': {
    ...ivanov,
    path: REFUSED,
    refusal: refusal('certificate-expired', { expected: supersededCertificate }),
    certificate: older({ state: 'expired', download: 'new', replacement: 'not-possible' }),
  },
  'refused-blocked': {
    ...ivanov,
    path: REFUSED,
    refusal: refusal('account-blocked'),
    certificate: older({ download: 'administrator', replacement: 'not-possible' }),
  },
  'refused-suspended': {
    ...ivanov,
    path: REFUSED,
    refusal: refusal('certificate-suspended', { expected: ivanovCertificate }),
    certificate: older({ state: 'suspended', download: 'administrator', replacement: 'not-possible' }),
  },
  'refused-not-yet-valid': {
    ...ivanov,
    path: REFUSED,
    refusal: refusal('certificate-not-yet-valid', {
      expected: { ...ivanovCertificate, notBefore: day(0.1) },
    }),
    certificate: older({ state: 'not-yet-valid' }),
  },
  'refused-phone-missing': {
    session: {
      ...ivanovSession,
      account: { login: 'ivanov', displayName: 'Иванов Иван', phone: null, password: 'own' },
    },
    path: REFUSED,
    refusal: refusal('certificate-missing'),
    certificate: { ...noCertificate, download: 'phone-missing' },
  },
  'refused-long': { session: longSession, path: REFUSED, refusal: longRefusal, certificate: older() },
  'refused-none': { ...ivanov, path: REFUSED, certificate: older() },
  'refused-loading': { ...ivanov, path: REFUSED, fault: 'hangs' },
  'certificate-new': { ...ivanov, path: '/certificate', certificate: noCertificate },
  'certificate-queued': {
    ...ivanov,
    path: CERTIFICATE,
    refusal: refusal('certificate-missing'),
    certificate: issued({ delivery: 'queued', finishedAt: null, resendAt: LATER }),
  },
  'certificate-retrying': {
    ...ivanov,
    path: CERTIFICATE,
    refusal: refusal('certificate-missing'),
    certificate: issued({
      delivery: 'retrying',
      finishedAt: null,
      nextAttemptAt: SOON,
      failureCategory: 'timeout',
      resendAt: LATER,
    }),
  },
  'certificate-delivered': {
    ...ivanov,
    path: CERTIFICATE,
    refusal: refusal('certificate-missing'),
    certificate: issued({ resendAt: LATER }),
  },
  'certificate-failed': {
    ...ivanov,
    path: CERTIFICATE,
    refusal: refusal('certificate-missing'),
    certificate: issued({ delivery: 'failed', failureCategory: 'number-refused' }),
  },
  'certificate-file-gone': {
    ...ivanov,
    path: CERTIFICATE,
    refusal: refusal('certificate-not-presented', { expected: ivanovCertificate }),
    certificate: { ...issued({ resendAt: null }), download: 'file-gone', file: null },
  },
  'certificate-phone-missing': {
    session: {
      ...ivanovSession,
      account: { login: 'ivanov', displayName: 'Иванов Иван', phone: null, password: 'own' },
    },
    path: '/certificate',
    certificate: { ...noCertificate, download: 'phone-missing' },
  },
  'certificate-administrator': {
    ...ivanov,
    path: '/certificate',
    certificate: older({ state: 'revoked', download: 'administrator', replacement: 'not-possible' }),
  },
  'certificate-several': {
    session: { ...ivanovSession, applications: [crm, stock] },
    path: '/certificate',
    certificate: issued(),
  },
  'certificate-finished': { ...ivanov, path: '/certificate', certificate: older() },
  'home-none': { ...ivanov, path: '/', certificate: noCertificate },
  'home-issued': { ...ivanov, path: '/', certificate: issued() },
  'home-active': {
    session: { ...ivanovSession, applications: [crm, stock] },
    path: '/',
    certificate: older(),
  },
  'home-soon': {
    ...ivanov,
    path: '/',
    certificate: endingIn(14),
  },
  'home-soon-days': { ...ivanov, path: '/', certificate: endingIn(3) },
  'home-soon-tomorrow': { ...ivanov, path: '/', certificate: endingIn(1) },
  'home-soon-today': { ...ivanov, path: '/', certificate: endingIn(0.2) },
  'certificate-soon': { ...ivanov, path: '/certificate', certificate: endingIn(14) },
  'home-expired': {
    ...ivanov,
    path: '/',
    certificate: older({
      state: 'expired',
      download: 'new',
      replacement: 'not-possible',
      current: { ...ivanovCertificate, issuedAt: day(-366), notBefore: day(-366), notAfter: day(-1) },
    }),
  },
  'home-revoked': {
    ...ivanov,
    path: '/',
    certificate: older({ state: 'revoked', download: 'administrator', replacement: 'not-possible' }),
  },
  'home-no-applications': {
    session: { ...ivanovSession, applications: [] },
    path: '/',
    certificate: older(),
  },
  'home-long': { session: longSession, path: '/', certificate: older() },
  'replace-confirm': { ...ivanov, path: '/replace', certificate: older({ replacement: 'confirm' }) },
  'replace-code': {
    ...ivanov,
    path: REFUSED.replace('/refused', '/replace'),
    refusal: refusal('certificate-not-presented', { expected: ivanovCertificate }),
    certificate: older({ presentedBefore: false }),
  },
  'replace-just-issued': { ...ivanov, path: '/replace', certificate: issued() },
  'replace-done': { ...ivanov, path: '/replace', certificate: replaced() },
  'replace-done-file-gone': {
    session: { ...ivanovSession, applications: [crm, stock] },
    path: '/replace',
    certificate: replaced({ download: 'file-gone', file: null }),
  },
  'replace-certificate-page': { ...ivanov, path: '/certificate', certificate: replaced() },
  'replace-nothing': { ...ivanov, path: '/replace', certificate: noCertificate },
  'replace-phone-missing': {
    session: {
      ...ivanovSession,
      account: { login: 'ivanov', displayName: 'Иванов Иван', phone: null, password: 'own' },
    },
    path: '/replace',
    certificate: older({ replacement: 'not-possible' }),
  },
  'replace-administrator': {
    ...ivanov,
    path: '/replace',
    certificate: older({ state: 'suspended', download: 'administrator', replacement: 'not-possible' }),
  },
  'replace-long': { session: longSession, path: '/replace', certificate: older({ replacement: 'confirm' }) },
  'choose-again': { ...ivanov, path: '/choose-again?application=crm' },
  'choose-again-several': {
    session: { ...ivanovSession, applications: [crm, stock] },
    path: '/choose-again',
  },
  'expires-soon': {
    session: { ...ivanovSession, entry: crm },
    path: '/expires-soon?request=R',
    certificate: endingIn(14),
  },
  'expires-soon-today': {
    session: { ...ivanovSession, entry: crm },
    path: '/expires-soon?request=R',
    certificate: endingIn(0.2),
  },
  'sign-out': { ...ivanov, path: '/sign-out' },
  'signed-out': { path: '/signed-out', session: signedOut },
  'not-found': { path: '/no/such/page', session: signedOut },
  'fault-network': { path: '/', session: ivanovSession, fault: 'network' },
  'fault-internal': { path: '/', session: ivanovSession, fault: 'internal' },
  'instructions-windows': { path: '/instructions/windows', session: signedOut },
  'instructions-macos': { path: '/instructions/macos', session: signedOut },
  'instructions-linux': { path: '/instructions/linux?browser=chrome', session: signedOut },
  'instructions-firefox': { path: '/instructions/linux?browser=firefox', session: signedOut },
  'instructions-edge': { path: '/instructions/windows?browser=edge#no-window', session: signedOut },
  'instructions-ios': { path: '/instructions/ios', session: signedOut },
  'instructions-android': { path: '/instructions/android', session: signedOut },
};
