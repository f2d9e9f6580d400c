import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../kernel/audit-event.ts';
import type { AccountId } from '../kernel/brand.ts';
import { ProblemError } from '../kernel/problem.ts';
import { buildFile, type FileFormat, fileName } from './build-file.ts';
import { INTENT_LEASE_SECONDS, issueOnce } from './issue-access-certificate.ts';
import type { EnrolmentDependencies } from './options.ts';
import type { AccessCertificate } from './ports.ts';

export interface IssuedToFile {
  readonly certificate: AccessCertificate;
  /** PKCS#12. It and its password exist here only: nothing of them is stored. */
  readonly file: Uint8Array;
  /** Without extension. */
  readonly fileName: string;
  readonly password: string;
}

/**
 * For `init` and `account recover` on the machine itself: issues without SMS and without asking whether a download is
 * allowed; a former certificate is replaced.
 *
 * @throws {ProblemError} `account-not-found`, `account-blocked`, `issuer-unavailable`, `throttled`
 */
export async function issueToFile(
  dependencies: EnrolmentDependencies,
  input: { readonly accountId: AccountId; readonly actor: Actor; readonly format?: FileFormat },
): Promise<IssuedToFile> {
  const { port, accounts, authority, random, options } = dependencies;
  const { accountId, actor, format = 'compatible' } = input;
  const account = await accounts.findAccount(accountId);
  if (account === undefined) throw new ProblemError('account-not-found');
  if (account.status !== 'active') throw new ProblemError('account-blocked');
  const deadline = performance.now() + 2 * INTENT_LEASE_SECONDS * 1000;
  for (;;) {
    const { current } = await port.readEnrolment(accountId);
    const result = await issueOnce(dependencies, {
      account,
      expectedCurrentId: current?.id,
      actor,
      deliver: undefined,
    });
    if (result.kind === 'issued') {
      const { certificate, privateKeyPkcs8, password } = result.access;
      const { certificateDer, issuedAt } = certificate;
      const { timeZone } = options;
      const authorityDer = await authority.getCertificate(certificate.issuerId);
      const file = buildFile(
        {
          owner: account,
          certificateDer,
          issuedAt,
          privateKeyPkcs8,
          authorityDer,
          password,
          format,
          timeZone,
        },
        random,
      );
      return { certificate, file, fileName: fileName(account, issuedAt, timeZone), password };
    }
    if (performance.now() > deadline) {
      throw new ProblemError('throttled', { detail: 'another certificate for this account is being issued' });
    }
    await sleep(100);
  }
}
