import { z } from 'zod';
import { createWebPages } from '../http/web-pages.ts';
import { ProblemError } from '../kernel/problem.ts';
import type { ConsoleApp } from './console-app.ts';
import { isApi, isReading } from './guard-requests.ts';
import type { ConsoleOptions } from './options.ts';

const READING = ['GET', 'HEAD'];

/** The pages are one document, which knows its addresses by itself. */
export async function registerPageRoutes(
  app: ConsoleApp,
  { webDirectory, random, logger }: Pick<ConsoleOptions, 'webDirectory' | 'random' | 'logger'>,
): Promise<void> {
  const pages = await createWebPages({ webDirectory, entry: 'console', otherOrigins: [], random, logger });

  app.route({
    method: READING,
    url: '/assets/:name',
    schema: { params: z.object({ name: z.string() }) },
    handler: (request, reply) =>
      pages.answerAsset(reply, {
        name: request.params.name,
        acceptEncoding: String(request.headers['accept-encoding'] ?? ''),
      }),
  });
  app.setNotFoundHandler((request, reply) => {
    if (isApi(request) || request.url.startsWith('/assets/')) throw new ProblemError('not-found');
    if (!isReading(request)) throw new ProblemError('method-not-allowed');
    return pages.answerPage(reply, 200);
  });
}
