import net, { isIP } from 'node:net';
import tls from 'node:tls';
import type { Upstream, UpstreamTimeouts } from '../options.ts';
import { type ResponseListener, UpstreamConnection } from './upstream-connection.ts';

type ServerUpstream = Extract<Upstream, { kind: 'server' }>;

const MAX_HEAD_BYTES = 65_536;
const READ_BYTES = 65_536;
const MAX_IDLE = 256;
/** Requests running at one application; streams of events keep theirs for hours. */
const MAX_BUSY = 4_000;
/** A connection over which nothing was asked, because the client had gone when it was open. */
const UNUSED_IDLE_MS = 2_000;

/** A request without content. */
export interface BodylessRequest {
  readonly method: string;
  /** Request line and fields, with the empty line at the end. */
  readonly head: string;
  readonly listener: ResponseListener & {
    /** False: nobody waits for the answer any more, and nothing is sent. */
    onConnection(connection: UpstreamConnection): boolean;
  };
  /** Not over a connection that has been idle. */
  readonly fresh: boolean;
}

export interface UpstreamConnections {
  send(request: BodylessRequest): void;
  destroy(): void;
}

/**
 * Calls back when everything that had arrived at the sockets before now has been read. An immediate alone runs before
 * the next poll; one that is set by another runs after it. Calls of one turn share the two.
 */
function createAfterNextPoll(): (call: () => void) => void {
  let batch: (() => void)[] | undefined;
  return (call) => {
    if (batch !== undefined) {
      batch.push(call);
      return;
    }
    const calls = [call];
    batch = calls;
    setImmediate(() => {
      batch = undefined;
      setImmediate(() => {
        for (const one of calls) one();
      });
    });
  };
}

/**
 * Connections for requests without content, which most are. The one used last is taken first.
 *
 * The server name that TLS is checked against is the upstream's own: the Host field carries the public name.
 */
export function createUpstreamConnections(
  upstream: ServerUpstream,
  timeouts: UpstreamTimeouts,
): UpstreamConnections {
  const { url } = upstream;
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'https:';
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  const servername = upstream.serverName ?? (isIP(hostname) === 0 ? hostname : '');
  // Octets or an end that have arrived on an idle connection are no answer to the request that goes out next.
  const afterNextPoll = createAfterNextPoll();
  const idle: UpstreamConnection[] = [];
  const busy = new Set<UpstreamConnection>();
  let destroyed = false;

  const onIdle = (connection: UpstreamConnection): void => {
    busy.delete(connection);
    if (idle.length < MAX_IDLE && !destroyed) idle.push(connection);
    else connection.abandon();
  };

  const use = (connection: UpstreamConnection, request: BodylessRequest): void => {
    busy.add(connection);
    if (!request.listener.onConnection(connection)) {
      onIdle(connection);
      return;
    }
    connection.send(request.head, request.method, request.listener);
  };

  const takeIdle = (): UpstreamConnection | undefined => {
    const now = Date.now();
    for (let connection = idle.pop(); connection !== undefined; connection = idle.pop()) {
      if (connection.usable && now < connection.idleUntil) return connection;
      connection.abandon();
    }
    return undefined;
  };

  const connect = (request: BodylessRequest): void => {
    // One piece of memory per connection: what is handed on is copied out of it.
    const memory = Buffer.allocUnsafeSlow(READ_BYTES);
    let connection: UpstreamConnection | undefined;
    const onread = {
      buffer: memory,
      callback: (length: number): boolean => connection?.receive(memory.subarray(0, length)) ?? false,
    };
    const socket = secure
      ? tls.connect({
          host: hostname,
          port,
          servername,
          ALPNProtocols: ['http/1.1'],
          ...(upstream.certificateAuthoritiesPem === undefined
            ? {}
            : { ca: upstream.certificateAuthoritiesPem }),
          ...{ onread },
        })
      : net.connect({ host: hostname, port, noDelay: true, onread });
    socket.setNoDelay(true);
    let settled = false;
    const fail = (error: Error): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      socket.destroy();
      request.listener.onError(error);
    };
    const timer = setTimeout(
      () => fail(Object.assign(new Error('connecting took too long'), { code: 'ETIMEDOUT' })),
      timeouts.connectMs,
    );
    const onError = (error: Error): void => fail(error);
    const onClose = (): void => fail(new Error('the connection was closed before it was open'));
    socket.on('error', onError);
    socket.on('close', onClose);
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      socket.off('error', onError);
      socket.off('close', onClose);
      socket.setKeepAlive(true, 60_000);
      connection = new UpstreamConnection(socket, MAX_HEAD_BYTES, onIdle);
      connection.idleUntil = Date.now() + UNUSED_IDLE_MS;
      const opened = connection;
      socket.on('close', () => busy.delete(opened));
      use(opened, request);
    });
  };

  const sweep = (): void => {
    const now = Date.now();
    for (const connection of busy) {
      const { waitingFor, waitingSince } = connection;
      const limitMs = waitingFor === 'head' ? timeouts.headersMs : timeouts.bodyIdleMs;
      if (waitingFor === 'nothing' || limitMs === 0 || now - waitingSince <= limitMs) continue;
      connection.fail(Object.assign(new Error('the application took too long'), { code: 'ETIMEDOUT' }));
    }
    // The oldest are at the front.
    while (idle[0] !== undefined && (now >= idle[0].idleUntil || !idle[0].usable)) idle.shift()?.abandon();
  };
  const shortestMs = Math.min(timeouts.headersMs, timeouts.bodyIdleMs || timeouts.headersMs);
  const timer = setInterval(sweep, Math.max(50, Math.min(1_000, shortestMs / 4)));
  timer.unref();

  return {
    send(request) {
      const connection = request.fresh ? undefined : takeIdle();
      if (connection === undefined) {
        if (busy.size < MAX_BUSY) connect(request);
        else request.listener.onError(new Error('too many requests are running'));
        return;
      }
      busy.add(connection);
      afterNextPoll(() => {
        try {
          if (connection.usable) use(connection, request);
          else connect(request);
        } catch (error) {
          // Nobody is above an immediate to catch it.
          request.listener.onError(error instanceof Error ? error : new Error('connecting failed'));
        }
      });
    },
    destroy() {
      destroyed = true;
      clearInterval(timer);
      for (const connection of [...idle, ...busy]) connection.abandon();
    },
  };
}
