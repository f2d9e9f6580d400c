import { Readable } from 'node:stream';
import type { Exchange } from '../exchange.ts';

export type BodyFraming =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly length: string }
  | { readonly kind: 'unknown-length' };

/**
 * How the client framed the body, which Node has checked (RFC 9112, section 6.3); undefined when it says both or
 * something else than we would say.
 */
export function readBodyFraming(
  exchange: Pick<Exchange, 'version' | 'mayHaveBody'>,
  fields: { readonly contentLength: string | undefined; readonly transferEncoding: string | undefined },
): BodyFraming | undefined {
  const { contentLength, transferEncoding } = fields;
  if (contentLength !== undefined && !/^\d{1,15}$/.test(contentLength)) return undefined;
  if (exchange.version === '2') {
    if (transferEncoding !== undefined) return undefined;
    if (!exchange.mayHaveBody) {
      return contentLength === undefined || Number(contentLength) === 0 ? { kind: 'none' } : undefined;
    }
    return contentLength === undefined
      ? { kind: 'unknown-length' }
      : { kind: 'length', length: contentLength };
  }
  if (transferEncoding !== undefined) {
    const chunked = transferEncoding.trim().toLowerCase() === 'chunked';
    return chunked && contentLength === undefined && exchange.version === '1.1'
      ? { kind: 'unknown-length' }
      : undefined;
  }
  if (contentLength === undefined || Number(contentLength) === 0) return { kind: 'none' };
  return { kind: 'length', length: contentLength };
}

/**
 * The client's body as the upstream client reads it. A stream of its own, so that nothing done to it reaches the
 * client's connection, and so that a body that was cut ends in an error and never in a proper end.
 */
export class RequestBody extends Readable {
  readonly #exchange: Exchange;
  readonly #source: Readable;
  #finished = false;

  constructor(exchange: Exchange) {
    super({ highWaterMark: 64 * 1024 });
    this.#exchange = exchange;
    this.#source = exchange.body;
    this.#source.on('data', this.#onData);
    this.#source.on('end', this.#onEnd);
    this.#source.on('close', this.#onClose);
    this.#source.on('error', this.#onClose);
    this.#source.pause();
  }

  override _read(): void {
    if (this.#finished) return;
    this.#exchange.bodyOwedSince = Date.now();
    this.#source.resume();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#release();
    callback(error);
  }

  readonly #onData = (chunk: Buffer): void => {
    if (this.push(chunk)) {
      this.#exchange.bodyOwedSince = Date.now();
    } else {
      this.#exchange.bodyOwedSince = undefined;
      this.#source.pause();
    }
  };

  readonly #onEnd = (): void => {
    const complete = this.#exchange.isBodyComplete();
    this.#release();
    if (complete) this.push(null);
    else this.destroy(new Error('the client cut its request'));
  };

  readonly #onClose = (): void => {
    if (!this.#finished) this.destroy(new Error('the client cut its request'));
  };

  #release(): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#exchange.bodyOwedSince = undefined;
    this.#source.off('data', this.#onData);
    this.#source.off('end', this.#onEnd);
    this.#source.off('close', this.#onClose);
    // The listener for errors stays: one without a listener would end the process.
    this.#source.on('error', () => {});
  }
}
