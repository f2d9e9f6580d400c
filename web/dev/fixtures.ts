import type {
  ApplicationView,
  CertificateSummary,
  CertificateView,
  RefusalReason,
  RefusalView,
  ReplacementCodeView,
  SessionView,
} from '../../src/portal/contract.ts';

/** The people and the day of all fixtures: ivanov, on 22.11.2026 at 14:05 in Moscow. */
export const NOW = new Date('2026-11-22T11:05:00Z');

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function at(offsetMs: number): string {
  return new Date(NOW.getTime() + offsetMs).toISOString();
}

export const crm: ApplicationView = {
  id: 'crm',
  name: 'CRM «Обращения»',
  homeUrl: 'https://crm.propusk.localhost:8443/',
};
export const stock: ApplicationView = {
  id: 'stock',
  name: 'Склад',
  homeUrl: 'https://stock.propusk.localhost:8443/',
};

export const signedOut: SessionView = {
  csrfToken: 'csrf',
  locale: 'ru',
  productName: 'Propusk',
  administratorContact: 'Сидорова Анна, вн. 1204\n+7 495 000-12-04, it@example.com',
  applications: [crm],
  lastApplication: null,
  account: null,
};

export const ivanovSession: SessionView = {
  ...signedOut,
  account: { login: 'ivanov', displayName: 'Иванов Иван', phone: '…47-12', password: 'own' },
};

export const longSession: SessionView = {
  ...ivanovSession,
  applications: [
    { ...crm, name: 'Система управления взаимоотношениями с клиентами «Обращения граждан и организаций»' },
    stock,
  ],
  account: {
    login: 'konstantinopolskaya.aleksandra.vsevolodovna@otdel-obrashcheniy.example',
    displayName: 'Константинопольская-Преображенская Александра Всеволодовна',
    phone: '…47-12',
    password: 'own',
  },
};

export const petrovCertificate: CertificateSummary = {
  subject: 'petrov',
  notBefore: '2026-10-12T08:00:00Z',
  notAfter: null,
  serialTail: '4F2A',
};

export const ivanovCertificate: NonNullable<CertificateView['current']> = {
  subject: 'ivanov',
  notBefore: at(-11 * MINUTE),
  notAfter: at(365 * DAY),
  serialTail: '91C0',
  issuedAt: at(-MINUTE),
};

export const supersededCertificate: CertificateSummary = {
  ...ivanovCertificate,
  notBefore: '2025-11-30T08:00:00Z',
  notAfter: null,
  serialTail: '07BE',
};

export const noCertificate: CertificateView = {
  state: 'none',
  current: null,
  download: 'new',
  file: null,
  password: null,
  replacement: 'not-possible',
  phoneHeldUntil: null,
  former: null,
  expiresSoon: false,
  presentedBefore: false,
};

type Password = NonNullable<CertificateView['password']>;

const password: Password = {
  phone: '…47-12',
  delivery: 'delivered',
  failureCategory: null,
  queuedAt: at(-60_000),
  finishedAt: at(-55_000),
  nextAttemptAt: null,
  availableUntil: at(DAY - MINUTE),
  resendAt: at(-1000),
};

export function issued(change: Partial<Password> = {}): CertificateView {
  return {
    state: 'active',
    current: ivanovCertificate,
    download: 'again',
    file: { name: 'ivanov-2026-11-22', availableUntil: at(9 * MINUTE + 30_000) },
    password: { ...password, ...change },
    replacement: 'code',
    phoneHeldUntil: null,
    former: null,
    expiresSoon: false,
    presentedBefore: false,
  };
}

/** Issued a while ago: the file is wiped, the certificate in use or not yet. */
export function older(change: Partial<CertificateView> = {}): CertificateView {
  return {
    state: 'active',
    current: {
      ...ivanovCertificate,
      notBefore: at(-20 * DAY),
      notAfter: at(345 * DAY),
      issuedAt: at(-20 * DAY),
    },
    download: 'file-gone',
    file: null,
    password: null,
    replacement: 'code',
    phoneHeldUntil: null,
    former: null,
    expiresSoon: false,
    presentedBefore: true,
    ...change,
  };
}

export function refusal(reason: RefusalReason, change: Partial<RefusalView> = {}): RefusalView {
  return {
    decision: '6f2d3b1e-7c58-4f4a-9a51-1c0e4d5b7a90',
    at: NOW.toISOString(),
    reason,
    application: crm,
    returnUrl: 'https://crm.propusk.localhost:8443/tickets/217',
    presented: null,
    expected: null,
    ...change,
  };
}

/** The year-old certificate was replaced a minute ago. */
export function replaced(change: Partial<CertificateView> = {}): CertificateView {
  return {
    ...issued(),
    former: { ...supersededCertificate, issuedAt: '2025-11-30T08:10:00Z' },
    ...change,
  };
}

export const sentCode: ReplacementCodeView = {
  phone: '…47-12',
  expiresAt: at(10 * MINUTE),
  resendAt: at(MINUTE),
};
