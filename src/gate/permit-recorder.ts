import type { ApplicationId } from '../kernel/brand.ts';
import type { Entry, GatePort } from './ports.ts';

export interface PermitRecorder {
  /**
   * Records that this session entered this application with this certificate, once. Undefined: it was recorded
   * before. Otherwise the request waits for the record, and nothing enters that could not be recorded.
   */
  ensure(entry: Entry, applicationId: ApplicationId, address: string, now: Date): Promise<void> | undefined;
  /** Moves the session's idle limit on where that was last done more than a minute ago. Undefined: nothing to do. */
  touch(entry: Entry, now: Date): Promise<void> | undefined;
}

const REMEMBERED_MAX = 50_000;
const TOUCH_AFTER_MS = 60_000;

export function createPermitRecorder(port: GatePort): PermitRecorder {
  const recorded = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const touching = new Set<string>();

  return {
    ensure(entry, applicationId, address, now) {
      const key = `${entry.sessionId} ${applicationId} ${entry.currentCertificateId}`;
      if (recorded.has(key)) return undefined;
      const already = running.get(key);
      if (already !== undefined) return already;
      const recording = port
        .recordPermit({ entry, applicationId, address, now })
        .then(() => {
          if (recorded.size >= REMEMBERED_MAX) recorded.clear();
          recorded.add(key);
        })
        .finally(() => running.delete(key));
      running.set(key, recording);
      return recording;
    },
    touch(entry, now) {
      if (now.getTime() - entry.lastSeenAt.getTime() < TOUCH_AFTER_MS) return undefined;
      if (touching.has(entry.sessionId)) return undefined;
      touching.add(entry.sessionId);
      return port.touchSession(entry.sessionId, now).finally(() => touching.delete(entry.sessionId));
    },
  };
}
