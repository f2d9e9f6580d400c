import type { Evaluation } from '../../access/evaluate.ts';
import type { EnrolmentStatus } from '../../enrolment/enrolment-service.ts';
import type { ConsoleActor } from '../actor.ts';
import type { Fix, RefusalItem, RefusalView } from './contract.ts';
import { explainNow, explainRefusal } from './explain-refusal.ts';
import type { RecordedRefusal, RefusalDetails, RefusedCertificate } from './ports.ts';

export function presentRefusal(refusal: RecordedRefusal, application: string): RefusalItem {
  const { id, at, reason, account, address, presented } = refusal;
  return {
    id,
    at: at.toISOString(),
    reason,
    account,
    address,
    application,
    presented: presented
      ? { ...presented, notBefore: presented.notBefore.toISOString(), owner: presented.owner ?? null }
      : null,
  };
}

export function presentDetails(
  refusal: RefusalDetails,
  status: Pick<EnrolmentStatus, 'account' | 'enrolment' | 'state' | 'resendAt'>,
  about: {
    readonly application: string;
    readonly now: Date;
    readonly role: Exclude<ConsoleActor['role'], 'user'>;
  },
): RefusalView {
  const { session, certificate } = refusal.now;
  const today = explainNow(refusal, about.now);
  const { delivery } = status.enrolment;
  return {
    ...presentRefusal(refusal, about.application),
    userAgent: refusal.userAgent ?? null,
    returnPath: refusal.returnPath ?? null,
    certificate: presentCertificate(refusal.certificate),
    trace: traceOf(explainRefusal(refusal)),
    now: {
      outcome: today.decision.outcome,
      reason: today.decision.outcome === 'deny' ? today.decision.reason : null,
      trace: traceOf(today),
      accountStatus: session.account.status,
      certificate: presentCertificate(certificate),
    },
    enteredAt: refusal.enteredAt?.toISOString() ?? null,
    delivery: delivery
      ? {
          status: delivery.status,
          attempts: delivery.attempts,
          at: (delivery.finishedAt ?? delivery.queuedAt).toISOString(),
          failure: delivery.failureCategory ?? null,
        }
      : null,
    hasPhone: status.account.phone !== undefined,
    fixes: fixesOf(status, about),
  };
}

/** What keeps the person out now, not what kept them out then. */
function fixesOf(
  { account, enrolment, state, resendAt }: Parameters<typeof presentDetails>[1],
  { now, role }: { readonly now: Date; readonly role: string },
): Fix[] {
  if (account.status !== 'active') return ['unblock'];
  const fixes: Fix[] = [];
  if (state === 'revoked' && role === 'administrator') fixes.push('allow-download');
  if (state === 'suspended') fixes.push('resume');
  if (resendAt !== undefined && resendAt <= now) fixes.push('send-password');
  if (account.phone === undefined || enrolment.delivery?.status === 'failed') fixes.push('correct-phone');
  return fixes;
}

function presentCertificate(certificate: RefusedCertificate | undefined): RefusalView['certificate'] {
  return certificate
    ? {
        ...certificate,
        notBefore: certificate.notBefore.toISOString(),
        notAfter: certificate.notAfter.toISOString(),
      }
    : null;
}

function traceOf({ trace }: Evaluation): RefusalView['trace'] {
  return trace.map((step) => ({ ...step }));
}
