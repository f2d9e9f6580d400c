/**
 * A page with the tag is another representation than the page itself, so it has an entity tag of its own, in which the
 * application's is kept: asked again, the application can still answer 304. With another version of the script the
 * marked tag is a stranger, and the page is sent anew.
 */
const MARK = ';propusk-';

/** `"abc"` -> `W/"abc;propusk-s-1f2e"`; weak, because no octet is promised to stay (RFC 9110, section 8.8.1). */
export function markEntityTag(entityTag: string, version: string): string | undefined {
  const [, weak, value] = /^(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"$/.exec(entityTag.trim()) ?? [];
  if (value === undefined) return undefined;
  return `W/"${value}${MARK}${weak === undefined ? 's' : 'w'}-${version}"`;
}

/** What If-None-Match says to the application; undefined: nothing. */
export function unmarkEntityTags(ifNoneMatch: string, version: string): string | undefined {
  const ours: string[] = [];
  for (const [, value = ''] of ifNoneMatch.matchAll(/(?:W\/)?"([^"]*)"/g)) {
    const mark = value.lastIndexOf(MARK);
    const [, strength, marked] = /^;propusk-([sw])-(.*)$/.exec(mark === -1 ? '' : value.slice(mark)) ?? [];
    if (marked === version) ours.push(`${strength === 'w' ? 'W/' : ''}"${value.slice(0, mark)}"`);
  }
  return ours.length === 0 ? undefined : ours.join(', ');
}
