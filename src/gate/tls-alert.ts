import type { TLSSocket } from 'node:tls';

/**
 * A record that no peer may send inside an encrypted connection: type 21, TLS 1.2, the two octets "fatal,
 * bad_certificate", in clear. OpenSSL answers with a fatal alert of its own (unexpected_message under TLS 1.3,
 * internal_error under TLS 1.2), and on that alert Chromium forgets which certificate, or none, was chosen.
 */
const STRAY_RECORD = Buffer.from([0x15, 3, 3, 0, 2, 2, 42]);

/** The alert needs a moment on the way; a destroyed socket takes what is unsent with it. */
const DESTROY_AFTER_MS = 200;

interface ReceivingHandle {
  receive(bytes: Buffer): void;
}

/**
 * Ends the connection with a fatal TLS alert. It works only before any octet of a response. Node has no call for it:
 * where its internal one is missing, nothing is done and the answer is `unavailable`.
 */
export function sendFatalAlert(socket: TLSSocket): 'sent' | 'unavailable' {
  const handle = receivingHandle(socket);
  if (handle === undefined || socket.destroyed) return 'unavailable';
  socket.on('error', () => {});
  handle.receive(STRAY_RECORD);
  setTimeout(() => socket.destroy(), DESTROY_AFTER_MS).unref();
  return 'sent';
}

export function isAlertAvailable(socket: TLSSocket): boolean {
  return receivingHandle(socket) !== undefined;
}

function receivingHandle(socket: TLSSocket): ReceivingHandle | undefined {
  const { _handle: handle } = socket as TLSSocket & { readonly _handle?: Partial<ReceivingHandle> | null };
  return typeof handle?.receive === 'function' ? (handle as ReceivingHandle) : undefined;
}
