import { createSocket } from 'node:dgram';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import type { SentEvent } from './present-entry.ts';
import { categoryOf, type DeliveryResult, type Receiver } from './receiver.ts';
import { formatSyslogMessage, frameSyslogMessage, type SyslogHeader } from './syslog-message.ts';

export interface SyslogConfig extends SyslogHeader {
  readonly name: string;
  /** `tls`: RFC 5425. `tcp`: RFC 6587. `udp`: RFC 5426, which nobody acknowledges. */
  readonly transport: 'tls' | 'tcp' | 'udp';
  readonly host: string;
  readonly port: number;
  /** PEM of the authorities that the receiver's certificate may come from; those of Node by default. */
  readonly authoritiesPem: string | undefined;
  /** PEM. Who we are, where the receiver asks for it. */
  readonly client: { readonly certificatesPem: string; readonly privateKeyPem: string } | undefined;
}

const DELIVERED: DeliveryResult = { kind: 'delivered' };

export function createSyslogReceiver(config: SyslogConfig): Receiver {
  const format = (event: SentEvent) => formatSyslogMessage(event, config);
  return {
    name: config.name,
    deliver: (events, signal) =>
      config.transport === 'udp'
        ? sendDatagrams(config, events.map(format), signal)
        : sendAndWait(
            config,
            Buffer.concat(events.map((event) => frameSyslogMessage(format(event)))),
            signal,
          ),
    check: (signal) =>
      config.transport === 'udp' ? sendDatagrams(config, [], signal) : connectOnly(config, signal),
  };
}

function openConnection(config: SyslogConfig): { readonly socket: Socket; readonly ready: string } {
  const { host, port, authoritiesPem, client } = config;
  // Half open: that the other side has ended before we have is how a dead receiver is told from one that has read all.
  if (config.transport === 'tcp') {
    return { socket: connectTcp({ host, port, allowHalfOpen: true }), ready: 'connect' };
  }
  // @types/node: this one option of net.connect is missing among those of tls.connect.
  const options: ConnectionOptions & { readonly allowHalfOpen: boolean } = {
    host,
    port,
    allowHalfOpen: true,
    minVersion: 'TLSv1.2',
    ...(isIP(host) ? {} : { servername: host }),
    ...(authoritiesPem !== undefined && { ca: authoritiesPem }),
    ...(client && { cert: client.certificatesPem, key: client.privateKeyPem }),
  };
  return { socket: connectTls(options), ready: 'secureConnect' };
}

/**
 * Syslog has no answer. One connection a batch: we end our side, and the receiver ends its own when it has read to that
 * end; one that died before resets the connection or ends it early. So the end is the acknowledgement.
 */
function sendAndWait(config: SyslogConfig, octets: Buffer, signal: AbortSignal): Promise<DeliveryResult> {
  return new Promise((resolve) => {
    const { socket, ready } = openConnection(config);
    let isOpen = false;
    const finish = (result: DeliveryResult) => {
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      resolve(result);
    };
    const onAbort = () => finish({ kind: 'failed', category: 'timeout' });
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) return onAbort();
    socket.once('error', (error) => {
      const category = categoryOf(error);
      // A client certificate that TLS 1.3 refuses is told after the handshake (RFC 8446, 4.4.2.4), as an alert.
      finish({ kind: 'failed', category: isOpen && category !== 'tls' ? 'cut' : category });
    });
    socket.once(ready, () => {
      isOpen = true;
      socket.end(octets);
    });
    // What a receiver says is of no interest, but has to be read to see its end.
    socket.resume();
    socket.once('end', () =>
      finish(socket.writableFinished ? DELIVERED : { kind: 'failed', category: 'cut' }),
    );
    socket.once('close', () => finish({ kind: 'failed', category: 'cut' }));
  });
}

function connectOnly(config: SyslogConfig, signal: AbortSignal): Promise<DeliveryResult> {
  return new Promise((resolve) => {
    const { socket, ready } = openConnection(config);
    const finish = (result: DeliveryResult) => {
      socket.destroy();
      resolve(result);
    };
    signal.addEventListener('abort', () => finish({ kind: 'failed', category: 'timeout' }), { once: true });
    socket.once('error', (error) => finish({ kind: 'failed', category: categoryOf(error) }));
    socket.once(ready, () => finish(DELIVERED));
  });
}

/** RFC 5426: one message a datagram. Sent is all that can be known, unless this very machine says that nobody listens. */
async function sendDatagrams(
  { host, port }: SyslogConfig,
  messages: readonly Buffer[],
  signal: AbortSignal,
): Promise<DeliveryResult> {
  const socket = createSocket(isIP(host) === 6 ? 'udp6' : 'udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
      socket.connect(port, host, () => resolve());
    });
    for (const message of messages) {
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.send(message, (error) => (error ? reject(error) : resolve()));
      });
      socket.removeAllListeners('error');
    }
    return DELIVERED;
  } catch (error) {
    return { kind: 'failed', category: signal.aborted ? 'timeout' : categoryOf(error) };
  } finally {
    socket.on('error', () => {});
    socket.close();
  }
}
