import { describe, expect, test } from 'vitest';
import type { CertificateView } from '../../../src/portal/contract.ts';
import {
  certificateProgress,
  type PasswordNotice,
  type Progress,
  passwordNotice,
  pollIntervalMs,
  type Resend,
  resendState,
  STEPS,
  stepState,
} from './certificate-progress.ts';

const now = new Date('2026-11-22T11:05:00Z');
type Password = NonNullable<CertificateView['password']>;

const password: Password = {
  phone: '…47-12',
  delivery: 'delivered',
  failureCategory: null,
  queuedAt: '2026-11-22T11:04:00Z',
  finishedAt: '2026-11-22T11:04:05Z',
  nextAttemptAt: null,
  availableUntil: '2026-11-23T11:04:00Z',
  resendAt: '2026-11-22T11:05:00Z',
};
const issued: CertificateView = {
  state: 'active',
  current: {
    subject: 'ivanov',
    notBefore: '2026-11-22T10:54:00Z',
    notAfter: '2027-11-22T11:04:00Z',
    serialTail: '91C0',
    issuedAt: '2026-11-22T11:04:00Z',
  },
  download: 'again',
  file: { name: 'ivanov-2026-11-22', availableUntil: '2026-11-22T11:14:00Z' },
  password,
  replacement: 'code',
  phoneHeldUntil: null,
  former: null,
  expiresSoon: false,
  presentedBefore: false,
};
const none: CertificateView = {
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

describe('where the person stands', () => {
  const TABLE: readonly (readonly [string, CertificateView, Progress])[] = [
    ['nothing issued', none, 'download'],
    ['no telephone number', { ...none, download: 'phone-missing' }, 'download'],
    ['expired', { ...issued, state: 'expired', download: 'new', presentedBefore: true }, 'download'],
    ['revoked', { ...issued, state: 'revoked', download: 'administrator' }, 'download'],
    ['the SMS is queued', { ...issued, password: { ...password, delivery: 'queued' } }, 'password'],
    ['the SMS is tried again', { ...issued, password: { ...password, delivery: 'retrying' } }, 'password'],
    ['the SMS failed', { ...issued, password: { ...password, delivery: 'failed' } }, 'password'],
    ['the SMS was delivered', issued, 'install'],
    ['issued yesterday, password wiped', { ...issued, file: null, password: null }, 'install'],
    ['presented at the application', { ...issued, presentedBefore: true }, 'finished'],
  ];
  test.each(TABLE)('%s: %#', (_name, view, progress) => {
    expect(certificateProgress(view, false)).toBe(progress);
  });

  test('presented at the application, but refused on this computer: to be installed here', () => {
    expect(certificateProgress({ ...issued, presentedBefore: true }, true)).toBe('install');
    expect(certificateProgress({ ...none, presentedBefore: true }, true)).toBe('download');
  });
});

test.each([
  ['download', ['now', 'ahead', 'ahead', 'ahead']],
  ['password', ['done', 'now', 'ahead', 'ahead']],
  ['install', ['done', 'done', 'now', 'ahead']],
  ['finished', ['done', 'done', 'done', 'done']],
] as const)('the four steps at %s', (progress, states) => {
  expect(STEPS.map((step) => stepState(progress, step))).toEqual(states);
});

describe('the password', () => {
  const TABLE: readonly (readonly [string, Partial<Password>, PasswordNotice, Resend])[] = [
    ['delivered, may be sent again', {}, 'delivered', 'now'],
    ['delivered a moment ago', { resendAt: '2026-11-22T11:05:42Z' }, 'delivered', 'wait'],
    ['on its way', { delivery: 'queued' }, 'queued', 'wait'],
    ['tried again', { delivery: 'retrying' }, 'retrying', 'wait'],
    ['failed', { delivery: 'failed' }, 'failed', 'now'],
    ['sent as often as allowed', { resendAt: null }, 'delivered', 'never'],
    ['wiped', { resendAt: null, availableUntil: '2026-11-22T11:05:00Z' }, 'gone', 'never'],
    ['wiped, while the page was open', { availableUntil: '2026-11-22T11:04:59Z' }, 'delivered', 'never'],
  ];
  test.each(TABLE)('%s', (_name, change, notice, resend) => {
    expect(passwordNotice({ ...password, ...change }, now)).toBe(notice);
    expect(resendState({ ...password, ...change }, now)).toBe(resend);
  });
});

describe('asking the server again', () => {
  test('happens every two seconds while the SMS is on its way', () => {
    expect(pollIntervalMs({ ...issued, password: { ...password, delivery: 'queued' } }, now)).toBe(2000);
  });
  test('happens when the ten minutes of the file are over', () => {
    expect(pollIntervalMs(issued, now)).toBe(9 * 60_000 + 1000);
    expect(pollIntervalMs(issued, new Date('2026-11-22T11:20:00Z'))).toBe(1000);
  });
  test('does not happen when nothing is under way', () => {
    expect(pollIntervalMs({ ...issued, file: null }, now)).toBe(false);
    expect(pollIntervalMs(undefined, now)).toBe(false);
  });
});
