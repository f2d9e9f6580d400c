import type { Exchange, ExchangeOwner } from '../exchange.ts';
import type { ResponseHead } from './response-head.ts';
import { ResponseRelay } from './response-relay.ts';
import type { ResponseListener, UpstreamConnection } from './upstream-connection.ts';
import type { UpstreamConnections } from './upstream-connections.ts';
import { isStaleConnection } from './upstream-error.ts';

export interface BodylessForwarding {
  readonly exchange: Exchange;
  readonly connections: UpstreamConnections;
  /** Of {@link formatBodylessHead}. */
  readonly head: string;
  readonly onFailure: (error: unknown) => void;
}

/** Whether the short way may be taken: no content, and a method that means nothing else to anybody. */
export function isBodyless(exchange: Exchange, framing: { readonly kind: string }): boolean {
  return framing.kind === 'none' && (exchange.method === 'GET' || exchange.method === 'HEAD');
}

/** Sends a permitted request without content to the application and streams the answer back. */
export function forwardBodyless(forwarding: BodylessForwarding): void {
  new BodylessForwarder(forwarding).start();
}

/** Checked by Node on the way in already; a break of the line here would be a request of its own. */
const LINE_BREAKING = /[\0\r\n]/;

/**
 * The whole request: no field frames a content, so there is none.
 * @param ownLines lines that the gate itself wrote, Host among them
 * @param forward names and values in turn
 * @throws {TypeError} for a value that would end its line
 */
export function formatBodylessHead(
  method: string,
  path: string,
  ownLines: string,
  forward: readonly string[],
  cookie: string | undefined,
): string {
  let head = `${method} ${path} HTTP/1.1\r\n${ownLines}`;
  for (let index = 0; index < forward.length; index += 2) {
    const value = forward[index + 1] ?? '';
    if (LINE_BREAKING.test(value)) throw new TypeError('a value would end its line');
    head += `${forward[index]}: ${value}\r\n`;
  }
  if (cookie !== undefined) {
    if (LINE_BREAKING.test(cookie)) throw new TypeError('a value would end its line');
    head += `Cookie: ${cookie}\r\n`;
  }
  return `${head}Connection: keep-alive\r\n\r\n`;
}

class BodylessForwarder implements ExchangeOwner, ResponseListener {
  readonly #exchange: Exchange;
  readonly #connections: UpstreamConnections;
  readonly #head: string;
  readonly #relay: ResponseRelay;
  #connection: UpstreamConnection | undefined;
  #attempts = 0;

  constructor({ exchange, connections, head, onFailure }: BodylessForwarding) {
    this.#exchange = exchange;
    this.#connections = connections;
    this.#head = head;
    this.#relay = new ResponseRelay(exchange, onFailure);
  }

  start(): void {
    this.#exchange.owner = this;
    this.#send();
  }

  #send(): void {
    this.#attempts += 1;
    this.#connections.send({
      method: this.#exchange.method,
      head: this.#head,
      listener: this,
      fresh: this.#attempts > 1,
    });
  }

  onConnection(connection: UpstreamConnection): boolean {
    // The client may have gone while the connection was being opened.
    if (this.#relay.state === 'over') return false;
    this.#connection = connection;
    return true;
  }

  onHead({ status, fields }: ResponseHead): void {
    this.#relay.head(status, fields);
  }

  onData(piece: Buffer): boolean {
    if (this.#relay.data(piece)) return true;
    this.#exchange.whenDrained(() => this.#connection?.resume());
    return false;
  }

  onEnd(): void {
    this.#connection = undefined;
    this.#relay.end();
  }

  onError(error: Error): void {
    this.#connection = undefined;
    // RFC 9112, section 9.3.1: GET and HEAD may be repeated where no octet of an answer has come.
    if (this.#relay.state === 'waiting' && this.#attempts === 1 && isStaleConnection(error)) this.#send();
    else this.#relay.fail(error);
  }

  clientGone(): void {
    if (this.#relay.state === 'over') return;
    this.#relay.state = 'over';
    this.#connection?.abandon();
    this.#connection = undefined;
  }
}
