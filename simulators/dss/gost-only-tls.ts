import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

export interface GostOnlyServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A TLS alert (RFC 8446, 5.1 and 6): fatal, handshake_failure. */
const HANDSHAKE_FAILURE = Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]);
/** Of a record that holds a ClientHello. */
const HANDSHAKE_RECORD = 0x16;

/**
 * A server that has GOST cipher suites only, as clients without them see it: it reads the ClientHello, shares nothing with
 * it, and says so. There is nothing behind it.
 */
export async function startGostOnlyServer(options: {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}): Promise<GostOnlyServer> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (hello) => {
      if (hello[0] === HANDSHAKE_RECORD) socket.end(HANDSHAKE_FAILURE);
      else socket.destroy();
    });
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(options.port, options.host, resolve);
  await promise;
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      await new Promise((done) => server.close(done));
    },
  };
}
