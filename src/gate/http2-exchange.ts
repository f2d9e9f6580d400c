import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { Readable } from 'node:stream';
import type { Connection } from './connections.ts';
import type { Exchange, ExchangeOwner, ExchangePermit } from './exchange.ts';

export class Http2Exchange implements Exchange {
  readonly connection: Connection;
  readonly stream: ServerHttp2Stream;
  readonly headers: IncomingHttpHeaders;
  readonly flags: number;
  readonly rawHeaders: readonly string[];
  readonly version = '2';
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
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    flags: number,
    rawHeaders: readonly string[],
  ) {
    this.connection = connection;
    this.stream = stream;
    this.headers = headers;
    this.flags = flags;
    this.rawHeaders = rawHeaders;
    this.expectsContinue = headers.expect === '100-continue';
    connection.exchanges.add(this);
    connection.lastActiveAt = Date.now();
    // A reset by the client is normal; 'close' says what is to be done.
    stream.on('error', () => {});
    stream.on('close', () => {
      if (!this.#ended) this.owner?.clientGone();
      this.#finish();
    });
  }

  get method(): string {
    return this.headers[':method'] ?? '';
  }

  get target(): string {
    return this.headers[':path'] ?? '';
  }

  get scheme(): string | undefined {
    return this.headers[':scheme'];
  }

  get mayHaveBody(): boolean {
    return (this.flags & constants.NGHTTP2_FLAG_END_STREAM) === 0;
  }

  get body(): Readable {
    return this.stream;
  }

  /**
   * Node ends the readable side after RST_STREAM(NO_ERROR) as it does after END_STREAM. Only the latter leaves the
   * stream open for our response, so a closed one means that the body was cut.
   */
  isBodyComplete(): boolean {
    return !this.stream.closed && !this.stream.aborted && !this.stream.destroyed;
  }

  sendContinue(): void {
    if (!this.stream.headersSent && !this.stream.closed) this.stream.additionalHeaders({ ':status': 100 });
  }

  get responded(): boolean {
    return this.stream.headersSent;
  }

  closeConnectionAfter(why: 'framing' | 'refusal'): void {
    if (why === 'refusal') this.#closing = true;
  }

  respond(status: number, headers: string[]): void {
    if (this.stream.closed || this.stream.destroyed) return;
    headers.unshift(':status', String(status));
    // The second parameter's type does not know the flat array yet, which Node 24 takes.
    this.stream.respond(headers as unknown as Record<string, string>);
    // RFC 9113, section 6.8: GOAWAY lets the streams in progress finish.
    if (this.#closing) this.connection.http2?.close();
  }

  write(chunk: Buffer): boolean {
    if (this.stream.closed || this.stream.destroyed || this.stream.writableEnded) return true;
    return this.stream.write(chunk);
  }

  whenDrained(resume: () => void): void {
    this.drainOwedSince = Date.now();
    this.stream.once('drain', () => {
      this.drainOwedSince = undefined;
      resume();
    });
  }

  end(chunk?: Buffer): void {
    this.#finish();
    const { stream } = this;
    if (stream.closed || stream.destroyed || stream.writableEnded) return;
    stream.end(chunk);
    // RFC 9113, section 8.1: an answer that needs no more of the request asks for its end without an error.
    if (!stream.readableEnded && this.mayHaveBody) {
      stream.once('finish', () => {
        if (!stream.readableEnded && !stream.closed) stream.close(constants.NGHTTP2_NO_ERROR);
      });
    }
  }

  destroy(): void {
    this.#finish();
    // Not `close(INTERNAL_ERROR)`: Node ends the writable side first, and the client would see a proper end.
    this.stream.destroy(new Error('the response is cut'));
  }

  #finish(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.connection.exchanges.delete(this);
    this.connection.lastActiveAt = Date.now();
  }
}
