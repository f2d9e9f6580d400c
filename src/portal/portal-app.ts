import type { Http2SecureServer } from 'node:http2';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

/** Fastify over a server of HTTP/2 and 1.1, with requests and answers typed by their zod schemas. */
export type PortalApp = FastifyInstance<
  Http2SecureServer,
  RawRequestDefaultExpression<Http2SecureServer>,
  RawReplyDefaultExpression<Http2SecureServer>,
  FastifyBaseLogger,
  ZodTypeProvider
>;
