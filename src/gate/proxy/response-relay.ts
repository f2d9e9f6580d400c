import type { Exchange } from '../exchange.ts';
import type { ResponseFields } from './response-headers.ts';

/** Brings an application's answer to the client: its head, its content as it comes, its end or that it was cut. */
export class ResponseRelay {
  readonly #exchange: Exchange;
  readonly #onFailure: (error: unknown) => void;
  #ignoreContent = false;
  #wholeLength = 0;
  state: 'waiting' | 'answering' | 'over' = 'waiting';

  constructor(exchange: Exchange, onFailure: (error: unknown) => void) {
    this.#exchange = exchange;
    this.#onFailure = onFailure;
  }

  head(status: number, { headers, contentLength }: ResponseFields): void {
    if (this.state !== 'waiting') return;
    if (status > 599) throw new Error(`the application answered with status ${status}`);
    // RFC 9110, sections 6.4.1 and 15.3.6: these have no content, whatever the application sends.
    this.#ignoreContent =
      status === 204 || status === 205 || status === 304 || this.#exchange.method === 'HEAD';
    if (contentLength !== undefined && status !== 204 && status !== 205) {
      headers.push('content-length', contentLength);
      this.#wholeLength = this.#ignoreContent ? 0 : Number(contentLength);
    }
    this.state = 'answering';
    this.#exchange.respond(status, headers);
  }

  /** False: the client takes no more for the moment; wait for `exchange.whenDrained`. */
  data(piece: Buffer): boolean {
    if (this.#ignoreContent || this.state !== 'answering') return true;
    if (piece.length === this.#wholeLength) {
      // The whole content in one piece, as most is: one write for head and content.
      this.state = 'over';
      this.#exchange.end(piece);
      return true;
    }
    return this.#exchange.write(piece);
  }

  end(): void {
    if (this.state === 'over') return;
    this.state = 'over';
    this.#exchange.end();
  }

  fail(error: unknown): void {
    const { state } = this;
    if (state === 'over') return;
    this.state = 'over';
    if (state === 'answering' || this.#exchange.responded) this.#exchange.destroy();
    else this.#onFailure(error);
  }
}
