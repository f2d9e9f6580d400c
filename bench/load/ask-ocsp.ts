import http from 'node:http';
import { connect } from 'node:net';

const AT_ONCE = 8;
/** OCSPResponse whose status is `successful` (RFC 6960, 4.2.1), after any length. */
const SUCCESSFUL = Buffer.from('0a0100', 'hex');

/** So many questions by POST, each over a connection of its own (`openssl ocsp` keeps none), eight at a time. */
export async function askOcsp(
  target: { readonly port: number; readonly path: string },
  question: Uint8Array,
  count: number,
): Promise<void> {
  const head = `POST ${target.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/ocsp-request\r\nContent-Length: ${question.length}\r\n\r\n`;
  const request = Buffer.concat([Buffer.from(head, 'latin1'), question]);
  let left = count;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await ask(target.port, request);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** The same over eight connections that are kept, as a TLS server that staples, or a proxy, asks. */
export async function askOcspOverKeptConnections(
  target: { readonly port: number; readonly path: string },
  question: Uint8Array,
  count: number,
): Promise<void> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let left = count;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await askThrough(agent, target, question);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work)).finally(() => agent.destroy());
}

function askThrough(
  agent: http.Agent,
  { port, path }: { readonly port: number; readonly path: string },
  question: Uint8Array,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/ocsp-request', 'Content-Length': question.length };
    const request = http.request({ agent, port, path, host: '127.0.0.1', method: 'POST', headers });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const isAnswer =
          response.statusCode === 200 && Buffer.concat(chunks).subarray(0, 12).includes(SUCCESSFUL);
        if (isAnswer) resolve();
        else reject(new Error(`not an answer about a certificate: ${response.statusCode}`));
      });
    });
    request.end(question);
  });
}

function ask(port: number, request: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      const answer = Buffer.concat(chunks);
      const bodyAt = answer.indexOf('\r\n\r\n') + 4;
      const isAnswer =
        /^HTTP\/1\.[01] 200 /.test(answer.toString('latin1', 0, 13)) &&
        bodyAt > 3 &&
        answer.subarray(bodyAt, bodyAt + 12).includes(SUCCESSFUL);
      if (isAnswer) resolve();
      else reject(new Error(`not an answer about a certificate:\n${answer.toString('latin1', 0, 200)}`));
    });
  });
}
