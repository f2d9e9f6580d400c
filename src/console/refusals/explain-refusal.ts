import type { Evaluation } from '../../access/evaluate.ts';
import { explain } from '../../access/explain.ts';
import type { AccessFacts, CurrentFact } from '../../access/facts.ts';
import type { RefusalDetails } from './ports.ts';

/**
 * The rules asked again with the facts of that time. Fingerprints and times stand in the rows for ever; whether the
 * account was blocked and its certificate revoked or suspended may have changed since, but the reason says it: an earlier
 * question would have been the reason.
 */
export function explainRefusal({ at, reason, certificate, presented }: RefusalDetails): Evaluation {
  return explain({
    now: at,
    session: {
      kind: 'signed-in',
      account: { status: reason === 'account-blocked' ? 'blocked' : 'active' },
      current: currentThen(reason, certificate),
    },
    presented: presentedFact(presented),
  });
}

/** Whether they would be let in now, with the same certificate presented. */
export function explainNow({ now: { session }, presented }: RefusalDetails, now: Date): Evaluation {
  return explain({ now, session, presented: presentedFact(presented) });
}

function currentThen(
  reason: RefusalDetails['reason'],
  certificate: RefusalDetails['certificate'],
): CurrentFact {
  if (certificate === undefined) return { kind: 'none' };
  const { sha256Fingerprint, notBefore, notAfter } = certificate;
  const status =
    reason === 'certificate-revoked'
      ? 'revoked'
      : reason === 'certificate-suspended'
        ? 'suspended'
        : 'active';
  return { kind: 'issued', sha256Fingerprint, status, notBefore, notAfter };
}

function presentedFact(presented: RefusalDetails['presented']): AccessFacts['presented'] {
  return presented === undefined
    ? { kind: 'none' }
    : { kind: 'certificate', sha256Fingerprint: presented.sha256Fingerprint };
}
