import type { RevocationReason } from '../kernel/audit-event.ts';
import type { AccessCertificateId } from '../kernel/brand.ts';
import type { Clock } from '../kernel/clock.ts';
import { type AdministrationPermit, actorOf } from './permit-administration.ts';
import type { AccessCertificate, EnrolmentPort } from './ports.ts';

export interface Revocation {
  readonly certificateId: AccessCertificateId;
  /** `certificateHold` suspends. */
  readonly reason: RevocationReason;
  /** For the journal. */
  readonly comment?: string | undefined;
}

/**
 * Acts on the next request of every open connection. The list follows by itself: its schedule sees the change.
 *
 * @throws {ProblemError} `certificate-not-found`; `certificate-state` unless active or suspended
 */
export async function revokeCertificate(
  { port, clock }: { readonly port: Pick<EnrolmentPort, 'revokeCertificate'>; readonly clock: Clock },
  permit: AdministrationPermit<'revoke-certificate'>,
  { certificateId, reason, comment }: Revocation,
): Promise<AccessCertificate> {
  const actor = actorOf(permit, 'revoke-certificate');
  return await port.revokeCertificate({ certificateId, reason, comment, actor, now: clock.now() });
}
