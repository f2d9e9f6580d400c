import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Duplex } from 'node:stream';

/** How long the answer may take to be read; what the client goes on sending meanwhile is thrown away. */
const LINGER_MS = 2_000;

const ANSWERED = new WeakSet<Duplex>();

/**
 * For Node's event 'clientError': what came is no request, so there is none to answer. Node would write its answer and
 * cut the connection at once; with octets of the client unread that is a reset, which takes the answer back (RFC 9112,
 * section 9.6). Nothing of what came stands in the answer.
 *
 * @param state `answering`: octets of an answer are on their way, and these would come between them
 */
export function answerClientError(error: Error, socket: Duplex, state: 'idle' | 'answering' = 'idle'): void {
  if (ANSWERED.has(socket)) return;
  ANSWERED.add(socket);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ECONNRESET' || state === 'answering' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = statusOf(code);
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: text/plain\r\nContent-Length: ${status.length + 1}\r\nConnection: close\r\n\r\n${status}\n`,
  );
  // Listening takes the octets away from Node's parser, which would go on to find faults in them.
  socket.on('data', () => {});
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  timer.unref();
  socket.once('end', () => socket.destroy());
  socket.once('close', () => clearTimeout(timer));
}

type Requests = {
  on(
    event: 'request',
    listener: (
      request: IncomingMessage | Http2ServerRequest,
      response: ServerResponse | Http2ServerResponse,
    ) => void,
  ): unknown;
};

/** The listener for 'clientError' of a server that answers its requests in the ordinary way. */
export function createClientErrorHandler(server: Requests): (error: Error, socket: Duplex) => void {
  const running = new WeakMap<Duplex, Set<ServerResponse | Http2ServerResponse>>();
  server.on('request', (request, response) => {
    if (request.httpVersionMajor !== 1) return;
    const { socket } = request;
    const responses = running.get(socket) ?? new Set();
    running.set(socket, responses.add(response));
    response.once('close', () => responses.delete(response));
  });
  return (error, socket) => {
    const responses = [...(running.get(socket) ?? [])];
    const isAnswering = responses.some(({ headersSent }) => headersSent);
    answerClientError(error, socket, isAnswering ? 'answering' : 'idle');
  };
}

function statusOf(code: unknown): string {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return '408 Request Timeout';
  if (code === 'HPE_HEADER_OVERFLOW') return '431 Request Header Fields Too Large';
  return '400 Bad Request';
}
