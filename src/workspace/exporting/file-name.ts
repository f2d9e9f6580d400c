/** `Иванов Иван Иванович 2027-12-27.cer`: the owner and the last day, as Windows, macOS and Linux all take it. */
const MAX_NAME = 80;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

export function fileNameOf(owner: string, date: Date, extension: string): string {
  const cleaned = owner
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}\\/:*?"<>|«»]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/^[. ]+|[. ]+$/g, '');
  const short = [...cleaned].slice(0, MAX_NAME).join('').trim();
  const name = short === '' || RESERVED.test(short) ? `certificate ${short}`.trim() : short;
  return `${name} ${date.toISOString().slice(0, 10)}.${extension}`;
}

/** Each name once: the second of a name gets « (2)». */
export function distinctNames(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  return names.map((name) => {
    const key = name.toLowerCase();
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    const dot = name.lastIndexOf('.');
    return count === 1 ? name : `${name.slice(0, dot)} (${count})${name.slice(dot)}`;
  });
}
