import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import fastify, { type FastifyPluginAsync, type FastifyPluginOptions } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { answerProblem } from '../http/answer-problem.ts';
import { commonHeaders } from '../http/page-headers.ts';
import { decorateWithActor, type PermittedEntry, readActor, setActor } from './actor.ts';
import type { ConsoleApp } from './console-app.ts';
import { guardRequest, isApi } from './guard-requests.ts';
import type { ConsoleContext, ConsoleOptions } from './options.ts';
import { registerOwnRoutes } from './own-routes.ts';
import { registerPageRoutes } from './page-routes.ts';

/** Of a route that does not say otherwise. */
const BODY_MAX_BYTES = 64 * 1024;

type ConsoleRequest = IncomingMessage | Http2ServerRequest;
type ConsoleResponse = ServerResponse | Http2ServerResponse;

export interface Console {
  /** Answers a request that the gate has permitted. */
  handle(request: ConsoleRequest, response: ConsoleResponse, entry: PermittedEntry): void;
  close(): Promise<void>;
}

/** The application of our own behind the gate: workspace, own sessions, administration. */
export async function createConsole(options: ConsoleOptions): Promise<Console> {
  const { sections, webDirectory, ...context } = options;
  const entries = new WeakMap<object, PermittedEntry>();
  const { app, handler } = createApp(context);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // Only JSON, and only where a route takes a body; sections add what they take besides.
  app.removeContentTypeParser('text/plain');
  decorateWithActor(app);
  const headers = commonHeaders();
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    // By its route: `/%61pi/me` is `/api/me` for the router, which decodes the address.
    const { method, headers: received } = request;
    const asked = { method, url: request.routeOptions.url ?? request.url, headers: received };
    const toApi = isApi(asked);
    if (toApi) reply.header('cache-control', 'no-store');
    guardRequest(context.origin, asked);
    if (!toApi) return;
    const entry = entries.get(request.raw);
    if (entry === undefined) throw new TypeError('a request came past the gate');
    setActor(request, await readActor(context.port, entry));
  });
  app.setErrorHandler((error, request, reply) => {
    const where = { method: request.method, route: request.routeOptions.url };
    return answerProblem(reply, where, error, context.logger);
  });
  registerOwnRoutes(app, context);
  for (const section of sections) {
    const plugin: FastifyPluginAsync<FastifyPluginOptions, Http2SecureServer, ZodTypeProvider> = async (
      scope,
    ) => section.register(scope, context);
    app.register(plugin);
  }
  await registerPageRoutes(app, { ...context, webDirectory });
  await app.ready();
  return {
    handle(request, response, entry) {
      entries.set(request, entry);
      handler(request, response);
    },
    close: () => app.close(),
  };
}

type Handler = (request: ConsoleRequest, response: ConsoleResponse) => void;

function createApp({ logger }: ConsoleContext): { app: ConsoleApp; handler: Handler } {
  // It never listens: the gate hands requests in.
  const server: Http2SecureServer = createSecureServer({ allowHTTP1: true });
  let handler: Handler | undefined;
  const app: ConsoleApp = fastify({
    http2: true,
    bodyLimit: BODY_MAX_BYTES,
    exposeHeadRoutes: false,
    // Fastify's own answer to a broken path would show the path.
    frameworkErrors: (error, request, reply) => {
      reply.headers(commonHeaders());
      return answerProblem(reply, { method: request.method, route: undefined }, error, logger);
    },
    serverFactory: (handle) => {
      handler = handle as Handler;
      return server;
    },
  }).withTypeProvider<ZodTypeProvider>();
  if (handler === undefined) throw new TypeError('Fastify has made no handler');
  return { app, handler };
}
