import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Exchange, ExchangeOwner } from '../exchange.ts';
import type { AnswerFilter, BodyFilter } from './answer-filter.ts';
import { type BodyFraming, RequestBody } from './request-body.ts';
import { readResponseFields } from './response-headers.ts';
import type { UpstreamClient, UpstreamClients } from './upstream-clients.ts';
import { isStaleConnection } from './upstream-error.ts';

export interface Forwarding {
  readonly exchange: Exchange;
  readonly clients: UpstreamClients;
  /** Octet for octet as received. */
  readonly path: string;
  /** Names and values in turn; Host among them, no framing field. */
  readonly headers: string[];
  readonly framing: BodyFraming;
  /** The application sets these. */
  readonly onCookies: (setCookieFields: readonly string[]) => void;
  /** Where the answer may be a page that the gate adds its menu to. */
  readonly filter?: AnswerFilter | undefined;
  /** Nothing has been answered yet: the error page is to be written. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Sends a permitted request to the application and streams the answer back. The request that goes out is framed by
 * undici from what we say about the body and from nothing that the client wrote.
 */
export function forward(forwarding: Forwarding): void {
  new Forwarder(forwarding).start();
}

class Forwarder implements Dispatcher.DispatchHandler, ExchangeOwner {
  readonly #forwarding: Forwarding;
  readonly #exchange: Exchange;
  #client: UpstreamClient | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #body: RequestBody | undefined;
  #state: 'waiting' | 'answering' | 'over' = 'waiting';
  #attempts = 0;
  #ignoreBody = false;
  /** Where the application says it. */
  #wholeLength: number | undefined;
  #filter: BodyFilter | undefined;

  constructor(forwarding: Forwarding) {
    this.#forwarding = forwarding;
    this.#exchange = forwarding.exchange;
  }

  start(): void {
    const { exchange, framing, headers } = this.#forwarding;
    exchange.owner = this;
    if (framing.kind !== 'none') {
      this.#body = new RequestBody(exchange);
      // Without a listener the error of a cut body would end the process once undici has let go of it.
      this.#body.on('error', () => {});
      if (framing.kind === 'length') headers.push('content-length', framing.length);
      if (exchange.expectsContinue) exchange.sendContinue();
    }
    this.#dispatch();
  }

  #dispatch(): void {
    this.#attempts += 1;
    const { clients, path, headers } = this.#forwarding;
    const { method } = this.#exchange;
    this.#client = clients.acquire();
    this.#client.dispatch({ path, method, headers, body: this.#body ?? null }, this);
  }

  #release(): void {
    const client = this.#client;
    this.#client = undefined;
    client?.release();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#state === 'over') controller.abort(new Error('the client has gone'));
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, _: IncomingHttpHeaders): void {
    if (status < 200 || this.#state === 'over') return;
    const exchange = this.#exchange;
    const fields = readResponseFields(asList(controller.rawHeaders));
    if (status > 599) throw new Error(`the application answered with status ${status}`);
    this.#filter = this.#forwarding.filter?.(status, fields, {
      write: (chunk) => exchange.write(chunk),
      whenDrained: (resume) => exchange.whenDrained(resume),
      end: () => this.#end(),
      fail: (error) => {
        controller.abort(error);
        this.#fail(error);
      },
    });
    const { headers, contentLength, setCookies } = fields;
    if (setCookies !== undefined) this.#forwarding.onCookies(setCookies);
    // RFC 9110, sections 6.4.1 and 15.3.6: these have no content, whatever the application sends.
    const bodyless = status === 204 || status === 205 || status === 304 || exchange.method === 'HEAD';
    this.#ignoreBody = bodyless;
    if (contentLength !== undefined && status !== 204 && status !== 205) {
      headers.push('content-length', contentLength);
      if (!bodyless) this.#wholeLength = Number(contentLength);
    }
    this.#state = 'answering';
    exchange.respond(status, headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    // Undici calls with nothing where it goes on after a pause.
    if (chunk.length === 0 || this.#ignoreBody || this.#state === 'over') return;
    const filter = this.#filter;
    if (filter !== undefined) {
      if (filter.write(chunk)) return;
      controller.pause();
      filter.whenDrained(() => controller.resume());
      return;
    }
    if (chunk.length === this.#wholeLength) {
      // The whole body in one piece, as most are: one write for head and body.
      this.#state = 'over';
      this.#exchange.end(chunk);
      return;
    }
    if (this.#exchange.write(chunk)) return;
    controller.pause();
    this.#exchange.whenDrained(() => controller.resume());
  }

  onResponseEnd(): void {
    this.#release();
    if (this.#state === 'over') return;
    if (this.#filter === undefined || this.#ignoreBody) this.#end();
    else this.#filter.end();
  }

  #end(): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#exchange.end();
  }

  onResponseError(_: Dispatcher.DispatchController | undefined, error: Error): void {
    this.#release();
    this.#fail(error);
  }

  clientGone(): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#controller?.abort(new Error('the client has gone'));
    this.#body?.destroy();
    this.#filter?.destroy();
  }

  #fail(error: unknown): void {
    if (this.#state === 'over') return;
    if (this.#state === 'waiting' && this.#mayTryAgain(error)) {
      this.#dispatch();
      return;
    }
    const answering = this.#state === 'answering';
    this.#state = 'over';
    this.#body?.destroy();
    this.#filter?.destroy();
    if (answering || this.#exchange.responded) this.#exchange.destroy();
    else this.#forwarding.onFailure(error);
  }

  /** RFC 9112, section 9.3.1: only what is idempotent, and only where no octet of an answer has come. */
  #mayTryAgain(error: unknown): boolean {
    const { method } = this.#exchange;
    const repeatable = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
    return repeatable && this.#body === undefined && this.#attempts === 1 && isStaleConnection(error);
  }
}

function asList(rawHeaders: Dispatcher.DispatchController['rawHeaders']): readonly (Buffer | string)[] {
  return Array.isArray(rawHeaders) ? rawHeaders : [];
}
