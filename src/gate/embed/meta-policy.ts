/**
 * What a `<meta>` tag of the head says of the page's content security policy: the policy, `undefined` for a tag about
 * something else, and `unclear` where we do not read it as a browser may.
 */
export function readMetaPolicy(
  tag: string,
): { readonly kind: 'policy'; readonly text: string } | 'unclear' | undefined {
  const attributes = readAttributes(tag);
  const equivalent = attributes.get('http-equiv')?.trim().toLowerCase();
  if (equivalent === undefined) return undefined;
  if (equivalent.includes('&')) return 'unclear';
  if (equivalent !== 'content-security-policy') return undefined;
  const content = decodeReferences(attributes.get('content') ?? '');
  return content === undefined ? 'unclear' : { kind: 'policy', text: content };
}

/** The attributes of a start tag (HTML standard, 13.2.5.32 to 13.2.5.39); the first of a name counts. */
function readAttributes(tag: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  const pattern =
    /[\s/]*(?<name>=?[^\s/>=]+|=)(?:\s*=\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>[^\s"'>][^\s>]*)))?/gy;
  pattern.lastIndex = '<meta'.length;
  for (let match = pattern.exec(tag); match !== null; match = pattern.exec(tag)) {
    const { name = '', double, single, bare } = match.groups ?? {};
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, double ?? single ?? bare ?? '');
  }
  return attributes;
}

const NAMED: Readonly<Record<string, string>> = { quot: '"', apos: "'", amp: '&', lt: '<', gt: '>' };

/** Undefined for a reference that is not one of the few that occur in policies. */
function decodeReferences(text: string): string | undefined {
  let isClear = true;
  const decoded = text.replace(
    /&(?:#(\d{1,5})|#x([0-9a-f]{1,4})|([a-z]+));|&/gi,
    (all, decimal, hex, name) => {
      if (decimal !== undefined) return String.fromCharCode(Number(decimal));
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      const known = typeof name === 'string' ? NAMED[name.toLowerCase()] : undefined;
      if (known === undefined) isClear = false;
      return known ?? all;
    },
  );
  return isClear ? decoded : undefined;
}
