import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type DbusValue, decodeMessage, encodeMethodCall, type MethodCall } from './dbus-wire.ts';

/** The called program answered with an error, for example because the object is gone. */
export class DbusError extends Error {
  override readonly name = 'DbusError';
  readonly errorName: string;

  constructor(errorName: string, text: string) {
    super(`${errorName}: ${text}`);
    this.errorName = errorName;
  }
}

export interface DbusConnection {
  /** @throws DbusError */
  call(call: MethodCall): Promise<readonly DbusValue[]>;
  close(): void;
}

interface Waiting {
  readonly resolve: (body: readonly DbusValue[]) => void;
  readonly reject: (error: Error) => void;
}

/** `unix:path=/run/x,guid=…` or `unix:abstract=/tmp/x` (D-Bus Specification, "Server Addresses"). */
function socketPath(address: string): string {
  const parts = /^unix:(path|abstract)=([^,;]+)/.exec(address);
  if (parts?.[2] === undefined) throw new Error(`not a Unix socket address: ${address}`);
  const path = decodeURIComponent(parts[2]);
  return parts[1] === 'abstract' ? `\0${path}` : path;
}

/** SASL EXTERNAL with our own user id (D-Bus Specification, "Authentication Protocol"). */
async function authenticate(socket: Socket): Promise<void> {
  const userId = Buffer.from(String(process.getuid?.() ?? 0), 'ascii').toString('hex');
  socket.write(`\0AUTH EXTERNAL ${userId}\r\n`);
  const [answer] = await once(socket, 'data');
  if (!String(answer).startsWith('OK ')) throw new Error(`the bus refused us: ${answer}`);
  socket.write('BEGIN\r\n');
}

/** @throws Error when nobody listens at the address or we are refused */
export async function connectToBus(address: string): Promise<DbusConnection> {
  const socket = connect(socketPath(address));
  await once(socket, 'connect');
  await authenticate(socket);

  const waiting = new Map<number, Waiting>();
  let unread: Buffer = Buffer.alloc(0);
  let serial = 0;

  socket.on('data', (chunk) => {
    unread = Buffer.concat([unread, Buffer.from(chunk)]);
    for (let next = decodeMessage(unread); next !== undefined; next = decodeMessage(unread)) {
      unread = unread.subarray(next.size);
      const { kind, replySerial, errorName, body } = next.message;
      const call = replySerial === undefined ? undefined : waiting.get(replySerial);
      if (call === undefined || replySerial === undefined) continue;
      waiting.delete(replySerial);
      if (kind === 'error') call.reject(new DbusError(errorName ?? 'unnamed', String(body[0] ?? '')));
      else call.resolve(body);
    }
  });
  const fail = (error: Error) => {
    for (const call of waiting.values()) call.reject(error);
    waiting.clear();
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new DbusError('closed', 'the bus closed the connection')));

  const send = (call: MethodCall): Promise<readonly DbusValue[]> => {
    serial += 1;
    const { promise, resolve, reject } = Promise.withResolvers<readonly DbusValue[]>();
    waiting.set(serial, { resolve, reject });
    socket.write(encodeMethodCall(call, serial));
    return promise;
  };
  await send({
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
    member: 'Hello',
  });
  return { call: send, close: () => socket.destroy() };
}
