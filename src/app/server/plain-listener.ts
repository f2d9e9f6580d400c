import { once } from 'node:events';
import { createPlainServer } from '../../http/plain-server.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { hostNamesOf, originOf } from '../configuration/configuration.ts';
import type { Instance } from '../instance.ts';
import { createAuthorityFiles } from './authority-files.ts';

/** The listener without TLS. Returns the call that ends it. */
export async function startPlainListener(
  { configuration, store, logger }: Instance,
  where: { readonly host: string; readonly port: number },
): Promise<() => Promise<void>> {
  const { values } = configuration;
  const hosts = new Set(hostNamesOf(values));
  const findAuthorityFile = createAuthorityFiles(store);
  const server = createPlainServer({
    findFile: (_, path) => findAuthorityFile(path),
    httpsOrigin: (host) => (hosts.has(host) ? originOf(host, values) : undefined),
    logger,
  });
  server.listen(where);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const detail = `${where.host}:${where.port} (option plainHttp): ${(cause as NodeJS.ErrnoException).code ?? 'unknown reason'}`;
    throw new ProblemError('port-in-use', { detail, cause });
  }
  return async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
}
