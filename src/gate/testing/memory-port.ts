import type { CookieScope } from '../../http/cookie-scope.ts';
import type { AccountId, ApplicationId, DecisionId, SessionId, TokenHash } from '../../kernel/brand.ts';
import { hashToken } from '../../kernel/random.ts';
import type { SealedEntry } from '../entry-token.ts';
import type { Entry, GatePort, MaybePromise } from '../ports.ts';

type Refused = Parameters<GatePort['recordRefusal']>[0];
type Permitted = Parameters<GatePort['recordPermit']>[0];

/** For tests: the gate's database as plain maps, with a switch for every way of failing. */
export interface MemoryPort extends GatePort {
  readonly entries: Map<string, Entry>;
  readonly permitted: Permitted[];
  readonly refused: Refused[];
  readonly entryRequests: SealedEntry[];
  readonly beforeSignIn: { applicationId: ApplicationId; count: number }[];
  readonly touched: SessionId[];
  reads: number;
  /** Thrown by every reading. */
  failure: Error | undefined;
  recordFailure: Error | undefined;
  /** Answers as PostgreSQL does: later. */
  asynchronous: boolean;
  /** How long it then takes. */
  delayMs: number;
  /** Runs between the reading of an entry and its arrival. */
  onRead: (() => void) | undefined;
  sign(token: string, entry: Entry): void;
  handOvers: Map<string, { bindingHash?: string; accountId: AccountId; sessionId: SessionId; entry: Entry }>;
  chooseAgain: Map<string, { sessionId: SessionId; accountId: AccountId; createdAt: Date }>;
  cookies: Map<ApplicationId, CookieScope[]>;
  change(): void;
}

export function createMemoryPort(): MemoryPort {
  const subscribers = new Set<() => void>();
  const port: MemoryPort = {
    entries: new Map(),
    permitted: [],
    refused: [],
    entryRequests: [],
    beforeSignIn: [],
    touched: [],
    reads: 0,
    failure: undefined,
    recordFailure: undefined,
    asynchronous: false,
    delayMs: 5,
    onRead: undefined,
    handOvers: new Map(),
    chooseAgain: new Map(),
    cookies: new Map(),
    sign: (token, entry) => port.entries.set(hashToken(token), entry),
    change: () => {
      for (const subscriber of subscribers) subscriber();
    },
    readEntry(tokenHash: TokenHash): MaybePromise<Entry | undefined> {
      port.reads += 1;
      if (port.failure) throw port.failure;
      const entry = port.entries.get(tokenHash);
      port.onRead?.();
      return port.asynchronous ? new Promise((resolve) => setTimeout(resolve, port.delayMs, entry)) : entry;
    },
    async touchSession(sessionId) {
      port.touched.push(sessionId);
    },
    async redeemHandOver({ codeHash, bindingHash, newTokenHash }) {
      const handOver = port.handOvers.get(codeHash);
      if (handOver === undefined) return undefined;
      const request = port.entryRequests.find((one) => one.bindingHash === bindingHash);
      if (request === undefined) return undefined;
      port.handOvers.delete(codeHash);
      port.entries.set(newTokenHash, handOver.entry);
      return {
        sessionId: handOver.sessionId,
        accountId: handOver.accountId,
        returnPath: request.returnPath,
      };
    },
    async redeemChooseAgain({ tokenHash }) {
      const redeemed = port.chooseAgain.get(tokenHash);
      port.chooseAgain.delete(tokenHash);
      return redeemed;
    },
    async rememberCookie({ applicationId, scope }) {
      if (port.recordFailure) throw port.recordFailure;
      port.cookies.set(applicationId, [...(port.cookies.get(applicationId) ?? []), scope]);
    },
    async listCookies(applicationId) {
      if (port.failure) throw port.failure;
      return port.cookies.get(applicationId) ?? [];
    },
    async recordPermit(input) {
      if (port.recordFailure) throw port.recordFailure;
      port.permitted.push(input);
    },
    async recordRefusal(input) {
      if (port.recordFailure) throw port.recordFailure;
      port.refused.push(input);
      return `decision-${port.refused.length}` as DecisionId;
    },
    async recordBeforeSignIn(applicationId, count) {
      port.beforeSignIn.push({ applicationId, count });
    },
    subscribeToChanges(onChange) {
      subscribers.add(onChange);
      return () => subscribers.delete(onChange);
    },
  };
  return port;
}
