/**
 * Passwords and access tokens of a DSS while somebody is signed in here. In memory only, and there only encrypted,
 * under a key that is made from the token in the person's cookie; of that token the server keeps a hash. Without the
 * cookie nothing can be read: not by another session, not by whoever gets at the database, the disk or the logs. A
 * restart forgets everything. Who holds a {@link Locker} can read; it lives as long as a request or a dialogue.
 */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { SessionId } from '../../kernel/brand.ts';
import type { Random } from '../../kernel/random.ts';

export interface Locker {
  readonly sessionId: SessionId;
  put(name: string, secret: string, expiresAt: Date): void;
  /** Undefined: nothing there, too old, or of another cookie. */
  take(name: string, now: Date): string | undefined;
  drop(name: string): void;
}

export interface SecretVault {
  /** @param sessionToken the secret of the cookie */
  openLocker(sessionId: SessionId, sessionToken: string): Locker;
  /** Which sessions have something here. */
  sessions(): readonly SessionId[];
  dropSession(sessionId: SessionId): void;
  /** For `name` in all sessions: a connection is no more. */
  dropEverywhere(name: string): void;
  dropExpired(now: Date): void;
}

interface Sealed {
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
  readonly expiresAt: Date;
}

const CIPHER = 'aes-256-gcm';

export function createSecretVault(random: Random): SecretVault {
  // Of this process: what would be copied out of it is of no use to the next one.
  const salt = random.bytes(32);
  const bySession = new Map<SessionId, Map<string, Sealed>>();

  return {
    openLocker(sessionId, sessionToken) {
      const key = new Uint8Array(hkdfSync('sha256', sessionToken, salt, 'propusk dss secrets', 32));
      const aadOf = (name: string) => Buffer.from(`${sessionId} ${name}`, 'utf8');
      return {
        sessionId,
        put(name, secret, expiresAt) {
          const nonce = random.bytes(12);
          const cipher = createCipheriv(CIPHER, key, nonce).setAAD(aadOf(name));
          const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
          const own = bySession.get(sessionId) ?? new Map<string, Sealed>();
          bySession.set(sessionId, own);
          own.set(name, { nonce, ciphertext, tag: cipher.getAuthTag(), expiresAt });
        },
        take(name, now) {
          const sealed = bySession.get(sessionId)?.get(name);
          if (sealed === undefined || sealed.expiresAt <= now) return undefined;
          const decipher = createDecipheriv(CIPHER, key, sealed.nonce).setAAD(aadOf(name));
          decipher.setAuthTag(sealed.tag);
          try {
            return Buffer.concat([decipher.update(sealed.ciphertext), decipher.final()]).toString('utf8');
          } catch {
            return undefined;
          }
        },
        drop(name) {
          bySession.get(sessionId)?.delete(name);
        },
      };
    },
    sessions: () => [...bySession.keys()],
    dropSession: (sessionId) => void bySession.delete(sessionId),
    dropEverywhere(name) {
      for (const own of bySession.values()) own.delete(name);
    },
    dropExpired(now) {
      for (const [sessionId, own] of bySession) {
        for (const [name, { expiresAt }] of own) if (expiresAt <= now) own.delete(name);
        if (own.size === 0) bySession.delete(sessionId);
      }
    },
  };
}
