import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { onTestFinished } from 'vitest';

/** A message as a strict reader of RFC 5424 understands it. */
export interface ReadMessage {
  readonly facility: number;
  readonly severity: number;
  readonly timestamp: string;
  readonly hostName: string;
  readonly appName: string;
  readonly messageId: string;
  readonly dataName: string;
  readonly data: Readonly<Record<string, string>>;
  readonly hasMark: boolean;
  readonly text: string;
}

const HEADER =
  /^<(\d{1,3})>1 (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z) ([\x21-\x7e]{1,255}) ([\x21-\x7e]{1,48}) - ([\x21-\x7e]{1,32}) \[/;
const PARAMETER = /^ ([^\s=\]"]{1,32})="((?:[^"\\\]]|\\["\\\]])*)"/u;

/** RFC 5424, section 6. @throws where anything is not as the grammar says */
export function parseSyslogMessage(octets: Buffer): ReadMessage {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  const header = HEADER.exec(text);
  if (header === null) throw new Error(`not a header: ${text.slice(0, 120)}`);
  const [whole, priority, timestamp = '', hostName = '', appName = '', messageId = ''] = header;
  let rest = text.slice(whole.length);
  const dataName = /^[^\s=\]"]{1,32}@\d+/.exec(rest)?.[0] ?? '';
  rest = rest.slice(dataName.length);
  const data: Record<string, string> = {};
  for (let found = PARAMETER.exec(rest); found !== null; found = PARAMETER.exec(rest)) {
    const [parameter, name = '', value = ''] = found;
    data[name] = value.replaceAll(/\\(["\\\]])/g, '$1');
    rest = rest.slice(parameter.length);
  }
  if (!rest.startsWith('] ')) throw new Error(`structured data does not end: ${rest.slice(0, 80)}`);
  const message = rest.slice(2);
  const hasMark = message.startsWith('\u{feff}');
  return {
    facility: Math.floor(Number(priority) / 8),
    severity: Number(priority) % 8,
    timestamp,
    hostName,
    appName,
    messageId,
    dataName,
    data,
    hasMark,
    text: hasMark ? message.slice(1) : message,
  };
}

/** RFC 6587, section 3.4.1: the whole frames at the beginning, and what is left. */
function takeFrames(octets: Buffer): { readonly frames: readonly Buffer[]; readonly rest: Buffer } {
  const frames: Buffer[] = [];
  let rest = octets;
  for (;;) {
    const space = rest.indexOf(0x20);
    if (space < 0) return { frames, rest };
    const count = rest.subarray(0, space).toString('latin1');
    if (!/^[1-9]\d*$/.test(count)) throw new Error(`not a count of octets: ${count}`);
    const end = space + 1 + Number(count);
    if (rest.length < end) return { frames, rest };
    frames.push(rest.subarray(space + 1, end));
    rest = rest.subarray(end);
  }
}

export interface SyslogServer {
  readonly port: number;
  readonly messages: readonly ReadMessage[];
  /** The next connections are treated so, one after another. */
  misbehave(...how: readonly ('reset' | 'end-early' | 'never-end')[]): void;
}

/** A receiver that reads frames as they come and ends a connection when the sender has. */
export async function startSyslogServer(tls?: {
  readonly cert: string;
  readonly key: string;
  readonly clientAuthority?: string;
}): Promise<SyslogServer> {
  const messages: ReadMessage[] = [];
  const plans: ('reset' | 'end-early' | 'never-end')[] = [];
  const sockets = new Set<Socket>();
  const take = (socket: Socket) => {
    const plan = plans.shift();
    sockets.add(socket);
    socket.on('error', () => {});
    if (plan === 'reset') {
      socket.once('data', () => socket.resetAndDestroy());
      return;
    }
    if (plan === 'end-early') {
      socket.pause();
      socket.end();
      return;
    }
    let buffered: Buffer = Buffer.alloc(0);
    socket.on('data', (octets) => {
      const { frames, rest } = takeFrames(Buffer.concat([buffered, octets]));
      buffered = Buffer.from(rest);
      messages.push(...frames.map(parseSyslogMessage));
    });
    if (plan !== 'never-end') socket.on('end', () => socket.end());
  };
  const server: Server = tls
    ? createTlsServer(
        {
          cert: tls.cert,
          key: tls.key,
          ...(tls.clientAuthority !== undefined && {
            ca: tls.clientAuthority,
            requestCert: true,
            rejectUnauthorized: true,
          }),
        },
        take,
      )
    : createTcpServer({ allowHalfOpen: true }, take);
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    messages,
    misbehave: (...how) => {
      plans.push(...how);
    },
  };
}
