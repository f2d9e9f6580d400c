import tls from 'node:tls';
import { AnswerReader } from './answer-reader.ts';
import type { Target } from './target.ts';

const AT_ONCE = 8;

export interface Negotiated {
  readonly protocol: string;
  readonly cipher: string;
}

/** So many connections one after another, eight at a time, each with a full handshake and one permitted request. */
export async function makeHandshakes(target: Target, count: number): Promise<Negotiated> {
  const request = target.request('close');
  let left = count;
  let negotiated: Negotiated | undefined;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      negotiated = await visit(target.options, request);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (negotiated === undefined) throw new RangeError('no handshake was asked for');
  return negotiated;
}

function visit(options: tls.ConnectionOptions, request: Buffer): Promise<Negotiated> {
  return new Promise((resolve, reject) => {
    const reader = new AnswerReader();
    let negotiated: Negotiated | undefined;
    let answered = false;
    const socket = tls.connect(options, () => {
      if (socket.isSessionReused()) reject(new Error('a session was resumed'));
      const { name } = socket.getCipher();
      negotiated = { protocol: socket.getProtocol() ?? '', cipher: name };
      socket.write(request);
    });
    socket.on('data', (chunk) => {
      try {
        if (reader.push(chunk)) {
          answered = true;
          socket.end();
        }
      } catch (error) {
        reject(error);
        socket.destroy();
      }
    });
    socket.on('error', reject);
    socket.on('close', () => {
      if (answered && negotiated !== undefined) resolve(negotiated);
      else reject(new Error('the server closed before it answered'));
    });
  });
}
