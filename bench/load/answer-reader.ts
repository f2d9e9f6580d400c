import { ANSWER_BYTES } from '../servers/nginx.ts';

/**
 * Reads answers of HTTP/1.1 with a Content-Length off a connection, as little as a client that measures others can do.
 * Every answer must be the application's own: a redirect or a refusal would be a measurement of something else.
 */
export class AnswerReader {
  #received: Buffer = Buffer.alloc(0);

  /** True when an answer is complete. @throws Error when it is not the application's */
  push(chunk: Buffer): boolean {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const length = end + 4 + ANSWER_BYTES;
    if (this.#received.length < length) return false;
    const head = this.#received.toString('latin1', 0, end);
    const body = this.#received[length - 1];
    if (!head.startsWith('HTTP/1.1 200 ') || body !== 0x61 || this.#received.length > length) {
      throw new Error(`not the application's answer:\n${head}`);
    }
    this.#received = Buffer.alloc(0);
    return true;
  }
}
