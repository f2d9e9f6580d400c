/** Distribution points of certificates (RFC 5280, 4.2.1.13) and of revocation lists (5.2.5). */
import { contextTag, type DerElement, type DerReader, derInvalid, readDer, TAG } from '../der/der-element.ts';
import { booleanOf, namedBitsOf } from '../der/der-values.ts';
import type { DistinguishedName } from './distinguished-name.ts';
import { type GeneralName, generalNameKey, readGeneralNameList } from './general-name.ts';
import { nameKey, relativeNameKey } from './name-comparison.ts';

/** Bits 1 to 8 of ReasonFlags, as a mask: `1 << bit`. */
export type ReasonMask = number;

export const ALL_REASONS: ReasonMask = 0x1fe;

export type DistributionPointName =
  | { readonly kind: 'full'; readonly names: readonly GeneralName[] }
  | { readonly kind: 'relative'; readonly relativeNameKey: string };

export interface DistributionPoint {
  readonly name?: DistributionPointName;
  readonly reasons?: ReasonMask;
  /** Who signs the list, when it is not the issuer of the certificate. */
  readonly issuers?: readonly DistinguishedName[];
}

export interface IssuingDistributionPoint {
  readonly name?: DistributionPointName;
  readonly onlyContainsUserCerts: boolean;
  readonly onlyContainsCACerts: boolean;
  readonly onlyContainsAttributeCerts: boolean;
  readonly onlySomeReasons?: ReasonMask;
  readonly indirectCRL: boolean;
}

export function decodeDistributionPoints(value: Uint8Array): readonly DistributionPoint[] {
  const what = 'CRL distribution points';
  return readDer(value, what)
    .expect(TAG.sequence, what)
    .reader()
    .rest()
    .map((element) => {
      const fields = element.expect(TAG.sequence, what).reader();
      const name = fields.optional(contextTag(0, 'constructed'));
      const reasons = fields.optional(contextTag(1, 'primitive'));
      const issuer = fields.optional(contextTag(2, 'constructed'));
      fields.end(what);
      // RFC 5280, 4.2.1.13: not reasons alone.
      if (!name && !issuer) throw derInvalid(`${what}: neither a name nor an issuer`);
      return {
        ...(name && { name: readDistributionPointName(name, what) }),
        ...(reasons && { reasons: reasonMaskOf(reasons, what) }),
        ...(issuer && { issuers: directoryNames(readGeneralNameList(issuer.reader(), what)) }),
      };
    });
}

export function decodeIssuingDistributionPoint(value: Uint8Array): IssuingDistributionPoint {
  const what = 'issuing distribution point';
  const fields = readDer(value, what).expect(TAG.sequence, what).reader();
  const name = fields.optional(contextTag(0, 'constructed'));
  const onlyContainsUserCerts = readFlag(fields, 1, what);
  const onlyContainsCACerts = readFlag(fields, 2, what);
  const reasons = fields.optional(contextTag(3, 'primitive'));
  const indirectCRL = readFlag(fields, 4, what);
  const onlyContainsAttributeCerts = readFlag(fields, 5, what);
  fields.end(what);
  if ([onlyContainsUserCerts, onlyContainsCACerts, onlyContainsAttributeCerts].filter(Boolean).length > 1) {
    throw derInvalid(`${what}: more than one kind of certificates`);
  }
  return {
    ...(name && { name: readDistributionPointName(name, what) }),
    onlyContainsUserCerts,
    onlyContainsCACerts,
    onlyContainsAttributeCerts,
    ...(reasons && { onlySomeReasons: reasonMaskOf(reasons, what) }),
    indirectCRL,
  };
}

/**
 * The names as texts to compare; a relative name is completed with the name of the issuer of the list.
 *
 * @param issuers of the list; a relative name needs exactly one (RFC 5280, 4.2.1.13)
 */
export function distributionPointNameKeys(
  name: DistributionPointName,
  issuers: readonly DistinguishedName[],
): readonly string[] {
  if (name.kind === 'full') return name.names.map(generalNameKey);
  const [issuer, another] = issuers;
  if (!issuer || another) return [];
  return [
    `directoryName:${[nameKey(issuer), name.relativeNameKey].filter((key) => key !== '').join('\u0002')}`,
  ];
}

function readDistributionPointName(element: DerElement, what: string): DistributionPointName {
  const reader = element.reader();
  const full = reader.optional(contextTag(0, 'constructed'));
  if (full) {
    reader.end(what);
    return { kind: 'full', names: readGeneralNameList(full.reader(), what) };
  }
  const relative = reader.expect(contextTag(1, 'constructed'), what);
  reader.end(what);
  // The tag is implicit: with the tag of a SET it is a RelativeDistinguishedName.
  const set = Uint8Array.from(relative.der);
  set[0] = TAG.set;
  return { kind: 'relative', relativeNameKey: relativeNameKey(set) };
}

function readFlag(fields: DerReader, tag: number, what: string): boolean {
  const flag = fields.optional(contextTag(tag, 'primitive'));
  return flag !== undefined && booleanOf(flag.content, what);
}

function reasonMaskOf(element: DerElement, what: string): ReasonMask {
  let mask = 0;
  for (const bit of namedBitsOf(element.content, what)) mask |= 1 << bit;
  return mask & ALL_REASONS;
}

function directoryNames(names: readonly GeneralName[]): readonly DistinguishedName[] {
  return names.flatMap((name) => (name.form === 'directoryName' ? [name.name] : []));
}
