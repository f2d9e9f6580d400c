import http from 'node:http';
import net from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

/** For tests: an application that remembers every request and every octet it got. */
export interface TestUpstream {
  readonly url: URL;
  readonly requests: ReceivedRequest[];
  /** What arrived on the wire, all connections one after the other. */
  wire(): string;
  clear(): void;
  /** Replaces the answer; the default is 200 with a short JSON text. */
  answer: ((request: http.IncomingMessage, response: http.ServerResponse, body: string) => void) | undefined;
  /** Takes requests before their bodies are read. */
  onStream: ((request: http.IncomingMessage, response: http.ServerResponse) => void) | undefined;
  onUpgrade: ((request: http.IncomingMessage, socket: net.Socket, head: Buffer) => void) | undefined;
  openSockets(): number;
  destroySockets(): void;
  close(): void;
}

/** Enough for every attack, and little beside a large upload. */
const RECORDED_MAX = 1_000;

export async function openUpstream(): Promise<TestUpstream> {
  const chunks: Buffer[] = [];
  const sockets = new Set<net.Socket>();
  const server = http.createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
    if (upstream.onStream) {
      upstream.onStream(request, response);
      return;
    }
    const body: Buffer[] = [];
    request.on('data', (chunk: Buffer) => body.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(body).toString('latin1');
      const { method = '', url = '', headers, rawHeaders } = request;
      upstream.requests.push({ method, url, headers, rawHeaders, body: text });
      if (upstream.answer) upstream.answer(request, response, text);
      else {
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify({ seen: url }));
      }
    });
  });
  server.on('upgrade', (request, socket: net.Socket, head: Buffer) => {
    if (upstream.onUpgrade) upstream.onUpgrade(request, socket, head);
    else socket.destroy();
  });
  server.on('clientError', (_, socket) => socket.destroy());
  // A relay in front, because the http server takes its sockets' octets without showing them to anybody else.
  const relay = net.createServer((socket) => {
    const inner = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1');
    sockets.add(socket);
    for (const [from, to] of [
      [socket, inner],
      [inner, socket],
    ] as const) {
      from.on('error', () => {});
      from.on('close', () => to.destroySoon());
    }
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      if (chunks.length < RECORDED_MAX) chunks.push(chunk);
    });
    socket.pipe(inner);
    inner.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const upstream: TestUpstream = {
    url: new URL(`http://127.0.0.1:${(relay.address() as net.AddressInfo).port}`),
    requests: [],
    wire: () => Buffer.concat(chunks).toString('latin1'),
    clear: () => {
      chunks.length = 0;
      upstream.requests.length = 0;
      upstream.answer = undefined;
      upstream.onStream = undefined;
      upstream.onUpgrade = undefined;
    },
    answer: undefined,
    onStream: undefined,
    onUpgrade: undefined,
    openSockets: () => sockets.size,
    destroySockets: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: () => {
      server.close();
      relay.close();
      upstream.destroySockets();
    },
  };
  return upstream;
}

/** For tests: an application that answers every connection's first octets with these, well-formed or not. */
export async function openRawUpstream(
  onData: (socket: net.Socket, received: string) => void,
): Promise<{ url: URL; close(): void }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    let received = '';
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      onData(socket, received);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as net.AddressInfo).port}`),
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
