import { once } from 'node:events';
import tls from 'node:tls';
import { AnswerReader } from './answer-reader.ts';
import type { Target } from './target.ts';

/** Connections that stay open; each has one request under way at a time. */
export interface KeepAliveClient {
  /** Sends so many requests over all connections together; resolves when every one was answered. */
  send(count: number): Promise<void>;
  close(): void;
}

export async function openKeepAliveClient(target: Target, connections: number): Promise<KeepAliveClient> {
  const request = target.request('keep-alive');
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(target.options)));
  let sent = 0;
  let answered = 0;
  let wanted = 0;
  let run = Promise.withResolvers<void>();
  const sendNext = (socket: tls.TLSSocket): void => {
    if (sent >= wanted) return;
    sent += 1;
    socket.write(request);
  };
  for (const socket of sockets) {
    const reader = new AnswerReader();
    socket.on('data', (chunk) => {
      try {
        if (!reader.push(chunk)) return;
      } catch (error) {
        run.reject(error);
        return;
      }
      answered += 1;
      if (answered === wanted) run.resolve();
      else sendNext(socket);
    });
    socket.on('error', (error) => run.reject(error));
    socket.on('close', () => run.reject(new Error('the server closed a connection')));
  }
  return {
    async send(count) {
      sent = 0;
      answered = 0;
      wanted = count;
      run = Promise.withResolvers<void>();
      for (const socket of sockets) sendNext(socket);
      await run.promise;
    },
    close() {
      // Nobody waits any more; the end of the connections is no failure.
      run.promise.catch(() => {});
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function open(options: tls.ConnectionOptions): Promise<tls.TLSSocket> {
  const socket = tls.connect(options);
  await once(socket, 'secureConnect');
  return socket;
}
