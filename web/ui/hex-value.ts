const GROUP = 4;
/** Longer ones are cut in the middle where there is no room for all. */
const ENDS = 2;

/** A serial number or fingerprint as people compare it: capital letters in groups of four. */
export function groupHex(hex: string): string {
  return (hex.toUpperCase().match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join(' ');
}

/** The first and the last groups, with … for what lies between. */
export function cutHex(hex: string): string {
  const groups = groupHex(hex).split(' ');
  if (groups.length <= 2 * ENDS) return groups.join(' ');
  return `${groups.slice(0, ENDS).join(' ')} … ${groups.slice(-ENDS).join(' ')}`;
}

/** The last four digits, as pages tell certificates apart: `…91C0`. */
export function serialTail(hex: string): string {
  return `…${hex.slice(-GROUP).toUpperCase()}`;
}
