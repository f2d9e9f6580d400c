import type { MeView } from '../../../src/console/contract.ts';
import { NOW } from '../fixtures.ts';

const DAY = 86_400_000;

/** An instant so many milliseconds from the day of all fixtures. */
export function at(offsetMs: number): string {
  return new Date(NOW.getTime() + offsetMs).toISOString();
}

export const ivanov: MeView = {
  account: {
    id: '0b5a4f0c-58a2-4a1e-8f0e-0c6d3a1f2b11',
    login: 'ivanov',
    displayName: 'Иванов Иван',
    role: 'user',
  },
  locale: 'ru',
  certificate: {
    subject: 'ivanov',
    serialNumber: '4be18a02c77d9f10b6a3552ec40e91c0',
    sha256Fingerprint: '9f2c'.repeat(16),
    notAfter: at(345 * DAY),
  },
  productName: 'Propusk',
  administratorContact: 'Сидорова Анна, вн. 1204\n+7 495 000-12-04, it@example.com',
  portalOrigin: 'https://id.propusk.localhost:8443',
  preferences: {},
};

export const admin: MeView = {
  ...ivanov,
  account: { ...ivanov.account, login: 'admin', displayName: 'Смирнова Анна', role: 'administrator' },
};

/** Long names, and a certificate that ends soon. */
export const longName: MeView = {
  ...ivanov,
  account: {
    ...ivanov.account,
    login: 'konstantinopolskaya.aleksandra.vsevolodovna@otdel-obrashcheniy',
    displayName: 'Константинопольская-Преображенская Александра Всеволодовна',
  },
  certificate: { ...ivanov.certificate, notAfter: at(9 * DAY) },
};
