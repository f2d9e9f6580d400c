import { expect, test } from 'vitest';
import { buildRevocationListIndex, openRevocationListIndex } from '../../pki/crl/large-revocation-list.ts';
import { makeTestCertificates } from '../testing/test-certificates.ts';
import { describeCertificate, describeList } from './describe-certificate.ts';
import { placeOf } from './place.ts';
import { parseSearch } from './search-text.ts';

const made = makeTestCertificates();

test('a qualified certificate is described by everything that people know it by', () => {
  const leaf = describeCertificate(made.leafDer);
  expect(leaf).toMatchObject({
    owner: 'Иванов Иван Иванович',
    issuerName: 'Корневой УЦ',
    organisation: 'ООО «Ромашка»',
    inn: '500100732259',
    innLe: '7707083893',
    snils: '11223344595',
    ogrn: '1027700132195',
    email: 'ivanov@romashka.example',
    algorithm: 'ec-p-256',
    isCa: false,
    isSelfIssued: false,
  });
  const root = describeCertificate(made.rootDer);
  expect(root).toMatchObject({ owner: 'Корневой УЦ', isCa: true, isSelfIssued: true });
  expect(leaf.issuerKey).toBe(root.subjectKey);
  expect(leaf.authorityKeyIdentifier).toBe(root.subjectKeyIdentifier);
});

test.each([
  'ИВАНОВ иван',
  'ромашка директор',
  '500100732259',
  '7707083893',
  '112-233-445 95',
  '1027700132195',
  'Ivanov@Romashka',
  'корневой',
])('it is found by «%s»', (text) => {
  const { searchText } = describeCertificate(made.leafDer);
  const query = parseSearch(text);
  const isFound =
    query?.words.every((word) => searchText.includes(word)) === true ||
    (query?.compact !== undefined && searchText.includes(query.compact));
  expect(isFound).toBe(true);
});

test('it is found by serial number and fingerprint, however their digits are grouped', () => {
  const { searchText, serialNumber, sha256 } = describeCertificate(made.leafDer);
  for (const hex of [serialNumber, sha256]) {
    const grouped = hex.toUpperCase().replaceAll(/(..)(?=.)/g, '$1:');
    expect(searchText).toContain(parseSearch(grouped)?.compact);
  }
});

test('signs of patterns are searched for as they are, and blanks search for nothing', () => {
  expect(parseSearch(' \n ')).toBeUndefined();
  expect(parseSearch('(50%_ +')).toEqual({ words: ['(50%_', '+'], compact: undefined });
});

test('a list is described by its issuer and dates', () => {
  const list = describeList(openRevocationListIndex(buildRevocationListIndex(made.listDer, [])));
  expect(list).toMatchObject({ issuerName: 'Корневой УЦ', number: 1n, entryCount: 0, baseNumber: undefined });
  expect(list.issuerKey).toBe(describeCertificate(made.rootDer).subjectKey);
});

test.each([
  ['the certificate of an authority', true, 'file', true, 'authorities', 'authority'],
  ['one with its key in the file', false, 'file', true, 'personal', 'with-key'],
  ['one without a key', false, 'file', false, 'others', 'without-key'],
  ['one that was pasted', false, 'paste', false, 'others', 'without-key'],
  ['one from a DSS', false, 'dss', false, 'personal', 'from-dss'],
  ['an authority’s from a DSS', true, 'dss', false, 'authorities', 'authority'],
] as const)('%s goes where it belongs, with the reason', (_, isCa, source, hasKey, store, reason) => {
  expect(placeOf({ isCa }, { source, hasKey })).toEqual({ store, reason });
});
