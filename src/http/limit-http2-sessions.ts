import { constants, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';

export interface Http2SessionLimits {
  /** A connection without a request. */
  readonly idleMs: number;
  /** From a request's first octet to the last one of its answer. */
  readonly streamMs: number;
}

/** What still runs when a connection is closed has this long to end. */
const CLOSE_MS = 5_000;

/**
 * Node lets an HTTP/2 connection stand open for ever, and its own timeout counts every PING of the client as activity:
 * a few addresses would take all connections that the listener has.
 */
export function limitHttp2Sessions(
  server: { on(event: 'session', listener: (session: ServerHttp2Session) => void): unknown },
  { idleMs, streamMs }: Http2SessionLimits,
): void {
  server.on('session', (session) => {
    let streams = 0;
    const waitForRequest = (): NodeJS.Timeout =>
      setTimeout(() => {
        session.close();
        setTimeout(() => session.destroy(), CLOSE_MS).unref();
      }, idleMs).unref();
    let idle = waitForRequest();
    session.on('stream', (stream: ServerHttp2Stream) => {
      clearTimeout(idle);
      streams += 1;
      const overdue = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), streamMs).unref();
      stream.once('close', () => {
        clearTimeout(overdue);
        streams -= 1;
        if (streams === 0 && !session.closed) idle = waitForRequest();
      });
    });
    session.once('close', () => clearTimeout(idle));
  });
}
