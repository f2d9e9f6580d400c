import type { PreferenceValue } from '../../../src/console/contract.ts';
import { usePreference } from '../preferences.ts';

export type Density = 'comfortable' | 'compact';

/** One choice for all tables. */
export function useDensity(): readonly [Density, (density: Density) => void] {
  const [density, store] = usePreference<Density>('table.density', readDensity);
  return [density ?? 'comfortable', store];
}

function readDensity(stored: PreferenceValue | undefined): Density | undefined {
  return stored === 'comfortable' || stored === 'compact' ? stored : undefined;
}

/** The columns that the person has chosen for one table; undefined: none yet, null forgets the choice. */
export function useChosenColumns(
  table: string,
): readonly [readonly string[] | undefined, (columns: string[] | null) => void] {
  return usePreference<string[]>(`table.${table}.columns`, readColumns);
}

function readColumns(stored: PreferenceValue | undefined): string[] | undefined {
  if (!Array.isArray(stored)) return undefined;
  const names: unknown[] = stored;
  return names.filter((name) => typeof name === 'string');
}
