/**
 * Vitest's global set-up: one PostgreSQL for the whole run, started when the first test asks for it. The workers ask
 * over a local port and are answered with the address of the server.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type RunningPostgres, startPostgres } from './start-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresBrokerPort: number;
  }
}

let running: Promise<RunningPostgres> | undefined;

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const broker = createServer((socket) => {
    socket.on('error', () => {});
    running ??= startPostgres();
    running.then(
      ({ url }) => socket.end(url),
      (error: unknown) => {
        console.error('PostgreSQL for the tests does not start:', error);
        socket.destroy();
      },
    );
  });
  broker.listen(0, '127.0.0.1');
  await once(broker, 'listening');
  project.provide('postgresBrokerPort', (broker.address() as AddressInfo).port);
  return async () => {
    broker.close();
    await (await running?.catch(() => undefined))?.stop();
  };
}
