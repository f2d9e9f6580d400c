import type { Client } from '../client/detect-client.ts';
import type { GuideBrowser, GuideSystem } from './blocks.ts';
import { BROWSERS_OF } from './names.ts';

/** Which instructions to begin with; where the system is not known, those of most people. */
export function ownSystem({ system }: Client): GuideSystem {
  return system === 'unknown' ? 'windows' : system;
}

/** The one asked for in the address, else the reader's own, else the first of that system. */
export function ownBrowser(system: GuideSystem, asked: string | undefined, reader: Client): GuideBrowser {
  const all = BROWSERS_OF[system];
  return (
    all.find((browser) => browser === asked) ??
    all.find((browser) => browser === reader.browser) ??
    all[0] ??
    'chrome'
  );
}
