import http2 from 'node:http2';
import type { PermittedRequest } from './admit.ts';
import type { ExchangeOwner } from './exchange.ts';
import { Http1Exchange } from './http1-exchange.ts';
import { Http2Exchange } from './http2-exchange.ts';
import type { UpstreamHandler } from './options.ts';
import type { Entry } from './ports.ts';

/** Hands permitted requests to applications inside this process, as requests and responses of Node's own servers. */
export function createHandlerPass(): (handle: UpstreamHandler, request: PermittedRequest) => void {
  const waiting = new WeakMap<object, { readonly handle: UpstreamHandler; readonly entry: Entry }>();
  // Node makes the compatibility objects of HTTP/2 for servers that listen to 'request'; this one never listens.
  const compatibility = http2.createServer();
  compatibility.on('request', (request, response) => {
    const call = waiting.get(request.stream);
    if (call === undefined) request.stream.destroy();
    else call.handle(request, response, call.entry);
  });

  return (handle, { exchange, path, entry }) => {
    exchange.owner = NOBODY;
    if (exchange instanceof Http1Exchange) {
      const { request, response } = exchange;
      // An absolute form (RFC 9112, section 3.2.2) has become a path.
      request.url = path;
      response.once('close', () => exchange.release());
      if (exchange.expectsContinue) response.writeContinue();
      handle(request, response, entry);
    } else if (exchange instanceof Http2Exchange) {
      const { stream, headers, flags, rawHeaders } = exchange;
      waiting.set(stream, { handle, entry });
      compatibility.emit('stream', stream, headers, flags, [...rawHeaders]);
    }
  };
}

/** The handler sees the response close by itself. */
const NOBODY: ExchangeOwner = { clientGone: () => {} };
