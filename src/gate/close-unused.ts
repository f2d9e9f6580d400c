import type { Connection } from './connections.ts';
import type { GateContext } from './context.ts';

/**
 * Browsers open connections in advance (Firefox a second one where the first is slow). One that shows what this
 * connection shows, and has not been used yet, would be found by the next page and refused like this one.
 *
 * @param silentMs whose request is on its way sends it at once; what has been silent for longer was opened in advance
 */
export function closeUnusedLike(context: GateContext, connection: Connection, silentMs: number): void {
  for (const other of context.connections.all()) {
    const isUnused =
      other !== connection &&
      other.sessionIds.size === 0 &&
      other.exchanges.size === 0 &&
      Date.now() - other.lastActiveAt >= silentMs &&
      other.serverName === connection.serverName &&
      other.address === connection.address &&
      // A colleague behind the same address shows another certificate.
      fingerprintOf(other) === fingerprintOf(connection);
    if (isUnused) other.socket.destroy();
  }
}

const SILENT_MS = 300;
const AGAIN_MS = 1_000;

/** After a refusal. What the browser opens in this very moment shows only later that it was in advance. */
export function closeUnusedAfter(context: GateContext, refused: Connection): void {
  closeUnusedLike(context, refused, SILENT_MS);
  setTimeout(() => closeUnusedLike(context, refused, SILENT_MS), AGAIN_MS).unref();
}

function fingerprintOf({ presented }: Connection): string | undefined {
  return presented.kind === 'certificate' ? presented.sha256Fingerprint : undefined;
}
