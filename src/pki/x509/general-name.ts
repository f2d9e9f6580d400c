/**
 * General names (RFC 5280, 4.2.1.6) of all nine forms, unfiltered: for rules that must not overlook a name.
 * `readGeneralNames` is the reader for people, which passes over what it does not show.
 */
import { contextTag, type DerElement, type DerReader, derInvalid, readDer, TAG } from '../der/der-element.ts';
import { type DistinguishedName, readDistinguishedName } from './distinguished-name.ts';
import { nameKey } from './name-comparison.ts';

export type GeneralNameForm =
  | 'otherName'
  | 'rfc822Name'
  | 'dNSName'
  | 'x400Address'
  | 'directoryName'
  | 'ediPartyName'
  | 'uniformResourceIdentifier'
  | 'iPAddress'
  | 'registeredID';

export type GeneralName =
  | {
      readonly form: 'rfc822Name' | 'dNSName' | 'uniformResourceIdentifier';
      /** One character for each octet: what is not ASCII is not decoded. */
      readonly text: string;
    }
  | { readonly form: 'directoryName'; readonly name: DistinguishedName }
  | { readonly form: 'iPAddress'; readonly octets: Uint8Array }
  | {
      readonly form: 'otherName' | 'x400Address' | 'ediPartyName' | 'registeredID';
      readonly der: Uint8Array;
    };

const FORMS = new Map<number, GeneralNameForm>([
  [contextTag(0, 'constructed'), 'otherName'],
  [contextTag(1, 'primitive'), 'rfc822Name'],
  [contextTag(2, 'primitive'), 'dNSName'],
  [contextTag(3, 'constructed'), 'x400Address'],
  [contextTag(4, 'constructed'), 'directoryName'],
  [contextTag(5, 'constructed'), 'ediPartyName'],
  [contextTag(6, 'primitive'), 'uniformResourceIdentifier'],
  [contextTag(7, 'primitive'), 'iPAddress'],
  [contextTag(8, 'primitive'), 'registeredID'],
]);

export function readGeneralName(element: DerElement, what: string): GeneralName {
  const form = FORMS.get(element.tag);
  switch (form) {
    case undefined:
      throw derInvalid(`${what}: not a general name`);
    case 'rfc822Name':
    case 'dNSName':
    case 'uniformResourceIdentifier':
      return { form, text: Buffer.from(element.content).toString('latin1') };
    case 'directoryName': {
      const reader = element.reader();
      const name = readDistinguishedName(reader.next(what), what);
      reader.end(what);
      return { form, name };
    }
    case 'iPAddress':
      return { form, octets: element.content };
    default:
      return { form, der: element.der };
  }
}

/** At least one. */
export function readGeneralNameList(reader: DerReader, what: string): readonly GeneralName[] {
  const names = reader.rest().map((element) => readGeneralName(element, what));
  if (names.length === 0) throw derInvalid(`${what}: no name`);
  return names;
}

/** `GeneralNames` from the value of an extension. */
export function decodeGeneralNames(value: Uint8Array, what: string): readonly GeneralName[] {
  return readGeneralNameList(readDer(value, what).expect(TAG.sequence, what).reader(), what);
}

/** Equal texts mean the same name (RFC 5280, 7.1 to 7.5). */
export function generalNameKey(name: GeneralName): string {
  switch (name.form) {
    case 'directoryName':
      return `${name.form}:${nameKey(name.name)}`;
    case 'rfc822Name':
    case 'dNSName':
      return `${name.form}:${name.text.toLowerCase()}`;
    case 'uniformResourceIdentifier':
      // RFC 5280, 7.4: scheme and host are compared without regard to case, the rest exactly.
      return `${name.form}:${name.text.replace(/^[^:]*:(?:\/\/[^/]*)?/, (start) => start.toLowerCase())}`;
    case 'iPAddress':
      return `${name.form}:${Buffer.from(name.octets).toString('hex')}`;
    default:
      return `${name.form}:${Buffer.from(name.der).toString('hex')}`;
  }
}

/** For people. */
export function formatGeneralName(name: GeneralName): string {
  switch (name.form) {
    case 'directoryName':
      return name.name.text;
    case 'rfc822Name':
    case 'dNSName':
    case 'uniformResourceIdentifier':
      return name.text.replaceAll(/[^\x20-\x7e]/g, '?');
    case 'iPAddress':
      return name.octets.length === 4 ? name.octets.join('.') : Buffer.from(name.octets).toString('hex');
    default:
      return Buffer.from(name.der).toString('hex');
  }
}
