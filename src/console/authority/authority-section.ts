import { requireRole } from '../actor.ts';
import type { ConsoleSection } from '../options.ts';
import { authorityView } from './contract.ts';
import { type AuthoritySources, readAuthority } from './read-authority.ts';

/** «УЦ»: issuers, their keys and lists, and what ends when. */
export function createAuthoritySection(sources: AuthoritySources): ConsoleSection {
  return {
    name: 'authority',
    register(app, { clock }) {
      app.get('/api/authority', { schema: { response: { 200: authorityView } } }, async (request) => {
        requireRole(request, 'operator', 'administrator');
        return await readAuthority(sources, clock.now());
      });
    },
  };
}
