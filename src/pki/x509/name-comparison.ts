/**
 * Comparison of names (RFC 5280, 7.1): a PrintableString and a UTF8String of the same letters are the same value, case
 * and the number of spaces do not count. `isSameName` compares octets; this is for paths, where an authority may have
 * written its name in another way than the certificates below it.
 */
import { ProblemError } from '../../kernel/problem.ts';
import { type DerElement, readDer } from '../der/der-element.ts';
import { readOid, readString, STRING_TAGS } from '../der/der-values.ts';
import type { DistinguishedName } from './distinguished-name.ts';

const keys = new WeakMap<DistinguishedName, readonly string[]>();
const joined = new WeakMap<DistinguishedName, string>();

/** One text for each relative name; equal texts mean equal relative names. */
export function relativeNameKeys(name: DistinguishedName): readonly string[] {
  const known = keys.get(name);
  if (known) return known;
  const made = readDer(name.der, 'name')
    .reader()
    .rest()
    .map((set) => relativeNameKey(set.der));
  keys.set(name, made);
  return made;
}

/** Equal texts mean equal names. */
export function nameKey(name: DistinguishedName): string {
  const known = joined.get(name);
  if (known !== undefined) return known;
  const made = relativeNameKeys(name).join('\u0002');
  joined.set(name, made);
  return made;
}

/** From the DER of a RelativeDistinguishedName; the order of attributes in a set has no meaning. */
export function relativeNameKey(relativeNameDer: Uint8Array): string {
  return readDer(relativeNameDer, 'relative name')
    .reader()
    .rest()
    .map((attribute) => {
      const fields = attribute.reader();
      const type = readOid(fields.next('attribute'), 'attribute');
      const value = fields.next('attribute');
      return `${type}${valueKey(value)}`;
    })
    .sort()
    .join('\u0001');
}

/** What is no text, or not well-formed as one, is the same only octet by octet. */
function valueKey(value: DerElement): string {
  const octets = `#${Buffer.from(value.der).toString('hex')}`;
  if (!STRING_TAGS.has(value.tag)) return octets;
  try {
    return `=${prepareForComparison(readString(value, 'attribute'))}`;
  } catch (error) {
    if (error instanceof ProblemError) return octets;
    throw error;
  }
}

export function isEquivalentName(left: DistinguishedName, right: DistinguishedName): boolean {
  return Buffer.compare(left.der, right.der) === 0 || nameKey(left) === nameKey(right);
}

/** RFC 4518, 2.2: mapped to nothing, and to a space. */
const MAPPED_TO_SPACE = /[\t\n\v\f\r\u0085\p{Zs}\p{Zl}\p{Zp}]+/gu;
const MAPPED_TO_NOTHING = /\p{Cc}|\p{Cf}|\u034f|\u1806|[\u180b-\u180d]|[\ufe00-\ufe0f]|\ufffc/gu;

/** RFC 4518 for caseIgnoreMatch: mapping, case folding, NFKC, insignificant spaces. */
function prepareForComparison(text: string): string {
  if (/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(text)) return text.toLowerCase();
  return text
    .replaceAll(MAPPED_TO_SPACE, ' ')
    .replaceAll(MAPPED_TO_NOTHING, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .normalize('NFKC')
    .replaceAll(/ +/g, ' ')
    .trim();
}
