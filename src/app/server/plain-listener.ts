import { once } from 'node:events';
import type { CertificateAuthority } from '../../enrolment/certificate-authority.ts';
import { createOcspResponder } from '../../enrolment/ocsp-responder.ts';
import { createPlainServer } from '../../http/plain-server.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { hostNamesOf, originOf } from '../configuration/configuration.ts';
import type { Instance } from '../instance.ts';
import { createAuthorityFiles } from './authority-files.ts';
import { createOcspOverHttp } from './ocsp-over-http.ts';

/** The listener without TLS. Returns the call that ends it. */
export async function startPlainListener(
  { configuration, store, clock, random, logger }: Instance,
  authority: CertificateAuthority,
  where: { readonly host: string; readonly port: number },
): Promise<() => Promise<void>> {
  const { values } = configuration;
  const hosts = new Set(hostNamesOf(values));
  const findAuthorityFile = createAuthorityFiles(store);
  const ocsp = createOcspOverHttp(
    createOcspResponder({ port: store.enrolment, authority, clock, random, logger }),
    clock,
  );
  const server = createPlainServer({
    findFile: async (_, path) => (await findAuthorityFile(path)) ?? (await ocsp.findFile(path)),
    questions: ocsp.questions,
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
