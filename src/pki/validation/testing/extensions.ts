/** For tests: extensions of certificates and lists, well-formed or not, as the test wants them. */

import { TAG } from '../../der/der-element.ts';
import {
  encodedTrue,
  encodeElement,
  encodeInteger,
  encodeOctetString,
  encodeOid,
  encodeSequence,
} from '../../der/der-writer.ts';
import { OID } from '../../der/oid.ts';
import { KEY_USAGES, type KeyUsage } from '../../x509/key-usage.ts';

export interface TestExtension {
  readonly oid: string;
  readonly isCritical: boolean;
  readonly value: Uint8Array;
}

export function extension(oid: string, value: Uint8Array, isCritical = false): TestExtension {
  return { oid, isCritical, value };
}

export function encodeExtensions(extensions: readonly TestExtension[]): Uint8Array {
  return encodeSequence(
    ...extensions.map(({ oid, isCritical, value }) =>
      encodeSequence(encodeOid(oid), ...(isCritical ? [encodedTrue] : []), encodeOctetString(value)),
    ),
  );
}

export const explicit = (number: number, ...contents: readonly Uint8Array[]): Uint8Array =>
  encodeElement(0xa0 | number, ...contents);
const implicit = (number: number, content: Uint8Array): Uint8Array => encodeElement(0x80 | number, content);
const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const flag = (number: number, value: boolean | undefined): readonly Uint8Array[] =>
  value ? [implicit(number, Uint8Array.of(0xff))] : [];

/** A name of attributes in UTF8String: `CN=x,O=y` in the order of the certificate. */
export function nameOf(text: string, tag: number = TAG.utf8String): Uint8Array {
  const types: Readonly<Record<string, string>> = {
    C: '2.5.4.6',
    O: OID.organizationName,
    OU: '2.5.4.11',
    CN: OID.commonName,
    E: OID.emailAddress,
  };
  return encodeSequence(
    ...text
      .split(',')
      .filter((part) => part !== '')
      .map((part) => {
        const [type = '', value = ''] = part.split('=');
        return relativeName(types[type] ?? type, value, type === 'E' ? TAG.ia5String : tag);
      }),
  );
}

function relativeName(type: string, value: string, tag: number): Uint8Array {
  return encodeElement(
    TAG.set,
    encodeSequence(encodeOid(type), encodeElement(tag, Buffer.from(value, 'utf8'))),
  );
}

export const generalName = {
  mailbox: (text: string) => implicit(1, ascii(text)),
  dns: (text: string) => implicit(2, ascii(text)),
  directory: (text: string) => explicit(4, nameOf(text)),
  uri: (text: string) => implicit(6, ascii(text)),
  address: (...octets: readonly number[]) => implicit(7, Uint8Array.from(octets)),
  registered: (oid: string) => implicit(8, encodeOid(oid).subarray(2)),
  other: (oid: string, text: string) =>
    explicit(0, encodeOid(oid), explicit(0, encodeElement(TAG.utf8String, Buffer.from(text)))),
} as const;

export const basicConstraints = (ca: boolean, pathLength?: number, isCritical = true): TestExtension =>
  extension(
    OID.basicConstraints,
    encodeSequence(
      ...(ca ? [encodedTrue] : []),
      ...(pathLength === undefined ? [] : [encodeInteger(pathLength)]),
    ),
    isCritical,
  );

function bits(numbers: readonly number[]): Uint8Array {
  const last = Math.max(-1, ...numbers);
  const octets = new Uint8Array(Math.floor(last / 8) + 1);
  for (const bit of numbers) octets[bit >> 3] = (octets[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return Uint8Array.from([last < 0 ? 0 : 7 - (last & 7), ...octets]);
}

export const keyUsage = (...usages: readonly KeyUsage[]): TestExtension =>
  extension(
    OID.keyUsage,
    encodeElement(TAG.bitString, bits(usages.map((usage) => KEY_USAGES.indexOf(usage)))),
    true,
  );

export const extendedKeyUsage = (...oids: readonly string[]): TestExtension =>
  extension(OID.extKeyUsage, encodeSequence(...oids.map(encodeOid)));

export const subjectAltName = (...names: readonly Uint8Array[]): TestExtension =>
  extension(OID.subjectAltName, encodeSequence(...names));

export const nameConstraints = (
  { permitted = [], excluded = [] }: { permitted?: readonly Uint8Array[]; excluded?: readonly Uint8Array[] },
  isCritical = true,
): TestExtension => {
  const subtrees = (names: readonly Uint8Array[]) => names.map((name) => encodeSequence(name));
  return extension(
    OID.nameConstraints,
    encodeSequence(
      ...(permitted.length > 0 ? [explicit(0, ...subtrees(permitted))] : []),
      ...(excluded.length > 0 ? [explicit(1, ...subtrees(excluded))] : []),
    ),
    isCritical,
  );
};

export const certificatePolicies = (...oids: readonly string[]): TestExtension =>
  extension(OID.certificatePolicies, encodeSequence(...oids.map((oid) => encodeSequence(encodeOid(oid)))));

export const policyMappings = (...pairs: readonly (readonly [string, string])[]): TestExtension =>
  extension(
    OID.policyMappings,
    encodeSequence(...pairs.map(([from, to]) => encodeSequence(encodeOid(from), encodeOid(to)))),
    true,
  );

export const policyConstraints = (explicitPolicy?: number, mapping?: number): TestExtension =>
  extension(
    OID.policyConstraints,
    encodeSequence(
      ...(explicitPolicy === undefined ? [] : [implicit(0, encodeInteger(explicitPolicy).subarray(2))]),
      ...(mapping === undefined ? [] : [implicit(1, encodeInteger(mapping).subarray(2))]),
    ),
    true,
  );

export type PointName =
  | { readonly full: readonly Uint8Array[] }
  /** An RDN: `CN=x`. */
  | { readonly relative: string };

const pointName = (name: PointName | undefined): readonly Uint8Array[] => {
  if (!name) return [];
  if ('full' in name) return [explicit(0, explicit(0, ...name.full))];
  // The one SET of the name under an implicit tag.
  const set = Uint8Array.from(nameOf(name.relative).subarray(2));
  set[0] = 0xa1;
  return [explicit(0, set)];
};

/** Numbers of the bits of ReasonFlags. */
type Reasons = readonly number[];

export const distributionPoints = (
  ...points: readonly { name?: PointName; reasons?: Reasons; issuer?: string }[]
): TestExtension =>
  extension(
    OID.cRLDistributionPoints,
    encodeSequence(
      ...points.map(({ name, reasons, issuer }) =>
        encodeSequence(
          ...pointName(name),
          ...(reasons ? [implicit(1, bits(reasons))] : []),
          ...(issuer === undefined ? [] : [explicit(2, generalName.directory(issuer))]),
        ),
      ),
    ),
  );

export const issuingDistributionPoint = (point: {
  name?: PointName;
  onlyUser?: boolean;
  onlyAuthorities?: boolean;
  onlyAttributes?: boolean;
  onlySomeReasons?: Reasons;
  isIndirect?: boolean;
}): TestExtension =>
  extension(
    OID.issuingDistributionPoint,
    encodeSequence(
      ...pointName(point.name),
      ...flag(1, point.onlyUser),
      ...flag(2, point.onlyAuthorities),
      ...(point.onlySomeReasons ? [implicit(3, bits(point.onlySomeReasons))] : []),
      ...flag(4, point.isIndirect),
      ...flag(5, point.onlyAttributes),
    ),
    true,
  );

export const keyIdentifiers = {
  subject: (identifier: Uint8Array) => extension(OID.subjectKeyIdentifier, encodeOctetString(identifier)),
  authority: (identifier: Uint8Array) =>
    extension(OID.authorityKeyIdentifier, encodeSequence(implicit(0, identifier))),
};

export const numbers = {
  list: (number: number) => extension(OID.cRLNumber, encodeInteger(number)),
  deltaBase: (number: number) => extension(OID.deltaCRLIndicator, encodeInteger(number), true),
};
