import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Connection } from './connections.ts';
import type { Exchange, ExchangeOwner, ExchangePermit } from './exchange.ts';

export class Http1Exchange implements Exchange {
  readonly connection: Connection;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly expectsContinue: boolean;
  owner: ExchangeOwner | undefined = undefined;
  permit: ExchangePermit | undefined = undefined;
  upgraded = false;
  bodyOwedSince: number | undefined = undefined;
  drainOwedSince: number | undefined = undefined;
  #closing = false;
  #ended = false;

  constructor(
    connection: Connection,
    request: IncomingMessage,
    response: ServerResponse,
    expectsContinue: boolean,
  ) {
    this.connection = connection;
    this.request = request;
    this.response = response;
    this.expectsContinue = expectsContinue;
    connection.exchanges.add(this);
    connection.lastActiveAt = Date.now();
  }

  get version(): '1.0' | '1.1' {
    return this.request.httpVersionMinor === 0 ? '1.0' : '1.1';
  }

  get method(): string {
    return this.request.method ?? '';
  }

  get target(): string {
    return this.request.url ?? '';
  }

  get scheme(): undefined {
    return undefined;
  }

  get rawHeaders(): readonly string[] {
    return this.request.rawHeaders;
  }

  // HTTP/1 says it in the fields (RFC 9112, section 6.3), which are read elsewhere.
  get mayHaveBody(): boolean {
    return true;
  }

  get body(): Readable {
    return this.request;
  }

  isBodyComplete(): boolean {
    return this.request.complete;
  }

  sendContinue(): void {
    this.response.writeContinue();
  }

  get responded(): boolean {
    return this.response.headersSent;
  }

  closeConnectionAfter(): void {
    this.#closing = true;
  }

  respond(status: number, headers: string[]): void {
    if (this.#closing) headers.push('connection', 'close');
    this.response.writeHead(status, headers);
  }

  write(chunk: Buffer): boolean {
    return this.response.write(chunk);
  }

  whenDrained(resume: () => void): void {
    this.drainOwedSince = Date.now();
    this.response.once('drain', () => {
      this.drainOwedSince = undefined;
      resume();
    });
  }

  end(chunk?: Buffer): void {
    this.#finish();
    this.response.end(chunk);
  }

  destroy(): void {
    this.#finish();
    this.connection.socket.destroy();
  }

  /** Somebody else answers, over the same socket: what the owner still says goes nowhere. */
  abandon(): void {
    this.owner?.clientGone();
    this.#finish();
    this.response.detachSocket(this.connection.socket);
  }

  /** The exchange is over, the connection ends by itself. */
  release(): void {
    this.#finish();
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.connection.exchanges.delete(this);
    this.connection.lastActiveAt = Date.now();
  }
}
