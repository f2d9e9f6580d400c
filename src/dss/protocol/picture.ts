/** The picture of a challenge, as octets of a kind that browsers show as a picture and nothing else. */
export interface Picture {
  readonly type: 'image/jpeg' | 'image/png' | 'image/gif';
  readonly octets: Uint8Array;
}

/** What each kind begins with, in hexadecimal. */
const KINDS = [
  ['ffd8ff', 'image/jpeg'],
  ['89504e47', 'image/png'],
  ['47494638', 'image/gif'],
] as const;

/** By its first octets, whatever the server calls it; never SVG, which could hold more than a picture. */
export function readPicture(base64: string): Picture | undefined {
  if (!/^[A-Za-z0-9+/\s]+=*\s*$/.test(base64)) return undefined;
  const octets = Buffer.from(base64, 'base64');
  const start = octets.subarray(0, 4).toString('hex');
  const type = KINDS.find(([magic]) => start.startsWith(magic))?.[1];
  return type === undefined ? undefined : { type, octets };
}
