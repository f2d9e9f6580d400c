export type ReservedPath = 'as-written' | 'in-disguise' | 'no';

/** Anything by which a path could mean another one than it says. */
const AMBIGUOUS = /[%\\;]|\/[./]/;
const MAX_DECODINGS = 4;

/**
 * Whether a path lies under `/<segment>/`, where `segment` is one path segment in lower case. `in-disguise`: it does
 * so only for somebody who decodes it (once or several times), removes its dots, empty segments and parameters, folds
 * backslashes or letter case. What one server reads literally and the next one does not is no path to pass on.
 */
export function classifyPath(target: string, segment: string): ReservedPath {
  const query = target.indexOf('?');
  const path = query === -1 ? target : target.slice(0, query);
  if (
    path.startsWith(`/${segment}`) &&
    (path.length === segment.length + 1 || path[segment.length + 1] === '/')
  ) {
    return 'as-written';
  }
  if (!AMBIGUOUS.test(path)) return 'no';
  let form = path;
  for (let round = 0; round <= MAX_DECODINGS; round += 1) {
    if (entersSegment(form, segment)) return 'in-disguise';
    const decoded = decodeOnce(form);
    if (decoded === form) return 'no';
    form = decoded;
  }
  return 'no';
}

function entersSegment(path: string, segment: string): boolean {
  const segments = path
    .replaceAll('\\', '/')
    .split('/')
    // Path parameters (`/..;x/`) are cut before the dots are read, as servlet containers do; control characters too.
    .map((part) => visible(part.split(';', 1)[0] ?? '').toLowerCase());
  if (segments.find((part) => part !== '' && part !== '.') === segment) return true;
  const resolved: string[] = [];
  for (const part of segments) {
    if (part === '..') resolved.pop();
    else if (part !== '' && part !== '.') resolved.push(part);
  }
  return resolved[0] === segment;
}

function visible(text: string): string {
  let out = '';
  for (const character of text) if (character > ' ' && character !== '\x7f') out += character;
  return out;
}

function decodeOnce(path: string): string {
  return (
    path
      .replace(/%[0-9a-f]{2}/gi, (octet) => String.fromCharCode(Number.parseInt(octet.slice(1), 16)))
      // Over-long UTF-8 of `.` and `/`, which lenient decoders accept (RFC 3629, section 10).
      .replaceAll('\xc0\xae', '.')
      .replaceAll('\xc0\xaf', '/')
  );
}
