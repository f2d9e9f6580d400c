import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join, resolve } from 'node:path';
import { entryOf, handleMock } from './mock-handler.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The built pages under the content security policy of the portal, with the mock behind them. Loopback, any free port. */
export async function serveBuilt(
  folder = '../dist',
): Promise<{ readonly server: Server; readonly origin: string }> {
  const root = resolve(import.meta.dirname, folder);
  const pages = {
    portal: await readFile(join(root, 'portal/index.html'), 'utf8'),
    console: await readFile(join(root, 'console/index.html'), 'utf8'),
  };
  // Read once: a build that begins meanwhile empties the folder.
  const names = await readdir(join(root, 'assets'));
  const assets = new Map<string, Buffer>(
    await Promise.all(
      names.map(async (name) => [`/assets/${name}`, await readFile(join(root, 'assets', name))] as const),
    ),
  );
  const server = createServer((request, response) => {
    void (async () => {
      if (await handleMock(request, response)) return;
      const { pathname } = new URL(request.url ?? '/', 'http://built');
      if (pathname.startsWith('/assets/')) {
        const content = assets.get(pathname);
        if (content === undefined) return void response.writeHead(404).end();
        const type = TYPES[extname(pathname)] ?? 'application/octet-stream';
        return void response.writeHead(200, { 'content-type': type }).end(content);
      }
      const nonce = randomBytes(16).toString('base64');
      response
        .writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
          'referrer-policy': 'no-referrer',
        })
        .end(pages[entryOf(request.headers.cookie)].replaceAll('__CSP_NONCE__', nonce));
    })();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return { server, origin: `http://127.0.0.1:${address.port}` };
}
