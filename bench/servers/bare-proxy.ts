/**
 * What Node and undici cost before any line of the product's: TLS that asks for a certificate, HTTP/1.1, and the request
 * passed on with its fields as they came. No decision, no rules. Arguments: port, upstream's port, certificate, key,
 * authorities.
 */
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { type Dispatcher, Pool } from 'undici';

class Answer implements Dispatcher.DispatchHandler {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  /** undici knows by it which kind of handler this is. */
  onRequestStart(): void {}

  onResponseStart({ rawHeaders }: Dispatcher.DispatchController, status: number): void {
    const fields = Array.isArray(rawHeaders) ? rawHeaders : [];
    this.#response.writeHead(
      status,
      fields.map((field) => field.toString('latin1')),
    );
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#response.write(chunk);
  }

  onResponseEnd(): void {
    this.#response.end();
  }

  onResponseError(): void {
    this.#response.destroy();
  }
}

const [port, upstream, ...files] = process.argv.slice(2);
const [cert = '', key = '', ca = ''] = files.map((file) => readFileSync(file));
const pool = new Pool(`http://127.0.0.1:${upstream}`, { connections: null });
const options = { cert, key, ca, requestCert: true, rejectUnauthorized: false, keepAliveTimeout: 600_000 };
createServer(options, (request, response) => {
  const { rawHeaders } = request;
  const headers = rawHeaders.filter(
    (_, index) => rawHeaders[index - (index % 2)]?.toLowerCase() !== 'connection',
  );
  pool.dispatch({ path: request.url ?? '/', method: 'GET', headers, body: null }, new Answer(response));
}).listen(Number(port), '127.0.0.1');
