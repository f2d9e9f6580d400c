import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { IdentityReader } from './identity/identity.ts';

/** What just happened, for everybody who looks. */
export interface LiveEvent {
  readonly type: 'comment' | 'status' | 'file';
  readonly ticketId: number;
  readonly subject: string;
  readonly author: string;
}

const HEARTBEAT_MS = 25_000;

/** Tells what happens to the pages that are open: over a WebSocket at `/live` and as server-sent events. */
export class Live {
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  readonly #streams = new Set<ServerResponse>();
  readonly #heartbeat: NodeJS.Timeout;

  constructor() {
    // Keeps connections alive through everything that closes silent ones.
    this.#heartbeat = setInterval(() => {
      for (const socket of this.#sockets.clients) socket.ping();
      for (const stream of this.#streams) stream.write(': still here\n\n');
    }, HEARTBEAT_MS).unref();
  }

  attach(server: Server, readIdentity: IdentityReader): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      const refuse = (status: string) => socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`);
      if (new URL(request.url ?? '/', 'http://crm').pathname !== '/live') {
        refuse('404 Not Found');
        return;
      }
      readIdentity(request.headers).then(
        (result) => {
          if (result.kind !== 'known') refuse('401 Unauthorized');
          else
            this.#sockets.handleUpgrade(request, socket, head, (accepted) =>
              greet(accepted, result.identity.login),
            );
        },
        () => refuse('500 Internal Server Error'),
      );
    });
  }

  addStream(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 2000\n\n');
    this.#streams.add(response);
    request.on('close', () => this.#streams.delete(response));
  }

  announce(event: LiveEvent): void {
    const text = JSON.stringify(event);
    for (const socket of this.#sockets.clients) socket.send(text);
    for (const stream of this.#streams) stream.write(`event: ${event.type}\ndata: ${text}\n\n`);
  }

  close(): void {
    clearInterval(this.#heartbeat);
    for (const socket of this.#sockets.clients) socket.terminate();
    for (const stream of this.#streams) stream.destroy();
  }
}

function greet(socket: WebSocket, login: string): void {
  socket.on('error', () => socket.terminate());
  socket.send(JSON.stringify({ type: 'hello', login }));
}
