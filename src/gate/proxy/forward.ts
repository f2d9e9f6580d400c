import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Exchange, ExchangeOwner } from '../exchange.ts';
import { type BodyFraming, RequestBody } from './request-body.ts';
import { readResponseFields } from './response-headers.ts';
import { ResponseRelay } from './response-relay.ts';
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
  readonly #relay: ResponseRelay;
  #attempts = 0;

  constructor(forwarding: Forwarding) {
    this.#forwarding = forwarding;
    this.#exchange = forwarding.exchange;
    this.#relay = new ResponseRelay(forwarding.exchange, forwarding.onFailure);
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
    if (this.#relay.state === 'over') controller.abort(new Error('the client has gone'));
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, _: IncomingHttpHeaders): void {
    if (status >= 200) this.#relay.head(status, readResponseFields(asList(controller.rawHeaders)));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#relay.data(chunk)) return;
    controller.pause();
    this.#exchange.whenDrained(() => controller.resume());
  }

  onResponseEnd(): void {
    this.#release();
    this.#relay.end();
  }

  onResponseError(_: Dispatcher.DispatchController | undefined, error: Error): void {
    this.#release();
    this.#fail(error);
  }

  clientGone(): void {
    if (this.#relay.state === 'over') return;
    this.#relay.state = 'over';
    this.#controller?.abort(new Error('the client has gone'));
    this.#body?.destroy();
  }

  #fail(error: unknown): void {
    if (this.#relay.state === 'waiting' && this.#mayTryAgain(error)) {
      this.#dispatch();
      return;
    }
    this.#body?.destroy();
    this.#relay.fail(error);
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
