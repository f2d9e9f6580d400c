import type { Readable } from 'node:stream';
import type { ApplicationId, TokenHash } from '../kernel/brand.ts';
import type { Connection } from './connections.ts';

/** One request with its response, the same for HTTP/1 and HTTP/2. */
export interface Exchange {
  readonly connection: Connection;
  readonly version: '1.0' | '1.1' | '2';
  readonly method: string;
  /** As received. */
  readonly target: string;
  readonly scheme: string | undefined;
  /** Names and values in turn, as received; pseudo-header fields included. */
  readonly rawHeaders: readonly string[];
  /** False: the framing layer has said that nothing follows the head. */
  readonly mayHaveBody: boolean;
  /** The client waits for a 100 before it sends the body. */
  readonly expectsContinue: boolean;

  /** Who is told when the client goes before the response has ended. */
  owner: ExchangeOwner | undefined;
  /** The connection speaks another protocol now. */
  upgraded: boolean;
  /** Under which permit the response runs; asked again at every change. */
  permit: ExchangePermit | undefined;
  /** Since when the client owes us octets of its body, or the taking of ours (milliseconds). */
  bodyOwedSince: number | undefined;
  drainOwedSince: number | undefined;

  readonly body: Readable;
  /** Asked at the end of `body`: whether the client really ended it. */
  isBodyComplete(): boolean;
  sendContinue(): void;

  readonly responded: boolean;
  /**
   * The connection is of no more use after this response. Before `respond`. `framing`: nothing on it can be trusted to
   * begin where it seems to, which HTTP/2 does not know; `refusal`: the next page needs a connection that shows more.
   */
  closeConnectionAfter(why: 'framing' | 'refusal'): void;
  /** Names and values in turn; without framing fields, apart from a true content-length. */
  respond(status: number, headers: string[]): void;
  /** False: wait for `whenDrained`. */
  write(chunk: Buffer): boolean;
  whenDrained(resume: () => void): void;
  end(chunk?: Buffer): void;
  /** Cuts the response so that nobody takes it for complete. */
  destroy(): void;
}

export interface ExchangeOwner {
  clientGone(): void;
}

export interface ExchangePermit {
  readonly tokenHash: TokenHash;
  readonly applicationId: ApplicationId;
}
