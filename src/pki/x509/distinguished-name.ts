/**
 * Names (RFC 5280, 4.1.2.4) and their text (RFC 4514). Two names are compared by their DER: what signs and what is
 * signed carry the same octets in any list or chain made by one authority.
 */
import { type DerElement, TAG } from '../der/der-element.ts';
import { readOid, readString } from '../der/der-values.ts';
import { encodeElement, encodeOid, encodeSequence } from '../der/der-writer.ts';
import { OID } from '../der/oid.ts';

export interface DistinguishedName {
  /** The last CN, which is the most specific one. */
  readonly commonName?: string;
  /** RFC 4514: most specific first, specials escaped; control and invisible characters too, so that it is safe to show. */
  readonly text: string;
  readonly der: Uint8Array;
}

/** RFC 4514, section 3, and the descriptors of RFC 4519 and RFC 2985 that certificates in use carry. */
const DESCRIPTORS: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.42': 'GN',
  '0.9.2342.19200300.100.1.25': 'DC',
  '0.9.2342.19200300.100.1.1': 'UID',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

export function readDistinguishedName(element: DerElement, what: string): DistinguishedName {
  element.expect(TAG.sequence, what);
  let commonName: string | undefined;
  const relativeNames: string[] = [];
  const names = element.reader();
  while (!names.isDone) {
    const attributes = names.expect(TAG.set, what).reader();
    const texts: string[] = [];
    do {
      const attribute = attributes.expect(TAG.sequence, what).reader();
      const type = readOid(attribute.next(what), what);
      const value = attribute.next(what);
      attribute.end(what);
      if (type === OID.commonName) commonName = readString(value, what);
      texts.push(formatAttribute(type, value, what));
    } while (!attributes.isDone);
    relativeNames.unshift(texts.join('+'));
  }
  return Object.freeze({
    ...(commonName === undefined ? {} : { commonName }),
    text: relativeNames.join(','),
    der: element.der,
  });
}

/** A name of an optional organisation and a common name, in UTF8String. */
export function encodeDistinguishedName(name: { commonName: string; organisation?: string }): Uint8Array {
  const attribute = (type: string, value: string) =>
    encodeElement(
      TAG.set,
      encodeSequence(encodeOid(type), encodeElement(TAG.utf8String, Buffer.from(value, 'utf8'))),
    );
  return encodeSequence(
    ...(name.organisation === undefined ? [] : [attribute(OID.organizationName, name.organisation)]),
    attribute(OID.commonName, name.commonName),
  );
}

export function isSameName(left: DistinguishedName, right: DistinguishedName): boolean {
  return Buffer.compare(left.der, right.der) === 0;
}

function formatAttribute(type: string, value: DerElement, what: string): string {
  const descriptor = DESCRIPTORS[type];
  // RFC 4514, 2.4: a type without a descriptor has its value in hexadecimal BER.
  if (descriptor === undefined) return `${type}=#${Buffer.from(value.der).toString('hex')}`;
  return `${descriptor}=${escapeValue(readString(value, what))}`;
}

function escapeValue(value: string): string {
  return value
    .replaceAll(/["+,;<>\\]/g, (special) => `\\${special}`)
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (hidden) =>
      [...Buffer.from(hidden, 'utf8')]
        .map((octet) => `\\${octet.toString(16).padStart(2, '0').toUpperCase()}`)
        .join(''),
    )
    .replace(/^[ #]/, (first) => `\\${first}`)
    .replace(/(?<!^) $/, '\\ ');
}
