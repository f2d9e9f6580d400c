import type { Role } from '../../../src/console/contract.ts';
import { useConsole } from '../console-context.tsx';
import { useMe } from '../me.ts';
import { type ConsoleSection, NAV_PLACES, type NavEntry } from '../section.ts';

export interface NavGroup {
  readonly group: NavEntry['group'];
  readonly entries: readonly NavEntry[];
}

/** What the person may see, in the order of the places; a group without entries is left out. */
export function navigationOf(sections: readonly ConsoleSection[], role: Role): readonly NavGroup[] {
  const entries = sections.flatMap(({ nav }) => nav).filter((entry) => maySee(entry, role));
  return (['settings', 'administration'] as const)
    .map((group) => ({
      group,
      entries: NAV_PLACES[group].flatMap((place) =>
        entries.filter((entry) => entry.group === group && entry.place === place),
      ),
    }))
    .filter((found) => found.entries.length > 0);
}

function maySee(entry: NavEntry, role: Role): boolean {
  return entry.group === 'settings' || entry.roles.some((each) => each === role);
}

/** Whether the address is a page for this role at all; the server refuses what is behind it by itself. */
export function mayOpen(path: string, role: Role): boolean {
  return role !== 'user' || !/^\/admin(?:\/|$)/.test(path);
}

export function useNavigation(): readonly NavGroup[] {
  const { sections } = useConsole();
  return navigationOf(sections, useMe().account.role);
}
