import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../kernel/clock.ts';
import type { Logger } from '../../kernel/logger.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { type Certificate, parseCertificate } from '../../pki/x509/certificate.ts';
import { checkCertificate } from './check-certificate.ts';
import { createOpenLists, type OpenLists } from './open-lists.ts';
import type { CheckingPort, DueCheck } from './ports.ts';
import type { Judgement } from './status-detail.ts';

const AT_ONCE = 50;
const LEASE_SECONDS = 120;
const DAY_MS = 86_400_000;

export interface CheckerOptions {
  readonly port: CheckingPort;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Checker {
  /** Everything that is due now. Returns how many were checked. */
  checkDue(): Promise<number>;
}

export function createChecker({ port, clock, logger }: CheckerOptions): Checker {
  const lists = createOpenLists((sha256) => port.readListDer(sha256));

  async function checkPage(): Promise<number> {
    const page = await port.claimDueChecks(clock.now(), AT_ONCE, LEASE_SECONDS);
    const anchorsByAccount = new Map<string, readonly Certificate[]>();
    for (const due of page) {
      let anchors = anchorsByAccount.get(due.accountId);
      if (anchors === undefined) {
        anchors = parseAll(await port.readAnchors(due.accountId));
        anchorsByAccount.set(due.accountId, anchors);
      }
      await checkOne(due, anchors, lists);
      // Others wait for this thread: the gate above all.
      await nextTurn();
    }
    return page.length;
  }

  async function checkOne(due: DueCheck, anchors: readonly Certificate[], opened: OpenLists): Promise<void> {
    const now = clock.now();
    try {
      const { wishes, ...judgement } = await checkCertificate(due, { port, lists: opened, anchors }, now);
      // First the wish: once the state is recorded nobody looks here again for a while.
      if (wishes.length > 0) await port.wishFor(due.accountId, wishes, now);
      await port.recordCheck({ due, now, ...judgement });
    } catch (error) {
      if (!(error instanceof ProblemError && error.code === 'der-invalid')) throw error;
      logger.warn({ err: error, sha256: due.sha256 }, 'a certificate cannot be read any more');
      await port.recordCheck({ due, now, ...unreadable(now) });
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
  };
}

function unreadable(now: Date): Judgement {
  return {
    state: 'invalid',
    detail: {
      reason: 'contents-unusable',
      culprit: undefined,
      facts: {},
      chain: [],
      fixes: [{ kind: 'ask-issuer' }],
      lists: [],
      skippedUrls: [],
    },
    dueAt: new Date(now.getTime() + DAY_MS),
  };
}

function parseAll(found: readonly { readonly der: Uint8Array }[]): readonly Certificate[] {
  return found.flatMap(({ der }) => {
    try {
      return [parseCertificate(der)];
    } catch (error) {
      if (error instanceof ProblemError) return [];
      throw error;
    }
  });
}
