import pg from 'pg';
import type { Logger } from '../../kernel/logger.ts';

export const CHANNEL = 'propusk_changes';
const RECONNECT_PAUSE_MS = 1_000;
/** The net under the notifications: a connection can be dead for minutes before anybody notices. */
const POLL_INTERVAL_MS = 1_000;

/** Listens on a connection of its own, connects again when it is lost, and asks each second all the same. */
export function watchNotifications(
  config: pg.ClientConfig,
  onPossibleChange: () => void,
  logger: Logger,
): () => void {
  let stopped = false;
  let client: pg.Client | undefined;
  let reconnect: NodeJS.Timeout | undefined;

  async function listen(): Promise<void> {
    const current = new pg.Client(config);
    client = current;
    let lost = false;
    const onLost = (error: unknown) => {
      if (lost) return;
      lost = true;
      void current.end().catch(() => {});
      if (stopped) return;
      logger.warn({ err: error }, 'the notifications of the database were lost; polling meanwhile');
      reconnect = setTimeout(() => void listen(), RECONNECT_PAUSE_MS);
      reconnect.unref();
    };
    current.on('error', onLost);
    current.on('end', () => onLost(undefined));
    current.on('notification', onPossibleChange);
    try {
      await current.connect();
      await current.query(`listen ${CHANNEL}`);
    } catch (error) {
      onLost(error);
      return;
    }
    // What was sent while nobody listened.
    onPossibleChange();
  }

  void listen();
  const poll = setInterval(onPossibleChange, POLL_INTERVAL_MS);
  poll.unref();
  return () => {
    stopped = true;
    clearInterval(poll);
    clearTimeout(reconnect);
    void client?.end().catch(() => {});
  };
}
