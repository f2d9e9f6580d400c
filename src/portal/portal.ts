import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import fastify from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { answerProblem } from '../http/answer-problem.ts';
import { authorityKeys, checkIncoming } from '../http/authority.ts';
import { createClientErrorHandler } from '../http/client-errors.ts';
import { commonHeaders } from '../http/page-headers.ts';
import { writeProblem } from '../http/problem-response.ts';
import { ProblemError } from '../kernel/problem.ts';
import { guardRequest, isApi } from './guard-requests.ts';
import type { PortalOptions } from './options.ts';
import type { PortalApp } from './portal-app.ts';
import { registerCertificateRoutes } from './routes/certificate-routes.ts';
import { registerEntryRoute } from './routes/entry-route.ts';
import { registerInstructionRoutes } from './routes/instruction-routes.ts';
import { registerPageRoutes } from './routes/page-routes.ts';
import { registerRecoveryRoutes } from './routes/recovery-routes.ts';
import { registerRefusalRoutes } from './routes/refusal-routes.ts';
import { registerSessionRoutes } from './routes/session-routes.ts';

/** The largest body is a sign-in: 1,280 characters, each of up to twelve octets as JSON may escape it, and where to. */
const BODY_MAX_BYTES = 20 * 1024;
const MIN_SECRET_BYTES = 32;

export interface Portal {
  /** For tests: requests without a connection. */
  readonly app: PortalApp;
  close(): Promise<void>;
}

/**
 * The host that asks for no certificate: sign-in, refusals, downloads. It answers the requests of `options.server`,
 * which somebody else feeds with connections.
 *
 * @throws {TypeError} for a secret that is too short
 */
export async function createPortal(options: PortalOptions): Promise<Portal> {
  if (options.secret.byteLength < MIN_SECRET_BYTES) throw new TypeError('the secret needs 32 octets or more');
  const app = createApp(options);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // Only JSON, and only where a route takes a body: an HTML form cannot send it to another site.
  app.removeContentTypeParser('text/plain');
  const headers = commonHeaders();
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    // By its route: `/%61pi/session` is `/api/session` for the router, which decodes the address.
    const { method, headers: received } = request;
    const asked = { method, url: request.routeOptions.url ?? request.url, headers: received };
    if (isApi(asked)) reply.header('cache-control', 'no-store');
    guardRequest(options, asked);
  });
  app.setErrorHandler((error, request, reply) => {
    const where = { method: request.method, route: request.routeOptions.url };
    return answerProblem(reply, where, error, options.logger);
  });
  registerSessionRoutes(app, options);
  registerRecoveryRoutes(app, options);
  registerEntryRoute(app, options);
  registerRefusalRoutes(app, options);
  registerCertificateRoutes(app, options);
  await registerInstructionRoutes(app, options);
  await registerPageRoutes(app, options);
  await app.ready();
  // Fastify's own answer is cut off with the connection.
  options.server.removeAllListeners('clientError');
  options.server.on('clientError', createClientErrorHandler(options.server));
  return {
    app,
    close: () => app.close(),
  };
}

function createApp(options: PortalOptions): PortalApp {
  const { hostname, port } = new URL(options.origin);
  const own = { serverName: hostname };
  const hosts = new Map(authorityKeys(hostname, port === '' ? 443 : Number(port)).map((key) => [key, own]));
  return fastify({
    http2: true,
    bodyLimit: BODY_MAX_BYTES,
    exposeHeadRoutes: false,
    // Fastify's own answer to a broken path would show the path.
    frameworkErrors: (error, request, reply) => {
      reply.headers(commonHeaders());
      const where = { method: request.method, route: undefined };
      return answerProblem(reply, where, error, options.logger);
    },
    serverFactory: (handler) => {
      options.server.on('request', (request: Http2ServerRequest, response: Http2ServerResponse) => {
        const check = checkIncoming(request, hosts);
        if (check.kind === 'accepted') {
          // An absolute form (RFC 9112, 3.2.2) has become a path.
          request.url = check.path;
          handler(request, response);
        } else
          writeProblem(response, new ProblemError(check.code, { detail: check.detail }), commonHeaders());
      });
      return options.server;
    },
  }).withTypeProvider<ZodTypeProvider>();
}
