import { describe, expect, test } from 'vitest';
import type { Sha256Fingerprint } from '../kernel/brand.ts';
import { DENIAL_REASONS, decide } from './decide.ts';
import { explain } from './explain.ts';
import type { AccessFacts, CurrentFact, PresentedFact } from './facts.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const SECOND = 1_000;
const at = (offset: number): Date => new Date(NOW.getTime() + offset);
const fingerprint = (digit: string): Sha256Fingerprint => digit.repeat(64) as Sha256Fingerprint;

// The cast. ivanov is signed in; everything presented is seen from his side.
const IVANOV = fingerprint('a');
const nothing: PresentedFact = { kind: 'none' };
const ivanovs: PresentedFact = { kind: 'certificate', sha256Fingerprint: IVANOV };
const ivanovsSuperseded: PresentedFact = { kind: 'certificate', sha256Fingerprint: fingerprint('b') };
const petrovs: PresentedFact = { kind: 'certificate', sha256Fingerprint: fingerprint('c') };
const fromUnknownAuthority: PresentedFact = { kind: 'certificate', sha256Fingerprint: fingerprint('d') };
const oneBitOff: PresentedFact = {
  kind: 'certificate',
  sha256Fingerprint: `${'a'.repeat(63)}b` as Sha256Fingerprint,
};

const none: CurrentFact = { kind: 'none' };
const year = 365 * 24 * 3_600 * SECOND;
function issued(
  change: Partial<{ status: 'active' | 'suspended' | 'revoked'; notBefore: Date; notAfter: Date }> = {},
): CurrentFact {
  return {
    kind: 'issued',
    sha256Fingerprint: IVANOV,
    status: 'active',
    notBefore: at(-600 * SECOND),
    notAfter: at(year),
    ...change,
  };
}

function facts(
  current: CurrentFact,
  presented: PresentedFact,
  status: 'active' | 'blocked' = 'active',
): AccessFacts {
  return { now: NOW, session: { kind: 'signed-in', account: { status }, current }, presented };
}

const expired = { notAfter: at(-SECOND) };
const early = { notBefore: at(SECOND) };

describe('who enters', () => {
  test.each<[string, CurrentFact, PresentedFact]>([
    ['ivanov with his active certificate', issued(), ivanovs],
    ['ivanov in the first millisecond of the validity', issued({ notBefore: NOW }), ivanovs],
    ['ivanov in the last millisecond of the validity', issued({ notAfter: NOW }), ivanovs],
  ])('%s is permitted', (_, current, presented) => {
    expect(decide(facts(current, presented))).toEqual({ outcome: 'permit' });
  });
});

describe('who is refused, and why', () => {
  const cases: [string, AccessFacts, string][] = [
    ['6.1 nothing issued, nothing presented', facts(none, nothing), 'certificate-missing'],
    ['6.2 nothing issued, petrov’s presented', facts(none, petrovs), 'certificate-mismatch-none-issued'],
    [
      '6.2 nothing issued, an unknown authority’s presented',
      facts(none, fromUnknownAuthority),
      'certificate-mismatch-none-issued',
    ],
    [
      '6.2 a new download allowed, the former one presented',
      facts(none, ivanovs),
      'certificate-mismatch-none-issued',
    ],
    ['6.3 his own issued, petrov’s presented', facts(issued(), petrovs), 'certificate-mismatch'],
    [
      '6.3 his own issued, his superseded one presented',
      facts(issued(), ivanovsSuperseded),
      'certificate-mismatch',
    ],
    [
      '6.3 his own issued, an unknown authority’s presented',
      facts(issued(), fromUnknownAuthority),
      'certificate-mismatch',
    ],
    ['6.3 a fingerprint that differs in one digit', facts(issued(), oneBitOff), 'certificate-mismatch'],
    ['6.4 his own issued, nothing presented', facts(issued(), nothing), 'certificate-not-presented'],
    ['6.5 revoked, presented', facts(issued({ status: 'revoked' }), ivanovs), 'certificate-revoked'],
    ['6.5 revoked, nothing presented', facts(issued({ status: 'revoked' }), nothing), 'certificate-revoked'],
    ['6.5 revoked, petrov’s presented', facts(issued({ status: 'revoked' }), petrovs), 'certificate-revoked'],
    [
      '6.5 revoked and expired',
      facts(issued({ status: 'revoked', ...expired }), ivanovs),
      'certificate-revoked',
    ],
    ['6.6 expired one second ago, presented', facts(issued(expired), ivanovs), 'certificate-expired'],
    ['6.6 expired one millisecond ago', facts(issued({ notAfter: at(-1) }), ivanovs), 'certificate-expired'],
    ['6.6 expired, nothing presented', facts(issued(expired), nothing), 'certificate-expired'],
    ['6.6 expired, petrov’s presented', facts(issued(expired), petrovs), 'certificate-expired'],
    ['suspended, presented', facts(issued({ status: 'suspended' }), ivanovs), 'certificate-suspended'],
    [
      'suspended and expired',
      facts(issued({ status: 'suspended', ...expired }), ivanovs),
      'certificate-suspended',
    ],
    ['not valid before the next second', facts(issued(early), ivanovs), 'certificate-not-yet-valid'],
    [
      'suspended and not yet valid',
      facts(issued({ status: 'suspended', ...early }), ivanovs),
      'certificate-suspended',
    ],
    ['blocked, with a good certificate', facts(issued(), ivanovs, 'blocked'), 'account-blocked'],
    ['blocked, with nothing', facts(none, nothing, 'blocked'), 'account-blocked'],
    ['blocked and revoked', facts(issued({ status: 'revoked' }), ivanovs, 'blocked'), 'account-blocked'],
    [
      'not signed in, with a good certificate',
      { now: NOW, session: { kind: 'none' }, presented: ivanovs },
      'sign-in-required',
    ],
    [
      'not signed in, nothing presented',
      { now: NOW, session: { kind: 'none' }, presented: nothing },
      'sign-in-required',
    ],
  ];

  test.each(cases)('%s', (_, given, reason) => {
    expect(decide(given)).toEqual({ outcome: 'deny', reason });
  });

  test('every reason of the closed list is met by a case', () => {
    expect(new Set(cases.map(([, , reason]) => reason))).toEqual(new Set(DENIAL_REASONS));
  });
});

describe('values that should not occur deny', () => {
  const invalid = new Date(Number.NaN);
  test.each<[string, AccessFacts]>([
    ['a notBefore that is no date', facts(issued({ notBefore: invalid }), ivanovs)],
    ['a notAfter that is no date', facts(issued({ notAfter: invalid }), ivanovs)],
    ['a time that is no date', { ...facts(issued(), ivanovs), now: invalid }],
    ['a certificate status out of the list', facts(issued({ status: 'prepared' as 'active' }), ivanovs)],
    ['an account status out of the list', facts(issued(), ivanovs, 'deleted' as 'active')],
    [
      'a session kind out of the list',
      { now: NOW, session: { kind: 'other' } as unknown as AccessFacts['session'], presented: ivanovs },
    ],
  ])('%s', (_, given) => {
    expect(decide(given).outcome).toBe('deny');
  });
});

describe('the trace', () => {
  test('names the questions in the order asked and ends with the one that holds', () => {
    expect(explain(facts(issued(expired), petrovs)).trace).toEqual([
      { question: 'sign-in-required', answer: 'does-not-hold' },
      { question: 'account-blocked', answer: 'does-not-hold' },
      { question: 'certificate-revoked', answer: 'does-not-hold' },
      { question: 'certificate-suspended', answer: 'does-not-hold' },
      { question: 'certificate-not-yet-valid', answer: 'does-not-hold' },
      { question: 'certificate-expired', answer: 'holds' },
    ]);
  });

  test('of a permit holds nowhere', () => {
    const { decision, trace } = explain(facts(issued(), ivanovs));
    expect(decision.outcome).toBe('permit');
    expect(trace.filter(({ answer }) => answer === 'holds')).toEqual([]);
  });
});
