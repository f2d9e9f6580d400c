import type { AccountId } from '../kernel/brand.ts';
import type { Clock } from '../kernel/clock.ts';
import { type AdministrationPermit, actorOf } from './permit-administration.ts';
import type { EnrolmentPort } from './ports.ts';

/**
 * "Allow a new download" after a revocation: the account has no current certificate then, so that it gets another one.
 *
 * @throws {ProblemError} `account-not-found`; `certificate-state` unless the current certificate is revoked
 */
export async function allowDownload(
  { port, clock }: { readonly port: Pick<EnrolmentPort, 'allowDownload'>; readonly clock: Clock },
  permit: AdministrationPermit<'allow-download'>,
  accountId: AccountId,
): Promise<void> {
  await port.allowDownload(accountId, actorOf(permit, 'allow-download'), clock.now());
}
