import type { Http2SecureServer } from 'node:http2';
import type { FastifyReply, RouteGenericInterface } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Logger } from '../kernel/logger.ts';
import { ProblemError, presentProblem } from '../kernel/problem.ts';

/** An answer of Fastify, whose server speaks HTTP/2 and 1.1. */
export type HttpReply = FastifyReply<RouteGenericInterface, Http2SecureServer>;

/** The only way out for an error of the portal and the console. */
export function answerProblem(
  reply: HttpReply,
  where: { readonly method: string; readonly route: string | undefined },
  error: unknown,
  logger: Logger,
): HttpReply {
  const problem = problemOf(error);
  if (problem === undefined) logger.error({ err: error, ...where }, 'a request failed');
  else if (problem.status >= 500) logger.error({ err: problem, ...where }, 'a request could not be served');
  else logger.debug({ code: problem.code, ...where }, 'a request was refused');
  const details = presentProblem(problem);
  if (problem?.retryAfterSeconds !== undefined) {
    reply.header('retry-after', String(Math.ceil(problem.retryAfterSeconds)));
  }
  return (
    reply
      .code(details.status)
      .header('cache-control', 'no-store')
      .type('application/problem+json')
      // Octets, because to a text Fastify adds a charset, which JSON has none of (RFC 8259, section 11).
      .send(Buffer.from(JSON.stringify(details)))
  );
}

/** Undefined: unknown, shown as `internal`. */
function problemOf(error: unknown): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    // Which fields, never what was in them.
    const fields = error.validation.map(({ instancePath }) => instancePath.replace(/^\//, '') || 'the body');
    return new ProblemError('request-invalid', { detail: `not valid: ${[...new Set(fields)].join(', ')}` });
  }
  const { statusCode, code } = errorFields(error);
  if (statusCode === 413) return new ProblemError('request-too-large');
  // Fastify's own refusals: a body that is no JSON, an unknown media type, a broken percent-encoding.
  if (code.startsWith('FST_ERR_') && statusCode >= 400 && statusCode < 500) {
    return new ProblemError('request-invalid', { cause: error });
  }
  return error instanceof SyntaxError && statusCode === 400
    ? new ProblemError('request-invalid', { cause: error })
    : undefined;
}

function errorFields(error: unknown): { readonly statusCode: number; readonly code: string } {
  if (!(error instanceof Error)) return { statusCode: 0, code: '' };
  const statusCode = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 0;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { statusCode, code };
}
