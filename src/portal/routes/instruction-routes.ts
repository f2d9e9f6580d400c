import { z } from 'zod';
import { loadPrintedFiles } from '../../http/printed-files.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { formatAttachment } from '../content-disposition.ts';
import type { PortalOptions } from '../options.ts';
import type { PortalApp } from '../portal-app.ts';

/**
 * The instructions as PDF. Their addresses stay the same over all versions of the product, so that they can be sent to
 * people; a browser therefore asks each time whether the file has changed.
 */
export async function registerInstructionRoutes(
  app: PortalApp,
  { webDirectory }: Pick<PortalOptions, 'webDirectory'>,
): Promise<void> {
  let files = await loadPrintedFiles(webDirectory);
  app.route({
    method: ['GET', 'HEAD'],
    url: '/instructions/:name.pdf',
    schema: { params: z.object({ name: z.string() }) },
    handler: async (request, reply) => {
      const name = `${request.params.name}.pdf`;
      // A build that came after the start is found without a restart.
      if (files.size === 0) files = await loadPrintedFiles(webDirectory);
      const file = files.get(name);
      if (file === undefined) throw new ProblemError('not-found');
      reply.header('cache-control', 'no-cache').header('etag', file.entityTag);
      if (request.headers['if-none-match'] === file.entityTag) return reply.code(304).send();
      return reply
        .type('application/pdf')
        .header('content-disposition', formatAttachment(name))
        .send(file.bytes);
    },
  });
}
