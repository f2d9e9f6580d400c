import type { Logger } from '../kernel/logger.ts';
import type { Database } from './database.ts';

/** Tells subscribers of changes that can turn a permit into a refusal: of this process at once, of others when they are seen. */
export interface AccessChanges {
  /** After the commit of a change of this process. */
  announce(revision: number): void;
  subscribe(onChange: () => void): () => void;
  close(): void;
}

/** @param revision what it was before anybody could subscribe */
export function createAccessChanges(database: Database, revision: number, logger: Logger): AccessChanges {
  const subscribers = new Set<{ readonly onChange: () => void }>();
  let last = revision;
  let checking = false;
  let checkAgain = false;
  let stopWatching: (() => void) | undefined;

  function tell(current: number): void {
    if (current <= last) return;
    last = current;
    for (const { onChange } of subscribers) {
      try {
        onChange();
      } catch (error) {
        logger.error({ err: error }, 'a subscriber to changes failed');
      }
    }
  }

  async function check(): Promise<void> {
    // The one under way may have read before the change.
    if (checking) {
      checkAgain = true;
      return;
    }
    checking = true;
    try {
      do {
        checkAgain = false;
        tell(await readAccessRevision(database));
      } while (checkAgain);
    } catch (error) {
      // The gate's own reads fail as well, and it denies.
      logger.warn({ err: error }, 'the revision of access could not be read');
    } finally {
      checking = false;
    }
  }

  return {
    announce: tell,
    subscribe(onChange) {
      const subscriber = { onChange };
      subscribers.add(subscriber);
      stopWatching ??= database.watch(() => void check());
      return () => subscribers.delete(subscriber);
    },
    close() {
      subscribers.clear();
      stopWatching?.();
    },
  };
}

export async function readAccessRevision({ reader }: Database): Promise<number> {
  const { access_revision } = await reader
    .selectFrom('change_counters')
    .select('access_revision')
    .where('id', '=', 1)
    .executeTakeFirstOrThrow();
  return access_revision;
}
