import type { BodyFilter, BodySink } from '../proxy/answer-filter.ts';
import { type Coder, type Coding, createDecoder, createEncoder } from './content-coding.ts';
import type { PageTag } from './page-tag.ts';

/** The page with its tag, in the coding that it came in. */
export function openPageBody(coding: Coding, tag: PageTag, sink: BodySink): BodyFilter {
  return coding === 'identity' ? new PlainPage(tag, sink) : new CodedPage(coding, tag, sink);
}

class PlainPage implements BodyFilter {
  readonly #tag: PageTag;
  readonly #sink: BodySink;

  constructor(tag: PageTag, sink: BodySink) {
    this.#tag = tag;
    this.#sink = sink;
  }

  write(chunk: Buffer): boolean {
    let isReady = true;
    for (const piece of this.#tag.push(chunk)) isReady = this.#sink.write(piece);
    return isReady;
  }

  whenDrained(resume: () => void): void {
    this.#sink.whenDrained(resume);
  }

  end(): void {
    for (const piece of this.#tag.end()) this.#sink.write(piece);
    this.#sink.end();
  }

  destroy(): void {}
}

/** Memory is that of one decoder and one encoder, whatever the page's size: each step waits for the next one. */
class CodedPage implements BodyFilter {
  readonly #coding: Exclude<Coding, 'identity'>;
  readonly #tag: PageTag;
  readonly #sink: BodySink;
  readonly #encoder: Coder;
  #decoder: Coder | undefined;
  #isOver = false;
  #flushing = false;

  constructor(coding: Exclude<Coding, 'identity'>, tag: PageTag, sink: BodySink) {
    this.#coding = coding;
    this.#tag = tag;
    this.#sink = sink;
    this.#encoder = createEncoder(coding);
    this.#encoder.on('data', (chunk: Buffer) => {
      if (this.#isOver || sink.write(chunk)) return;
      this.#encoder.pause();
      sink.whenDrained(() => this.#encoder.resume());
    });
    this.#encoder.on('end', () => {
      if (this.#isOver) return;
      this.#isOver = true;
      sink.end();
    });
    this.#encoder.on('error', (error) => this.#fail(error));
  }

  write(chunk: Buffer): boolean {
    if (this.#isOver || chunk.length === 0) return true;
    this.#decoder ??= this.#openDecoder(chunk[0] ?? 0);
    return this.#decoder.write(chunk);
  }

  whenDrained(resume: () => void): void {
    this.#decoder?.once('drain', resume);
  }

  end(): void {
    if (this.#decoder === undefined) this.#finish();
    else this.#decoder.end();
  }

  destroy(): void {
    this.#isOver = true;
    this.#decoder?.destroy();
    this.#encoder.destroy();
  }

  #openDecoder(firstOctet: number): Coder {
    const decoder = createDecoder(this.#coding, firstOctet);
    decoder.on('data', (plain: Buffer) => {
      let isReady = true;
      for (const piece of this.#tag.push(plain)) isReady = this.#encoder.write(piece);
      this.#flushSoon();
      if (isReady) return;
      decoder.pause();
      this.#encoder.once('drain', () => decoder.resume());
    });
    decoder.on('end', () => this.#finish());
    decoder.on('error', (error) => this.#fail(error));
    return decoder;
  }

  /** What the application has sent is shown, even where the rest takes its time. */
  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => {
      this.#flushing = false;
      if (!this.#isOver && !this.#encoder.writableEnded) this.#encoder.flush();
    });
  }

  #finish(): void {
    if (this.#isOver) return;
    for (const piece of this.#tag.end()) this.#encoder.write(piece);
    this.#encoder.end();
  }

  #fail(error: Error): void {
    if (this.#isOver) return;
    this.destroy();
    this.#sink.fail(error);
  }
}
