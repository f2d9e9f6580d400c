import type { FileExtension } from '../../api/portal-client.ts';
import type { DesktopSystem } from '../../ui/system-pictogram.tsx';

/** Windows opens its wizard for both; Keychain Access and Linux go by `.p12`. */
export function defaultExtension(system: DesktopSystem): FileExtension {
  return system === 'windows' ? 'pfx' : 'p12';
}
