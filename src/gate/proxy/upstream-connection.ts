import type net from 'node:net';
import { ChunkedDecoder } from './chunked-decoder.ts';
import { parseResponseHead, type ResponseHead, UpstreamProtocolError } from './response-head.ts';

/** Who is told of one response. After `onEnd` or `onError` nothing more comes. */
export interface ResponseListener {
  onHead(head: ResponseHead): void;
  /** A copy of its own. False: stop reading until `resume`. */
  onData(piece: Buffer): boolean;
  onEnd(): void;
  onError(error: Error): void;
}

interface CurrentRequest {
  readonly method: string;
  readonly listener: ResponseListener;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** One connection to an application, with one request on it at a time. */
export class UpstreamConnection {
  readonly #socket: net.Socket;
  readonly #maxHeadBytes: number;
  readonly #onIdle: (connection: UpstreamConnection) => void;
  #current: CurrentRequest | undefined;
  #head: ResponseHead | undefined;
  #headOctets: Buffer | undefined;
  #left = 0;
  #chunked: ChunkedDecoder | undefined;
  #paused = false;
  #ended = false;
  /** Since when the application owes octets (milliseconds): the head of its answer, or more of its content. */
  waitingSince = 0;
  waitingFor: 'nothing' | 'head' | 'content' = 'nothing';
  idleUntil = 0;

  constructor(socket: net.Socket, maxHeadBytes: number, onIdle: (connection: UpstreamConnection) => void) {
    this.#socket = socket;
    this.#maxHeadBytes = maxHeadBytes;
    this.#onIdle = onIdle;
    socket.on('end', () => this.#onSocketEnd());
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(closedError()));
  }

  get usable(): boolean {
    return this.#current === undefined && !this.#ended && this.#socket.writable && !this.#socket.destroyed;
  }

  send(head: string, method: string, listener: ResponseListener): void {
    this.#current = { method, listener };
    this.#head = undefined;
    this.#headOctets = undefined;
    this.waitingFor = 'head';
    this.waitingSince = Date.now();
    this.#socket.write(head, 'latin1');
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.waitingSince = Date.now();
    this.waitingFor = 'content';
    this.#socket.resume();
  }

  /** The one that waits for the response wants it no more. */
  abandon(): void {
    this.#current = undefined;
    this.#socket.destroy();
  }

  /** Ends the connection; whoever waits for a response is told. */
  fail(error: Error): void {
    this.waitingFor = 'nothing';
    const current = this.#current;
    this.#current = undefined;
    this.#socket.destroy();
    current?.listener.onError(error);
  }

  /** What was read. The memory is used again: every piece that is handed on is copied. False: do not read on. */
  receive(octets: Buffer): boolean {
    try {
      this.#read(octets);
    } catch (error) {
      this.fail(error instanceof Error ? error : new UpstreamProtocolError('response'));
    }
    return !this.#paused;
  }

  #read(octets: Buffer): void {
    let offset = 0;
    while (offset < octets.length) {
      const current = this.#current;
      // Octets that belong to no request would be taken for the answer to the next one.
      if (current === undefined) {
        this.#socket.destroy();
        return;
      }
      if (this.#head === undefined) offset = this.#readHead(octets, offset, current);
      else offset = this.#readContent(octets, offset, current, this.#head);
    }
  }

  #readHead(octets: Buffer, start: number, current: CurrentRequest): number {
    const earlier = this.#headOctets;
    const all =
      earlier === undefined ? octets.subarray(start) : Buffer.concat([earlier, octets.subarray(start)]);
    const end = all.indexOf(HEAD_END, Math.max(0, (earlier?.length ?? 0) - 3));
    if (end === -1 || end > this.#maxHeadBytes) {
      if (all.length > this.#maxHeadBytes) throw new UpstreamProtocolError('head too long');
      this.#headOctets = earlier === undefined ? Buffer.from(all) : all;
      return octets.length;
    }
    this.#headOctets = undefined;
    const used = start + end + 4 - (earlier?.length ?? 0);
    const head = parseResponseHead(all.toString('latin1', 0, end), current.method);
    if (head.status < 200) {
      // RFC 9110, section 15.2: any number of them may come before the answer; nobody asked for a 101 here.
      if (head.status === 101) throw new UpstreamProtocolError('status 101');
      this.waitingSince = Date.now();
      return used;
    }
    this.#head = head;
    this.waitingFor = 'content';
    this.waitingSince = Date.now();
    current.listener.onHead(head);
    const { framing } = head;
    if (framing.kind === 'length') this.#left = framing.length;
    if (framing.kind === 'chunked') this.#chunked = new ChunkedDecoder();
    if (framing.kind === 'none') this.#finish(current, head);
    return used;
  }

  #readContent(octets: Buffer, start: number, current: CurrentRequest, head: ResponseHead): number {
    this.waitingSince = Date.now();
    switch (head.framing.kind) {
      case 'length': {
        const end = Math.min(octets.length, start + this.#left);
        this.#left -= end - start;
        this.#deliver(octets.subarray(start, end), current);
        if (this.#left === 0) this.#finish(current, head);
        return end;
      }
      case 'chunked': {
        const decoder = this.#chunked;
        if (decoder === undefined) throw new UpstreamProtocolError('state');
        const end = decoder.decode(octets, start, (piece) => this.#deliver(piece, current));
        if (decoder.done) this.#finish(current, head);
        return end;
      }
      case 'until-close':
        this.#deliver(octets.subarray(start), current);
        return octets.length;
      case 'none':
        throw new UpstreamProtocolError('content where none belongs');
    }
  }

  #deliver(piece: Buffer, current: CurrentRequest): void {
    // The listener may have left in the middle of a piece.
    if (this.#current !== current) return;
    if (current.listener.onData(Buffer.from(piece))) return;
    this.#paused = true;
    this.waitingFor = 'nothing';
  }

  #finish(current: CurrentRequest, head: ResponseHead): void {
    if (this.#current !== current) return;
    this.#current = undefined;
    this.#head = undefined;
    this.#chunked = undefined;
    this.waitingFor = 'nothing';
    if (head.reusable && !this.#ended) {
      if (this.#paused) {
        this.#paused = false;
        this.#socket.resume();
      }
      this.idleUntil = Date.now() + head.idleMs;
      this.#onIdle(this);
    } else {
      this.#socket.destroy();
    }
    current.listener.onEnd();
  }

  #onSocketEnd(): void {
    this.#ended = true;
    const current = this.#current;
    const head = this.#head;
    if (current !== undefined && head?.framing.kind === 'until-close') this.#finish(current, head);
    else this.fail(closedError());
  }
}

/** As a reset: nobody can tell whether the application has seen the request. */
function closedError(): Error {
  return Object.assign(new Error('the application closed the connection'), { code: 'ECONNRESET' });
}
