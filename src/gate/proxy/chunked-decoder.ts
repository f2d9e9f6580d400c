import { UpstreamProtocolError } from './response-head.ts';

/** A chunk's size line with its extensions, or a line of the trailer section. */
const MAX_LINE_BYTES = 1_024;
const MAX_TRAILER_BYTES = 16_384;
const CHUNK_LINE = /^([0-9A-Fa-f]{1,12})(?:;[\t\x20-\x7e\x80-\xff]+)?$/;
const TRAILER_LINE = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*$/;

/** Decodes the chunked transfer coding (RFC 9112, section 7.1) piece by piece. Trailers are read and forgotten. */
export class ChunkedDecoder {
  #state: 'size' | 'data' | 'data-end' | 'trailer' | 'done' = 'size';
  #left = 0;
  #line = '';
  #trailerBytes = 0;

  get done(): boolean {
    return this.#state === 'done';
  }

  /**
   * Hands each piece of content to `onData` as a view of `octets`.
   * @returns the offset behind the last octet that was used; anything further is not the response's
   * @throws {UpstreamProtocolError}
   */
  decode(octets: Buffer, start: number, onData: (piece: Buffer) => void): number {
    let offset = start;
    while (offset < octets.length && this.#state !== 'done') {
      if (this.#state === 'data') {
        const end = Math.min(octets.length, offset + this.#left);
        onData(octets.subarray(offset, end));
        this.#left -= end - offset;
        offset = end;
        if (this.#left === 0) this.#state = 'data-end';
        continue;
      }
      const lineFeed = octets.indexOf(0x0a, offset);
      const end = lineFeed === -1 ? octets.length : lineFeed + 1;
      this.#line += octets.toString('latin1', offset, end);
      offset = end;
      if (this.#line.length > MAX_LINE_BYTES) throw new UpstreamProtocolError('line of the chunked coding');
      if (lineFeed === -1) break;
      const line = this.#line;
      this.#line = '';
      // A bare line feed is no end of a line: who takes it for one reads other chunks than who does not.
      if (!line.endsWith('\r\n')) throw new UpstreamProtocolError('line of the chunked coding');
      this.#readLine(line.slice(0, -2));
    }
    return offset;
  }

  #readLine(line: string): void {
    if (this.#state === 'data-end') {
      if (line !== '') throw new UpstreamProtocolError('end of a chunk');
      this.#state = 'size';
      return;
    }
    if (this.#state === 'trailer') {
      this.#trailerBytes += line.length;
      if (this.#trailerBytes > MAX_TRAILER_BYTES) throw new UpstreamProtocolError('trailer section');
      if (line === '') this.#state = 'done';
      else if (!TRAILER_LINE.test(line)) throw new UpstreamProtocolError('trailer section');
      return;
    }
    const size = CHUNK_LINE.exec(line);
    if (size === null) throw new UpstreamProtocolError('size of a chunk');
    this.#left = Number.parseInt(size[1] ?? '', 16);
    this.#state = this.#left === 0 ? 'trailer' : 'data';
  }
}
