import { z } from 'zod';
import { createWebPages } from '../../http/web-pages.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { isApi, isReading } from '../guard-requests.ts';
import type { PortalOptions } from '../options.ts';
import type { PortalApp } from '../portal-app.ts';
import { continueSignOut } from '../sign-out-step.ts';

const PAGES = [
  '/',
  '/sign-in',
  '/password',
  '/recover',
  '/sign-out',
  '/refused',
  '/certificate',
  '/replace',
  '/choose-again',
  '/expires-soon',
  '/instructions',
  '/instructions/windows',
  '/instructions/macos',
  '/instructions/linux',
  '/instructions/ios',
  '/instructions/android',
];
const READING = ['GET', 'HEAD'];

/** The pages are one document; every address that is none of ours shows it too, with status 404. */
export async function registerPageRoutes(app: PortalApp, options: PortalOptions): Promise<void> {
  const { webDirectory, applications, random, logger } = options;
  const pages = await createWebPages({
    webDirectory,
    entry: 'portal',
    otherOrigins: applications.flatMap(({ origins }) => origins),
    random,
    logger,
  });

  app.route({
    method: READING,
    url: '/signed-out',
    schema: { querystring: z.object({ next: z.string().max(16).optional().catch('') }) },
    handler: (request, reply) => {
      const { next } = request.query;
      if (next === undefined) return pages.answerPage(reply, 200);
      const step = continueSignOut(applications, request.headers.cookie, next);
      return reply.header('cache-control', 'no-store').redirect(step, 303);
    },
  });
  for (const url of PAGES) {
    app.route({ method: READING, url, handler: (_request, reply) => pages.answerPage(reply, 200) });
  }
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
    if (isApi(request)) throw new ProblemError('not-found');
    if (!isReading(request)) throw new ProblemError('method-not-allowed');
    return pages.answerPage(reply, 404);
  });
}
