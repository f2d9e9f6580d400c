/** Whether a name lies within a subtree, for each form of name (RFC 5280, 4.2.1.10). */
import type { GeneralName } from '../../x509/general-name.ts';
import { relativeNameKeys } from '../../x509/name-comparison.ts';

/**
 * - `malformed`: the name cannot be compared, so nothing can be said in its favour
 * - `unsupported`: nobody here knows what a subtree of this form is
 */
export type SubtreeMatch = 'inside' | 'outside' | 'malformed' | 'unsupported';

/** @param purpose an excluded subtree also matches a wildcard that could stand for one of its names */
export function matchSubtree(
  name: GeneralName,
  base: GeneralName,
  purpose: 'permitted' | 'excluded',
): SubtreeMatch {
  if (name.form === 'directoryName' && base.form === 'directoryName') {
    const prefix = relativeNameKeys(base.name);
    const keys = relativeNameKeys(name.name);
    return insideIf(prefix.length <= keys.length && prefix.every((key, index) => keys[index] === key));
  }
  if (name.form === 'dNSName' && base.form === 'dNSName') return matchDns(name.text, base.text, purpose);
  if (name.form === 'rfc822Name' && base.form === 'rfc822Name') return matchMailbox(name.text, base.text);
  if (name.form === 'uniformResourceIdentifier' && base.form === 'uniformResourceIdentifier') {
    const host = hostOfUri(name.text);
    return host === undefined ? 'malformed' : insideIf(isHostWithin(host, base.text));
  }
  if (name.form === 'iPAddress' && base.form === 'iPAddress') return matchAddress(name.octets, base.octets);
  return name.form === base.form ? 'unsupported' : 'outside';
}

/** A constraint that matches nothing by mistake must not pass for one that excludes nothing on purpose. */
export function isWellFormedConstraint(base: GeneralName): boolean {
  // No clause says what an empty text means; everybody takes it for all names of the form.
  if ('text' in base && base.text === '') return true;
  switch (base.form) {
    case 'dNSName':
      return isHostName(base.text);
    case 'rfc822Name': {
      const at = base.text.lastIndexOf('@');
      if (at > 0) return isHostName(base.text.slice(at + 1));
      return isHostName(base.text.replace(/^\./, ''));
    }
    case 'uniformResourceIdentifier':
      return isHostName(base.text.replace(/^\./, ''));
    case 'iPAddress':
      return (base.octets.length === 8 || base.octets.length === 32) && isPrefixMask(base.octets);
    default:
      return true;
  }
}

function matchDns(name: string, base: string, purpose: 'permitted' | 'excluded'): SubtreeMatch {
  const isWildcard = name.startsWith('*.');
  if (!isHostName(isWildcard ? name.slice(2) : name)) return 'malformed';
  const lower = name.toLowerCase();
  const subtree = base.toLowerCase();
  if (subtree === '' || lower === subtree || lower.endsWith(`.${subtree}`)) return 'inside';
  // `*.example.org` may stand for `host.example.org`.
  const couldBeInside =
    isWildcard && purpose === 'excluded' && subtree.slice(subtree.indexOf('.') + 1) === lower.slice(2);
  return insideIf(couldBeInside);
}

function matchMailbox(name: string, base: string): SubtreeMatch {
  const at = name.lastIndexOf('@');
  const host = name.slice(at + 1);
  if (at < 1 || !isHostName(host)) return 'malformed';
  const baseAt = base.lastIndexOf('@');
  if (baseAt < 0) return insideIf(isHostWithin(host, base));
  // RFC 5280, 7.5: the local part is compared exactly.
  return insideIf(
    name.slice(0, at) === base.slice(0, baseAt) &&
      host.toLowerCase() === base.slice(baseAt + 1).toLowerCase(),
  );
}

/** A constraint that begins with a period stands for all hosts below, another one for this host alone. */
function isHostWithin(host: string, base: string): boolean {
  if (base === '') return true;
  const [lower, constraint] = [host.toLowerCase(), base.toLowerCase()];
  return constraint.startsWith('.')
    ? lower.endsWith(constraint) && lower.length > constraint.length
    : lower === constraint;
}

/** RFC 5280: a URI without an authority, or with an address for a host, is refused where URIs are constrained. */
function hostOfUri(uri: string): string | undefined {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(uri)?.[1];
  const host = authority?.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
  if (host === undefined || !isHostName(host) || /^[\d.]+$/.test(host)) return undefined;
  return host;
}

function matchAddress(address: Uint8Array, base: Uint8Array): SubtreeMatch {
  if (address.length !== 4 && address.length !== 16) return 'malformed';
  if (base.length !== address.length * 2) return 'outside';
  return insideIf(
    address.every((octet, index) => {
      const mask = base[address.length + index] ?? 0;
      return (octet & mask) === ((base[index] ?? 0) & mask);
    }),
  );
}

/** RFC 4632: ones, then zeros. */
function isPrefixMask(octets: Uint8Array): boolean {
  const bits = [...octets.subarray(octets.length / 2)]
    .map((octet) => octet.toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits);
}

/** Labels of letters, digits, hyphens and, because they are in use, underscores (RFC 1034, 3.5). */
function isHostName(text: string): boolean {
  return (
    text.length <= 253 &&
    /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/i.test(text)
  );
}

function insideIf(isInside: boolean): SubtreeMatch {
  return isInside ? 'inside' : 'outside';
}
