import type { Decision, DenialReason } from './decide.ts';
import type { AccessFacts, CurrentFact, PresentedFact } from './facts.ts';

/** One question that was asked, in the order asked, and how it was answered. */
export interface EvaluationStep {
  readonly question: DenialReason;
  readonly answer: 'holds' | 'does-not-hold';
}

export interface Evaluation {
  readonly decision: Decision;
  readonly trace: readonly EvaluationStep[];
}

type IssuedCurrent = Extract<CurrentFact, { kind: 'issued' }>;

/**
 * Asks each reason in turn; the first that holds denies. A permit needs every question answered with "does not hold"
 * and, as its last line, the presented fingerprint equal to the current one: nothing falls through to a permit.
 */
export function evaluate(facts: AccessFacts): Evaluation {
  const trace: EvaluationStep[] = [];
  const holds = (question: DenialReason, answer: boolean): boolean => {
    trace.push({ question, answer: answer ? 'holds' : 'does-not-hold' });
    return answer;
  };
  const deny = (reason: DenialReason): Evaluation => ({ decision: { outcome: 'deny', reason }, trace });

  const { session, presented, now } = facts;
  if (session.kind !== 'signed-in') {
    holds('sign-in-required', true);
    return deny('sign-in-required');
  }
  holds('sign-in-required', false);
  if (holds('account-blocked', session.account.status !== 'active')) return deny('account-blocked');

  const { current } = session;
  if (current.kind !== 'issued') {
    if (holds('certificate-missing', presented.kind !== 'certificate')) return deny('certificate-missing');
    holds('certificate-mismatch-none-issued', true);
    return deny('certificate-mismatch-none-issued');
  }

  // By `current` alone, whatever is presented: the state of one's own certificate is the first thing to be told.
  for (const [reason, applies] of currentStateReasons(current, now)) {
    if (holds(reason, applies)) return deny(reason);
  }
  if (holds('certificate-not-presented', presented.kind !== 'certificate'))
    return deny('certificate-not-presented');
  if (holds('certificate-mismatch', !isSameCertificate(current, presented)))
    return deny('certificate-mismatch');
  return { decision: { outcome: 'permit' }, trace };
}

/** Revoked stays revoked for ever, also past `notAfter`, so it is asked first. */
function currentStateReasons(
  current: IssuedCurrent,
  now: Date,
): readonly (readonly [DenialReason, boolean])[] {
  const known = current.status === 'active' || current.status === 'suspended';
  return [
    ['certificate-revoked', !known],
    ['certificate-suspended', current.status !== 'active'],
    // RFC 5280, section 4.1.2.5: the validity period includes both of its ends. An invalid Date compares as false
    // in every direction, so both comparisons are written to deny on it.
    ['certificate-not-yet-valid', !(now.getTime() >= current.notBefore.getTime())],
    ['certificate-expired', !(now.getTime() <= current.notAfter.getTime())],
  ];
}

function isSameCertificate(current: IssuedCurrent, presented: PresentedFact): boolean {
  return presented.kind === 'certificate' && presented.sha256Fingerprint === current.sha256Fingerprint;
}
