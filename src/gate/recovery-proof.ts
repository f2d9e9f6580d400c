import { createTokenSealer } from '../http/sealed-token.ts';
import type { Sha256Fingerprint } from '../kernel/brand.ts';
import type { Random } from '../kernel/random.ts';

/** Long enough for a message to arrive and a password to be thought up. */
const PROOF_SECONDS = 900;

/**
 * That this browser has just presented a certificate, in words that the portal, which asks for none, believes. Worth
 * nothing without a code on the telephone of the certificate's owner.
 */
export interface RecoveryProofs {
  seal(sha256Fingerprint: Sha256Fingerprint, now: Date): string;
  /** Undefined: not ours, or too old. */
  open(token: string, now: Date): Sha256Fingerprint | undefined;
}

/** @param key the same on every node, at least 32 random octets */
export function createRecoveryProofs(key: Uint8Array, random: Random): RecoveryProofs {
  const sealer = createTokenSealer(key, 'propusk recovery proof 1', random);
  return {
    seal: (sha256Fingerprint, now) =>
      sealer.seal(`${now.getTime() + PROOF_SECONDS * 1_000} ${sha256Fingerprint}`),
    open(token, now) {
      const [, expiresAtMs, fingerprint] = /^(\d{1,15}) ([0-9a-f]{64})$/.exec(sealer.open(token) ?? '') ?? [];
      if (fingerprint === undefined || Number(expiresAtMs) <= now.getTime()) return undefined;
      return fingerprint as Sha256Fingerprint;
    },
  };
}
