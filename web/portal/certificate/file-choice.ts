import type { FileExtension } from '../../api/portal-client.ts';
import type { GuideSystem } from '../instructions/blocks.ts';

/** Windows opens its wizard for both; Keychain Access, Linux and telephones go by `.p12`. */
export function defaultExtension(system: GuideSystem): FileExtension {
  return system === 'windows' ? 'pfx' : 'p12';
}
