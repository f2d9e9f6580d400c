import type { Plugin } from 'vite';
import { entryOf, handleMock } from './mock-handler.ts';

/** `npx vite web`, then open /__mock: every state of every page without a server behind. Never part of a build. */
export function mockApi(): Plugin {
  return {
    name: 'propusk-mock-api',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        handleMock(request, response).then(
          (done) => {
            if (done) return;
            // The addresses of each host all have the one page.
            if (request.headers.accept?.includes('text/html')) {
              request.url = `/${entryOf(request.headers.cookie)}/index.html`;
            }
            next();
          },
          (error: unknown) => next(error),
        );
      });
    },
  };
}
