import { z } from 'zod';
import { ProblemError } from '../../kernel/problem.ts';
import { isApi, isReading } from '../guard-requests.ts';
import type { PortalOptions } from '../options.ts';
import type { PortalApp, PortalReply } from '../portal-app.ts';
import { pageSecurityPolicy } from '../response-headers.ts';
import { signOutStep } from '../sign-out-step.ts';
import { loadWebFiles, type WebFile, type WebFiles } from '../web-files.ts';

const PAGES = [
  '/',
  '/sign-in',
  '/sign-out',
  '/refused',
  '/certificate',
  '/replace',
  '/instructions/windows',
  '/instructions/macos',
  '/instructions/linux',
];
const READING = ['GET', 'HEAD'];
const NONCE_BYTES = 16;

/** The pages are one document; every address that is none of ours shows it too, with status 404. */
export async function registerPageRoutes(app: PortalApp, options: PortalOptions): Promise<void> {
  let files = await loadWebFiles(options.webDirectory);
  if (!files) options.logger.warn({ webDirectory: options.webDirectory }, 'the pages are not built');

  /** A build that came after the start is found without a restart. */
  async function findFiles(): Promise<WebFiles | undefined> {
    files ??= await loadWebFiles(options.webDirectory);
    return files;
  }

  async function answerPage(reply: PortalReply, status: number): Promise<PortalReply> {
    const found = await findFiles();
    reply.header('cache-control', 'no-store');
    if (!found) {
      return reply
        .code(503)
        .type('text/plain; charset=utf-8')
        .send('The pages of this server are not built. Run: npm run build:web\n');
    }
    const nonce = Buffer.from(options.random.bytes(NONCE_BYTES)).toString('base64');
    return reply
      .code(status)
      .type('text/html; charset=utf-8')
      .header('content-security-policy', pageSecurityPolicy(options, nonce))
      .send(found.page.replaceAll('__CSP_NONCE__', nonce));
  }

  app.route({
    method: READING,
    url: '/signed-out',
    schema: { querystring: z.object({ next: z.string().max(16).optional().catch('') }) },
    handler: (request, reply) => {
      const { next } = request.query;
      if (next === undefined) return answerPage(reply, 200);
      const step = /^\d{1,3}$/.test(next) ? Number(next) : Number.POSITIVE_INFINITY;
      return reply.header('cache-control', 'no-store').redirect(signOutStep(options.applications, step), 303);
    },
  });
  for (const url of PAGES) {
    app.route({ method: READING, url, handler: (_request, reply) => answerPage(reply, 200) });
  }
  app.route({
    method: READING,
    url: '/assets/:name',
    schema: { params: z.object({ name: z.string() }) },
    handler: async (request, reply) => {
      const asset = (await findFiles())?.assets.get(request.params.name);
      if (!asset) throw new ProblemError('not-found');
      return sendAsset(String(request.headers['accept-encoding'] ?? ''), reply, asset);
    },
  });
  app.setNotFoundHandler((request, reply) => {
    if (isApi(request)) throw new ProblemError('not-found');
    if (!isReading(request)) throw new ProblemError('method-not-allowed');
    return answerPage(reply, 404);
  });
}

function sendAsset(acceptEncoding: string, reply: PortalReply, asset: WebFile): PortalReply {
  reply
    .type(asset.type)
    // The name carries a hash of the content.
    .header('cache-control', 'public, max-age=31536000, immutable');
  if (asset.brotli === undefined && asset.gzip === undefined) return reply.send(asset.bytes);
  reply.header('vary', 'accept-encoding');
  if (asset.brotli && accepts(acceptEncoding, 'br'))
    return reply.header('content-encoding', 'br').send(asset.brotli);
  if (asset.gzip && accepts(acceptEncoding, 'gzip'))
    return reply.header('content-encoding', 'gzip').send(asset.gzip);
  return reply.send(asset.bytes);
}

/** RFC 9110, section 12.5.3: named, and not with weight nought. */
function accepts(header: string, coding: string): boolean {
  return header
    .toLowerCase()
    .split(',')
    .some((item) => {
      const [name = '', weight = ''] = item.split(';').map((part) => part.trim());
      return name === coding && !/^q=0(?:\.0*)?$/.test(weight);
    });
}
