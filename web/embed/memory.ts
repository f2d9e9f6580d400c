import type { Corner } from './menu-data.ts';

/** What the person has arranged, in this browser and for this application; wiped with everything else at sign-out. */
export interface Arrangement {
  readonly corner?: Corner;
  readonly small?: boolean;
  /** The day on which the notice was put off, in the reader's own zone. */
  readonly putOff?: string;
}

const KEY = 'propusk-menu';
const CORNERS: readonly Corner[] = ['top-right', 'bottom-right', 'bottom-left', 'top-left'];

/** A browser may keep nothing, or have something else under this name: then everything is as at first. */
export function recall(): Arrangement {
  try {
    const { corner, small, putOff } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<
      string,
      unknown
    >;
    const known = CORNERS.find((one) => one === corner);
    return {
      ...(known !== undefined && { corner: known }),
      ...(typeof small === 'boolean' && { small }),
      ...(typeof putOff === 'string' && { putOff }),
    };
  } catch {
    return {};
  }
}

export function remember(arrangement: Arrangement): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...recall(), ...arrangement }));
  } catch {}
}

export function nextCorner(corner: Corner): Corner {
  return CORNERS[(CORNERS.indexOf(corner) + 1) % CORNERS.length] ?? 'top-right';
}
