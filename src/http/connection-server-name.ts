import type { Socket } from 'node:net';

/** What identifies an open connection on this machine. A TLS socket answers with those of the TCP socket below it. */
interface ConnectionEnds {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
}

const names = new Map<string, string>();

/**
 * Keeps the name of the ClientHello for as long as the connection is open. OpenSSL does not: after a resumption under
 * TLS 1.2 it answers with the name kept in the session, and keeps none there unless the server had acknowledged it
 * (RFC 6066, section 3), for which Node's hook comes too late.
 */
export function rememberServerName(socket: Socket, serverName: string): void {
  const key = keyOf(socket);
  names.set(key, serverName);
  socket.once('close', () => names.delete(key));
}

/** The name that the connection was opened to, in lower case. */
export function serverNameOf(socket: ConnectionEnds & { readonly servername?: unknown }): string | undefined {
  const remembered = names.get(keyOf(socket));
  if (remembered !== undefined) return remembered;
  // A server that listens itself.
  return typeof socket.servername === 'string' ? socket.servername.toLowerCase() : undefined;
}

function keyOf({ remoteAddress, remotePort, localAddress, localPort }: ConnectionEnds): string {
  return `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`;
}
