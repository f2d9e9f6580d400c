import type { ResponseFields } from './response-headers.ts';

/** Where a filtered body goes. */
export interface BodySink {
  /** False: wait for `whenDrained`. */
  write(chunk: Buffer): boolean;
  whenDrained(resume: () => void): void;
  end(): void;
  /** The answer cannot be completed; it is cut. */
  fail(error: Error): void;
}

export interface BodyFilter {
  /** False: wait for `whenDrained`. */
  write(chunk: Buffer): boolean;
  whenDrained(resume: () => void): void;
  end(): void;
  destroy(): void;
}

/**
 * Sees an answer's head, may change its fields, and may take its body over. Undefined: the body goes the usual way,
 * octet for octet.
 */
export type AnswerFilter = (status: number, fields: ResponseFields, sink: BodySink) => BodyFilter | undefined;
