import type { AccountId } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { describeCertificate } from '../../workspace/stores/describe-certificate.ts';
import type { WorkspacePort } from '../../workspace/stores/ports.ts';

/**
 * It is shown beside the others, from where it was issued: what it says has to be known once. One that cannot be read is
 * not shown; the others are.
 */
export async function rememberAccessCertificate(
  port: Pick<WorkspacePort, 'findAccessCertificate' | 'rememberCertificate'>,
  accountId: AccountId,
  now: Date,
): Promise<void> {
  const access = await port.findAccessCertificate(accountId);
  if (access === undefined || access.isKnown) return;
  try {
    await port.rememberCertificate(accountId, describeCertificate(access.der), now);
  } catch (error) {
    if (!(error instanceof ProblemError && error.code === 'der-invalid')) throw error;
  }
}
