import { expect, test } from 'vitest';
import type { CertificateView } from '../../../src/portal/contract.ts';
import { shownState } from './certificate-state.ts';

const now = new Date('2026-11-22T11:05:00Z');
function view(state: CertificateView['state'], notAfter: string): CertificateView {
  return {
    state,
    current: {
      subject: 'ivanov',
      notBefore: '2025-12-01T00:00:00Z',
      notAfter,
      serialTail: '91C0',
      issuedAt: '2025-12-01T00:10:00Z',
    },
    download: 'file-gone',
    file: null,
    password: null,
    replacement: 'code',
    former: null,
    presentedBefore: true,
  };
}

test.each([
  ['active', '2027-11-22T11:05:00Z', 'active'],
  ['active', '2026-12-08T11:05:00Z', 'active'],
  ['active', '2026-12-06T11:05:00Z', 'soon'],
  ['active', '2026-11-22T12:05:00Z', 'soon'],
  ['expired', '2026-11-21T11:05:00Z', 'expired'],
  ['revoked', '2026-11-30T11:05:00Z', 'revoked'],
] as const)('%s until %s is shown as %s', (state, notAfter, shown) => {
  expect(shownState(view(state, notAfter), now)).toBe(shown);
});
