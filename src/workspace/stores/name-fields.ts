/** The attributes of a name one by one, for people. */
import { ProblemError } from '../../kernel/problem.ts';
import { readDer, TAG } from '../../pki/der/der-element.ts';
import { readOid, readString } from '../../pki/der/der-values.ts';
import { displayText } from '../../pki/x509/display-text.ts';
import type { DistinguishedName } from '../../pki/x509/distinguished-name.ts';

/** RFC 4519, RFC 2985, and what the orders of FSB of Russia No. 795 and 476 add for qualified certificates. */
export const NAME_OID = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  organisation: '2.5.4.10',
  unit: '2.5.4.11',
  title: '2.5.4.12',
  givenName: '2.5.4.42',
  email: '1.2.840.113549.1.9.1',
  inn: '1.2.643.3.131.1.1',
  innLe: '1.2.643.100.4',
  ogrn: '1.2.643.100.1',
  ogrnip: '1.2.643.100.5',
  snils: '1.2.643.100.3',
} as const;

export interface NameField {
  /** Object identifier of the attribute. */
  readonly type: string;
  /** Safe to show, at most some 500 characters. */
  readonly value: string;
}

const MAX_FIELDS = 100;

/** In the order of the certificate, at most 100: no name that means somebody has more. */
export function readNameFields(name: DistinguishedName): readonly NameField[] {
  const what = 'name';
  const fields: NameField[] = [];
  const sets = readDer(name.der, what).expect(TAG.sequence, what).reader();
  while (!sets.isDone && fields.length < MAX_FIELDS) {
    const attributes = sets.expect(TAG.set, what).reader();
    while (!attributes.isDone && fields.length < MAX_FIELDS) {
      const attribute = attributes.expect(TAG.sequence, what).reader();
      const type = readOid(attribute.next(what), what);
      const element = attribute.next(what);
      fields.push({ type, value: displayText(textOf(element)) });
    }
  }
  return fields;
}

function textOf(element: Parameters<typeof readString>[0]): string {
  try {
    return readString(element, 'attribute').trim();
  } catch (error) {
    if (error instanceof ProblemError) return `#${Buffer.from(element.der).toString('hex')}`;
    throw error;
  }
}

/** The first one that is not empty. */
export function fieldOf(fields: readonly NameField[], ...types: readonly string[]): string | undefined {
  for (const type of types) {
    const found = fields.find((field) => field.type === type && field.value !== '');
    if (found !== undefined) return found.value;
  }
  return undefined;
}

/** What a person calls the one that the name is about: CN, else the parts of a person's name, else the organisation. */
export function titleOf(fields: readonly NameField[], name: DistinguishedName): string {
  const commonName = fields.findLast(({ type, value }) => type === NAME_OID.commonName && value !== '');
  if (commonName !== undefined) return commonName.value;
  const person = [fieldOf(fields, NAME_OID.surname), fieldOf(fields, NAME_OID.givenName)]
    .filter((part) => part !== undefined)
    .join(' ');
  if (person !== '') return person;
  return fieldOf(fields, NAME_OID.organisation, NAME_OID.unit, NAME_OID.email) ?? displayText(name.text);
}
