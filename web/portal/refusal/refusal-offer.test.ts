import { describe, expect, test } from 'vitest';
import type { CertificateView, RefusalReason } from '../../../src/portal/contract.ts';
import { type Action, REFUSAL_NUMBERS, type RefusalOffer, refusalOffer } from './refusal-offer.ts';

type Download = CertificateView['download'];
type Row = readonly [
  RefusalReason,
  Download,
  'presented before' | 'never presented',
  RefusalOffer['primary'],
  readonly Action[],
  RefusalOffer['obstacle'],
];

const AGAIN: readonly Action[] = ['installed', 'not-installed-yet', 'file-lost'];

const TABLE: readonly Row[] = [
  // 6.1, 6.2, 6.6: a new certificate
  ['certificate-missing', 'new', 'never presented', 'download', [], undefined],
  ['certificate-missing', 'again', 'never presented', 'download', [], undefined],
  ['certificate-missing', 'phone-missing', 'never presented', 'check-again', [], 'phone-missing'],
  ['certificate-missing', 'administrator', 'never presented', 'sign-out', ['home'], 'administrator'],
  [
    'certificate-missing',
    'file-gone',
    'never presented',
    'installed',
    ['not-installed-yet', 'file-lost'],
    undefined,
  ],
  ['certificate-mismatch-none-issued', 'new', 'never presented', 'download', [], undefined],
  [
    'certificate-mismatch-none-issued',
    'phone-missing',
    'never presented',
    'check-again',
    [],
    'phone-missing',
  ],
  ['certificate-expired', 'new', 'presented before', 'download', [], undefined],
  ['certificate-expired', 'phone-missing', 'presented before', 'check-again', [], 'phone-missing'],
  // 6.3, 6.4: choosing again
  ['certificate-mismatch', 'file-gone', 'presented before', 'choose-another', AGAIN, undefined],
  ['certificate-mismatch', 'again', 'never presented', 'choose-another', AGAIN, undefined],
  ['certificate-not-presented', 'file-gone', 'presented before', 'choose-another', AGAIN, undefined],
  [
    'certificate-not-presented',
    'again',
    'never presented',
    'installed',
    ['choose-another', 'not-installed-yet', 'file-lost'],
    undefined,
  ],
  // 6.5 and ours: an administrator
  ['certificate-revoked', 'administrator', 'presented before', 'sign-out', ['home'], 'administrator'],
  ['certificate-revoked', 'new', 'presented before', 'home', [], undefined],
  ['account-blocked', 'administrator', 'presented before', 'sign-out', ['home'], 'administrator'],
  ['account-blocked', 'new', 'never presented', 'sign-out', ['home'], 'administrator'],
  ['certificate-suspended', 'administrator', 'presented before', 'sign-out', ['home'], 'administrator'],
  ['certificate-not-yet-valid', 'file-gone', 'never presented', 'home', [], undefined],
];

describe('what a refusal page offers', () => {
  test.each(TABLE)(
    '%s, download %s, %s: %s first',
    (reason, download, before, primary, secondary, obstacle) => {
      expect(refusalOffer(reason, download, before === 'presented before')).toEqual({
        primary,
        secondary,
        obstacle,
      });
    },
  );

  const REASONS: readonly RefusalReason[] = [
    'account-blocked',
    'certificate-missing',
    'certificate-mismatch-none-issued',
    'certificate-mismatch',
    'certificate-not-presented',
    'certificate-revoked',
    'certificate-expired',
    'certificate-suspended',
    'certificate-not-yet-valid',
  ];
  const DOWNLOADS: readonly Download[] = ['new', 'again', 'phone-missing', 'file-gone', 'administrator'];
  const ALL = REASONS.flatMap((reason) =>
    DOWNLOADS.flatMap((download) =>
      [true, false].map((before) => ({ reason, download, offer: refusalOffer(reason, download, before) })),
    ),
  );

  test('never offers a download while the certificate is revoked or suspended, or the account blocked', () => {
    const wrong = ALL.filter(
      ({ reason, offer }) =>
        ['certificate-revoked', 'certificate-suspended', 'account-blocked'].includes(reason) &&
        [offer.primary, ...offer.secondary].includes('download'),
    );
    expect(ALL).toHaveLength(90);
    expect(wrong).toEqual([]);
  });

  test('never offers the same action twice', () => {
    const wrong = ALL.filter(({ offer }) => {
      const actions = [offer.primary, ...offer.secondary];
      return new Set(actions).size !== actions.length;
    });
    expect(wrong).toEqual([]);
  });

  test('offers both ways of choosing again for 6.3 and 6.4, whatever else is so', () => {
    for (const { reason, offer } of ALL) {
      if (reason !== 'certificate-mismatch' && reason !== 'certificate-not-presented') continue;
      expect([offer.primary, ...offer.secondary]).toEqual(
        expect.arrayContaining(['choose-another', 'installed', 'file-lost']),
      );
    }
  });

  test('gives each reason its own number', () => {
    expect(new Set(REASONS.map((reason) => REFUSAL_NUMBERS[reason])).size).toBe(REASONS.length);
  });
});
