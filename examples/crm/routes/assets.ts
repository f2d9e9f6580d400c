import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

const ASSETS = [
  ['crm.css', 'text/css; charset=utf-8'],
  ['crm.js', 'text/javascript; charset=utf-8'],
  ['icon.svg', 'image/svg+xml'],
] as const;

/** Open to everybody: the page that says "through the gate, please" needs its style too. */
export function registerAssets(app: FastifyInstance): void {
  for (const [name, type] of ASSETS) {
    const body = readFileSync(new URL(`../assets/${name}`, import.meta.url));
    app.get(`/assets/${name}`, (_request, reply) =>
      reply.type(type).header('cache-control', 'no-cache').send(body),
    );
  }
}
