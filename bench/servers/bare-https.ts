/** The peer of starting up: what Node alone needs for an answer over TLS. Arguments: port, certificate, key. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';

const [port, certificate = '', key = ''] = process.argv.slice(2);
createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (_, response) => {
  response.end('here');
}).listen(Number(port), '127.0.0.1');
