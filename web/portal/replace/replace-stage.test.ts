import { describe, expect, test } from 'vitest';
import type { CertificateView } from '../../../src/portal/contract.ts';
import { issued, noCertificate, older, supersededCertificate } from '../../dev/fixtures.ts';
import { codeFault, type ReplaceStage, readCode, replaceStage } from './replace-stage.ts';

const former = { ...supersededCertificate, issuedAt: '2025-11-30T08:10:00Z' };

describe('the page of replacing', () => {
  const TABLE: readonly (readonly [string, CertificateView, string | null, ReplaceStage])[] = [
    ['nothing was issued', noCertificate, '…47-12', 'nothing'],
    ['it has expired', older({ state: 'expired', download: 'new' }), '…47-12', 'nothing'],
    [
      'only an administrator issues',
      { ...noCertificate, download: 'administrator' },
      '…47-12',
      'administrator',
    ],
    ['it was presented in this session', older({ replacement: 'confirm' }), '…47-12', 'start'],
    ['it was not presented', older(), '…47-12', 'start'],
    ['it was issued a moment ago', issued(), '…47-12', 'just-issued'],
    ['issued a moment ago, and entered with', { ...issued(), replacement: 'confirm' }, '…47-12', 'start'],
    ['it has just replaced another', { ...issued(), former }, '…47-12', 'done'],
    [
      'it replaced another, and the file is gone',
      older({ former, presentedBefore: false }),
      '…47-12',
      'done',
    ],
    ['it replaced another long ago', older({ former }), '…47-12', 'start'],
    ['the account has no telephone', older({ replacement: 'not-possible' }), null, 'phone-missing'],
    [
      'it is suspended',
      older({ state: 'suspended', replacement: 'not-possible', download: 'administrator' }),
      '…47-12',
      'administrator',
    ],
  ];
  test.each(TABLE)('where %s: %#', (_name, view, phone, stage) => {
    expect(replaceStage(view, phone)).toBe(stage);
  });
});

test.each([
  ['1234 5678', '12345678'],
  [' 12345678\n', '12345678'],
  ['1234-5678', '12345678'],
  ['1234 567', undefined],
  ['1234 56789', undefined],
  ['абвг деёж', undefined],
])('the code typed as %j is %j', (typed, code) => {
  expect(readCode(typed)).toBe(code);
});

test.each([
  ['replacement-code-wrong', 3, 'wrong'],
  ['replacement-code-wrong', undefined, 'wrong'],
  ['replacement-code-wrong', 0, 'spent'],
  ['replacement-code-required', undefined, 'void'],
  ['message-limit', undefined, undefined],
] as const)('%s with %j tries left is %j', (code, triesLeft, fault) => {
  expect(codeFault(code, triesLeft)).toBe(fault);
});
