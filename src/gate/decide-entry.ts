import { decide } from '../access/decide.ts';
import type { Exchange } from './exchange.ts';
import type { Entry } from './ports.ts';

/** The rules' answer for a session, as it was read, on the connection of this exchange. */
export function decideEntry(
  exchange: Pick<Exchange, 'connection'>,
  entry: Entry | undefined,
  now: Date,
): ReturnType<typeof decide> {
  return decide({
    now,
    session:
      entry === undefined
        ? { kind: 'none' }
        : { kind: 'signed-in', account: entry.account, current: entry.current },
    presented: exchange.connection.presented,
  });
}
