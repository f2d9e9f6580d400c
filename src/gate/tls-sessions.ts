import { randomBytes } from 'node:crypto';

const TICKET_KEY_LIFETIME_MS = 12 * 3_600_000;
/** Whoever is refused again and again costs the others no more than this many full handshakes. */
const FORGET_EVERY_MS = 1_000;

/** Which TLS sessions may be resumed. */
export interface TlsSessions {
  /** 48 octets; of this process alone: shared ones would have to lie somewhere, and open what was recorded. */
  readonly ticketKeys: Buffer;
  /**
   * No session that began before is resumed; at the latest a second after the call. What a session showed it shows
   * again when it is resumed, and the browser is not asked: Firefox, refused without a certificate, came back so with
   * nothing after it had been installed.
   */
  forget(): void;
  /** Called with new keys. Also every 12 hours: Node keeps one, and who knew it could read what was encrypted under it. */
  onChange(listener: (ticketKeys: Buffer) => void): void;
  close(): void;
}

export function createTlsSessions(): TlsSessions {
  let ticketKeys = randomBytes(48);
  let changedAt = Number.NEGATIVE_INFINITY;
  let pending: NodeJS.Timeout | undefined;
  const listeners: ((ticketKeys: Buffer) => void)[] = [];
  const change = (): void => {
    pending = undefined;
    changedAt = performance.now();
    ticketKeys = randomBytes(48);
    for (const listener of listeners) listener(ticketKeys);
  };
  const rotation = setInterval(change, TICKET_KEY_LIFETIME_MS);
  rotation.unref();
  return {
    get ticketKeys() {
      return ticketKeys;
    },
    forget() {
      const wait = changedAt + FORGET_EVERY_MS - performance.now();
      if (wait <= 0) change();
      else pending ??= setTimeout(change, wait).unref();
    },
    onChange: (listener) => void listeners.push(listener),
    close() {
      clearInterval(rotation);
      clearTimeout(pending);
    },
  };
}
