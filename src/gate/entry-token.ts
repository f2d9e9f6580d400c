import { createTokenSealer } from '../http/sealed-token.ts';
import type { ApplicationId, TokenHash } from '../kernel/brand.ts';
import type { Random } from '../kernel/random.ts';

/** Where somebody wanted to go when the way led over the portal, and which browser it was. */
export interface SealedEntry {
  readonly applicationId: ApplicationId;
  /** Path and query only, begins with one `/`. */
  readonly returnPath: string;
  /** Of the random that this browser keeps in a cookie of the application's host. */
  readonly bindingHash: TokenHash;
  readonly expiresAt: Date;
}

/**
 * An entry request is its own token in the portal's address: nothing is stored before somebody has signed in. It is no
 * secret and may be used again until it expires; what it leads to, the hand-over code, works once and for this browser.
 */
export interface EntryTokens {
  seal(entry: SealedEntry): string;
  /** Undefined: not ours, or too old. */
  open(token: string, now: Date): SealedEntry | undefined;
}

/** @param key the same on every node, at least 32 random octets */
export function createEntryTokens(key: Uint8Array, random: Random): EntryTokens {
  const sealer = createTokenSealer(key, 'propusk entry request 1', random);
  return {
    seal: ({ applicationId, bindingHash, expiresAt, returnPath }) =>
      sealer.seal([applicationId, bindingHash, expiresAt.getTime(), returnPath].join(' ')),
    open(token, now) {
      // The path stands last, so that whatever it holds changes nothing else.
      const parts = /^(\S+) ([0-9a-f]{64}) (\d{1,15}) (\/.*)$/s.exec(sealer.open(token) ?? '');
      const [, applicationId, bindingHash, expiresAtMs, returnPath] = parts ?? [];
      if (returnPath === undefined) return undefined;
      const expiresAt = new Date(Number(expiresAtMs));
      if (expiresAt <= now) return undefined;
      return {
        applicationId: applicationId as ApplicationId,
        bindingHash: bindingHash as TokenHash,
        expiresAt,
        returnPath,
      };
    },
  };
}
