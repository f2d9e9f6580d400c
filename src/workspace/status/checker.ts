import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { parseCertificate } from '../../pki/x509/certificate.ts';
import { type CheckingThreadOptions, createCheckingThread } from './checking-thread.ts';
import { judgeAccess } from './judge-access.ts';
import type { CheckingPort, DueCheck, LetterOf } from './ports.ts';
import type { CheckReason } from './reasons.ts';
import type { Judgement } from './status-detail.ts';

const AT_ONCE = 50;
const LEASE_SECONDS = 120;
const DAY_MS = 86_400_000;

export interface CheckerOptions {
  readonly port: CheckingPort;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly thread?: CheckingThreadOptions;
  /** To owners of personal certificates that were revoked. */
  readonly letterOf?: LetterOf | undefined;
}

export interface Checker {
  /** Everything that is due now. Returns how many were checked. */
  checkDue(): Promise<number>;
  close(): Promise<void>;
}

export function createChecker({ port, clock, logger, thread: options, letterOf }: CheckerOptions): Checker {
  const thread = createCheckingThread(port, options);

  async function checkPage(): Promise<number> {
    const page = await port.claimDueChecks(clock.now(), AT_ONCE, LEASE_SECONDS);
    const anchorsByAccount = new Map<string, readonly Uint8Array[]>();
    for (const due of page) {
      let anchors = anchorsByAccount.get(due.accountId);
      if (anchors === undefined) {
        anchors = (await port.readAnchors(due.accountId)).map(({ der }) => der);
        anchorsByAccount.set(due.accountId, anchors);
      }
      await checkOne(due, anchors);
    }
    return page.length;
  }

  async function checkOne(due: DueCheck, anchors: readonly Uint8Array[]): Promise<void> {
    const now = clock.now();
    const { accountId, der, sha256, access } = due;
    if (access !== undefined) {
      // Made here: nothing of it is a stranger's.
      const authorities = (await port.readAuthorities()).map((each) => parseCertificate(each));
      await port.recordCheck({ due, now, ...judgeAccess(parseCertificate(der), access, authorities, now) });
      return;
    }
    const result = await thread.check({ due: { accountId, der }, anchors, now });
    switch (result.kind) {
      case 'judged': {
        const { wishes, ...judgement } = result.judgement;
        // First the wish: once the state is recorded nobody looks here again for a while.
        if (wishes.length > 0) await port.wishFor(accountId, wishes, now);
        await port.recordCheck({ due, now, ...judgement, letterOf });
        return;
      }
      case 'gave-up':
        logger.warn({ err: result.cause, sha256 }, 'a certificate takes too much work to be checked');
        await port.recordCheck({ due, now, ...withoutPath('unknown', 'too-complex', now) });
        return;
      case 'unreadable':
        logger.warn({ sha256 }, 'a certificate cannot be read any more');
        await port.recordCheck({ due, now, ...withoutPath('invalid', 'contents-unusable', now) });
    }
  }

  return {
    async checkDue() {
      let checked = 0;
      for (;;) {
        const count = await checkPage();
        checked += count;
        if (count < AT_ONCE) return checked;
      }
    },
    close: () => thread.close(),
  };
}

function withoutPath(state: 'unknown' | 'invalid', reason: CheckReason, now: Date): Judgement {
  return {
    state,
    detail: {
      reason,
      culprit: undefined,
      facts: {},
      chain: [],
      fixes: [{ kind: state === 'invalid' ? 'ask-issuer' : 'recheck' }],
      lists: [],
      skippedUrls: [],
    },
    dueAt: new Date(now.getTime() + DAY_MS),
  };
}
