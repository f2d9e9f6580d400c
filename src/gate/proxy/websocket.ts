import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { ExchangeOwner } from '../exchange.ts';
import type { Http1Exchange } from '../http1-exchange.ts';
import { readResponseFields } from './response-headers.ts';
import type { UpstreamClient, UpstreamClients } from './upstream-clients.ts';

export interface WebSocketForwarding {
  readonly exchange: Http1Exchange;
  readonly clients: UpstreamClients;
  readonly path: string;
  readonly headers: string[];
  /** What the client sent behind its request already. */
  readonly head: Buffer;
  readonly handshake: WebSocketHandshake;
  /** The application sets these. */
  readonly onCookies: (setCookieFields: readonly string[]) => void;
  readonly onFailure: (error: unknown) => void;
}

export interface WebSocketHandshake {
  readonly key: string;
  readonly protocols: readonly string[];
}

/** RFC 6455, section 4.2.1. Undefined: not a handshake that may be passed on. */
export function readWebSocketHandshake(
  method: string,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): WebSocketHandshake | undefined {
  const key = headers['sec-websocket-key'];
  const offered = headers['sec-websocket-protocol'];
  const connection = String(headers.connection ?? '').toLowerCase();
  if (method !== 'GET' || String(headers.upgrade ?? '').toLowerCase() !== 'websocket') return undefined;
  if (!connection.split(',').some((token) => token.trim() === 'upgrade')) return undefined;
  if (headers['sec-websocket-version'] !== '13') return undefined;
  if (typeof key !== 'string' || !/^[A-Za-z0-9+/]{22}==$/.test(key)) return undefined;
  // A body before the 101 would be read by nobody as what it is.
  if (headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0') {
    return undefined;
  }
  const protocols = String(offered ?? '')
    .split(',')
    .map((protocol) => protocol.trim())
    .filter((protocol) => protocol !== '');
  return { key, protocols };
}

/** Sends a permitted handshake to the application and, once both sides have agreed, octets both ways. */
export function forwardWebSocket(forwarding: WebSocketForwarding): void {
  new WebSocketForwarder(forwarding).start();
}

class WebSocketForwarder implements Dispatcher.DispatchHandler, ExchangeOwner {
  readonly #forwarding: WebSocketForwarding;
  readonly #exchange: Http1Exchange;
  #client: UpstreamClient | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #upstream: Duplex | undefined;
  #state: 'waiting' | 'answering' | 'open' | 'over' = 'waiting';

  constructor(forwarding: WebSocketForwarding) {
    this.#forwarding = forwarding;
    this.#exchange = forwarding.exchange;
  }

  start(): void {
    const { clients, path, headers } = this.#forwarding;
    this.#exchange.owner = this;
    this.#client = clients.acquire();
    this.#client.dispatch({ path, method: 'GET', headers, upgrade: 'websocket' }, this);
  }

  #release(): void {
    const client = this.#client;
    this.#client = undefined;
    client?.release();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#state === 'over') controller.abort(new Error('the client has gone'));
  }

  onRequestUpgrade(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
    upstream: Duplex,
  ): void {
    // The socket has left the client, which opens another one for its next request.
    this.#release();
    if (this.#state === 'over' || !this.#isAgreed(status, headers)) {
      upstream.destroy();
      this.#fail(new Error('the application did not complete the WebSocket handshake'));
      return;
    }
    const { rawHeaders } = controller;
    const fields = readResponseFields(Array.isArray(rawHeaders) ? rawHeaders : []);
    if (fields.setCookies !== undefined) this.#forwarding.onCookies(fields.setCookies);
    let head = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n';
    for (let index = 0; index < fields.headers.length; index += 2) {
      head += `${fields.headers[index]}: ${fields.headers[index + 1]}\r\n`;
    }
    this.#open(upstream, `${head}\r\n`);
  }

  #open(upstream: Duplex, head: string): void {
    const { response, connection } = this.#exchange;
    const { socket } = connection;
    this.#state = 'open';
    this.#exchange.upgraded = true;
    this.#upstream = upstream;
    response.removeAllListeners('finish');
    response.detachSocket(socket);
    socket.setTimeout(0);
    socket.write(head, 'latin1');
    upstream.on('error', () => this.#close());
    upstream.on('close', () => this.#close());
    if (this.#forwarding.head.length > 0) upstream.write(this.#forwarding.head);
    const touch = (): void => {
      connection.lastActiveAt = Date.now();
    };
    socket.on('data', touch);
    upstream.on('data', touch);
    socket.pipe(upstream);
    upstream.pipe(socket);
  }

  /** RFC 6455, section 4.1: what a client checks of the answer, so that no other protocol hides behind the 101. */
  #isAgreed(status: number, headers: IncomingHttpHeaders): boolean {
    const { key, protocols } = this.#forwarding.handshake;
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    const protocol = headers['sec-websocket-protocol'];
    return (
      status === 101 &&
      headers.upgrade?.toLowerCase() === 'websocket' &&
      headers['sec-websocket-accept'] === accept &&
      (protocol === undefined || protocols.includes(String(protocol)))
    );
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    if (status < 200 || this.#state !== 'waiting') return;
    // The application declined: its answer is an ordinary one.
    const { rawHeaders } = controller;
    const fields = readResponseFields(Array.isArray(rawHeaders) ? rawHeaders : []);
    if (fields.setCookies !== undefined) this.#forwarding.onCookies(fields.setCookies);
    if (fields.contentLength !== undefined) fields.headers.push('content-length', fields.contentLength);
    this.#state = 'answering';
    this.#exchange.respond(status, fields.headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#state !== 'answering' || this.#exchange.write(chunk)) return;
    controller.pause();
    this.#exchange.whenDrained(() => controller.resume());
  }

  onResponseEnd(): void {
    this.#release();
    if (this.#state !== 'answering') return;
    this.#state = 'over';
    this.#exchange.end();
  }

  onResponseError(_: Dispatcher.DispatchController | undefined, error: Error): void {
    this.#release();
    this.#fail(error);
  }

  clientGone(): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#upstream?.destroy();
    this.#controller?.abort(new Error('the client has gone'));
  }

  #fail(error: unknown): void {
    const state = this.#state;
    if (state === 'over') return;
    this.#state = 'over';
    if (state === 'waiting') this.#forwarding.onFailure(error);
    else this.#exchange.destroy();
  }

  #close(): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    // What the application sent last is still on its way to the client.
    this.#exchange.connection.socket.end();
    this.#exchange.release();
  }
}
