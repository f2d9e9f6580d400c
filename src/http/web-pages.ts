import type { Logger } from '../kernel/logger.ts';
import { ProblemError } from '../kernel/problem.ts';
import type { Random } from '../kernel/random.ts';
import type { HttpReply } from './answer-problem.ts';
import { pageSecurityPolicy } from './page-headers.ts';
import { loadWebFiles, type WebFile, type WebFiles } from './web-files.ts';

const NONCE_BYTES = 16;

export interface WebPages {
  /** The one document of this host, with a nonce of its own. */
  answerPage(reply: HttpReply, status: 200 | 404): Promise<HttpReply>;
  /** @throws {ProblemError} `not-found` */
  answerAsset(
    reply: HttpReply,
    asked: { readonly name: string; readonly acceptEncoding: string | undefined },
  ): Promise<HttpReply>;
}

export interface WebPagesOptions {
  /** Folder of the built pages: `portal/index.html`, `console/index.html` and `assets/`. */
  readonly webDirectory: string;
  readonly entry: 'portal' | 'console';
  /** Where else the pages may send requests to. */
  readonly otherOrigins: readonly string[];
  readonly random: Random;
  readonly logger: Logger;
}

/** The pages of one host, which are one document and its files. */
export async function createWebPages(options: WebPagesOptions): Promise<WebPages> {
  const { webDirectory, entry, random, logger, otherOrigins } = options;
  let files = await loadWebFiles(webDirectory, entry);
  if (!files) logger.warn({ webDirectory, entry }, 'the pages are not built');

  /** A build that came after the start is found without a restart. */
  async function findFiles(): Promise<WebFiles | undefined> {
    files ??= await loadWebFiles(webDirectory, entry);
    return files;
  }

  return {
    async answerPage(reply, status) {
      const found = await findFiles();
      reply.header('cache-control', 'no-store');
      if (!found) {
        return reply
          .code(503)
          .type('text/plain; charset=utf-8')
          .send('The pages of this server are not built. Run: npm run build:web\n');
      }
      const nonce = Buffer.from(random.bytes(NONCE_BYTES)).toString('base64');
      return reply
        .code(status)
        .type('text/html; charset=utf-8')
        .header('content-security-policy', pageSecurityPolicy(nonce, otherOrigins))
        .send(found.page.replaceAll('__CSP_NONCE__', nonce));
    },

    async answerAsset(reply, { name, acceptEncoding = '' }) {
      const asset = (await findFiles())?.assets.get(name);
      if (!asset) throw new ProblemError('not-found');
      return sendAsset(reply, asset, acceptEncoding);
    },
  };
}

function sendAsset(reply: HttpReply, asset: WebFile, acceptEncoding: string): HttpReply {
  reply.type(asset.type);
  // The name carries a hash of the content.
  reply.header('cache-control', 'public, max-age=31536000, immutable');
  const codings = [
    ['br', asset.brotli],
    ['gzip', asset.gzip],
  ] as const;
  if (codings.some(([, bytes]) => bytes !== undefined)) reply.header('vary', 'accept-encoding');
  for (const [coding, bytes] of codings) {
    if (bytes === undefined || !accepts(acceptEncoding, coding)) continue;
    return reply.header('content-encoding', coding).send(bytes);
  }
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
