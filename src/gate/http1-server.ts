import http from 'node:http';
import type { Duplex } from 'node:stream';
import { answerClientError } from '../http/client-errors.ts';
import type { GateContext } from './context.ts';
import { Http1Exchange } from './http1-exchange.ts';
import type { ServerHandlers } from './servers.ts';

/** HTTP/1 over connections whose TLS handshake is over; it never listens itself. */
export function createHttp1Server(
  { connections, limits }: GateContext,
  { onRequest, onUpgrade }: ServerHandlers,
  emptyBodies: 'streams' | 'left-out',
): http.Server {
  const server = http.createServer({
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersTimeoutMs,
    // Uploads may take as long as they need; who stops sending is noticed elsewhere.
    requestTimeout: 0,
    connectionsCheckingInterval: Math.min(5_000, limits.headersTimeoutMs),
    // The sweep over all connections ends the idle ones: a timer per response costs more than the rest of its end.
    keepAliveTimeout: 0,
    // Two Host fields and none are told with a page of ours.
    requireHostHeader: false,
    // Without them a request that has no body emits no 'end', which an ordinary listener waits for.
    optimizeEmptyRequests: emptyBodies === 'left-out',
    shouldUpgradeCallback: (request) => request.headers.upgrade?.toLowerCase() === 'websocket',
  });
  const receive = (
    request: http.IncomingMessage,
    response: http.ServerResponse,
    expectsContinue: boolean,
  ): Http1Exchange | undefined => {
    const connection = connections.find(request.socket);
    if (connection === undefined || connection.exchanges.size >= limits.maxPipelinedRequests) {
      request.socket.destroy();
      return undefined;
    }
    return new Http1Exchange(connection, request, response, expectsContinue);
  };
  const onExchange = (
    request: http.IncomingMessage,
    response: http.ServerResponse,
    expectsContinue: boolean,
  ): void => {
    const exchange = receive(request, response, expectsContinue);
    if (exchange !== undefined) onRequest(exchange);
  };
  server.on('request', (request, response) => onExchange(request, response, false));
  server.on('checkContinue', (request, response) => onExchange(request, response, true));
  // Node lets go of the connection in both cases: what is answered is written by a response of our own.
  const receiveDetached = (request: http.IncomingMessage, socket: Duplex): Http1Exchange | undefined => {
    socket.on('error', () => {});
    const connection = connections.find(socket);
    // Behind requests that are still answered our octets would come between theirs.
    if (connection === undefined || connection.exchanges.size > 0) {
      socket.destroy();
      return undefined;
    }
    const response = new http.ServerResponse(request);
    try {
      response.assignSocket(connection.socket);
    } catch {
      // An answer given in full still holds the socket until its last octet is written: it is let out, and no more.
      connection.socket.destroySoon();
      return undefined;
    }
    response.on('finish', () => {
      response.detachSocket(connection.socket);
      // Nobody reads what may still come; unread octets would keep the connection open, or reset it before its time.
      connection.socket.resume();
      connection.socket.end();
    });
    const exchange = new Http1Exchange(connection, request, response, false);
    exchange.closeConnectionAfter();
    return exchange;
  };
  server.on('clientError', (error, socket) => {
    const exchanges = [...(connections.find(socket)?.exchanges ?? [])];
    // A whole request before the fault is still to be answered: nothing of ours may come in its place.
    const first = exchanges[0];
    const isBodyBroken =
      exchanges.length === 1 && first instanceof Http1Exchange && !first.responded && !first.request.complete;
    if (isBodyBroken) first.abandon();
    answerClientError(error, socket, exchanges.length === 0 || isBodyBroken ? 'idle' : 'answering');
  });
  server.on('connect', (request, socket) => {
    const exchange = receiveDetached(request, socket);
    if (exchange !== undefined) onRequest(exchange);
  });
  server.on('upgrade', (request, socket, head) => {
    const exchange = receiveDetached(request, socket);
    if (exchange !== undefined) onUpgrade(exchange, head);
  });
  return server;
}
