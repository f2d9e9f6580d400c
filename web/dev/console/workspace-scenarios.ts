import type {
  CertificateItem,
  CertificateView,
  ImportView,
  ListItem,
  StoresView,
} from '../../../src/console/workspace/contract.ts';
import { listAnswers, statusAnswers } from './certificate-status.ts';
import { admin, at, ivanov, longName } from './people.ts';
import { type ConsoleScenario, json, problem } from './scenario.ts';

const DAY = 86_400_000;
const hex = (digits: string) => digits.repeat(32).slice(0, 64);

const own: CertificateItem = {
  sha256: hex('4a'),
  owner: 'Иванов Иван Иванович',
  issuer: 'АО «Удостоверяющий центр» (аккредитованный)',
  issuerKey: hex('c1'),
  organisation: 'ООО «Ромашка»',
  inn: '500100732259',
  innLe: '7707083893',
  snils: '11223344595',
  ogrn: '1027700132195',
  email: 'ivanov@romashka.example',
  serialNumber: '01d9f3a27c4b8800000a1b2c00060002',
  notBefore: at(-340 * DAY),
  notAfter: at(25 * DAY),
  algorithm: 'gost-2012-256',
  isCa: false,
  isSelfIssued: false,
  store: 'personal',
  hasKeyElsewhere: true,
  sources: ['file'],
  addedAt: at(-2 * DAY),
  state: 'valid-expires-soon',
  reason: null,
  anchor: 'none',
};
const cloud: CertificateItem = {
  ...own,
  sha256: hex('5b'),
  sources: ['dss'],
  notAfter: at(300 * DAY),
  state: 'unknown',
};
const access: CertificateItem = {
  ...own,
  sha256: hex('6c'),
  owner: 'ivanov',
  issuer: 'Propusk Access 1',
  organisation: '',
  inn: null,
  innLe: null,
  snils: null,
  ogrn: null,
  algorithm: 'ec-p-256',
  sources: ['access'],
  notAfter: at(12 * DAY),
  state: 'valid-expires-soon',
};
const petrova: CertificateItem = {
  ...own,
  sha256: hex('7d'),
  owner: 'Петрова-Водкина Александра Константиновна',
  organisation: 'Федеральное государственное бюджетное учреждение «Центр длинных названий»',
  store: 'others',
  hasKeyElsewhere: false,
  state: 'invalid',
  notAfter: at(70 * DAY),
};
const root: CertificateItem = {
  ...own,
  sha256: hex('8e'),
  owner: 'Головной удостоверяющий центр',
  issuer: 'Головной удостоверяющий центр',
  organisation: 'Минцифры России',
  inn: null,
  snils: null,
  store: 'authorities',
  isCa: true,
  isSelfIssued: true,
  hasKeyElsewhere: false,
  notAfter: at(4000 * DAY),
  state: 'unknown',
};
const rows = [access, own, cloud, petrova, root];

const details: CertificateView = {
  ...own,
  version: 3,
  subject: [
    { type: '2.5.4.3', value: 'Иванов Иван Иванович' },
    { type: '2.5.4.4', value: 'Иванов' },
    { type: '2.5.4.42', value: 'Иван Иванович' },
    { type: '2.5.4.10', value: 'ООО «Ромашка»' },
    { type: '2.5.4.12', value: 'Директор' },
    { type: '1.2.643.3.131.1.1', value: '500100732259' },
    { type: '1.2.643.100.4', value: '7707083893' },
    { type: '1.2.643.100.3', value: '11223344595' },
    { type: '1.2.643.100.1', value: '1027700132195' },
  ],
  issuerName: [{ type: '2.5.4.3', value: own.issuer }],
  signatureAlgorithm: '1.2.643.7.1.1.3.2',
  keyUsage: ['digitalSignature', 'contentCommitment'],
  extendedKeyUsage: ['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.4'],
  policies: ['1.2.643.100.113.1'],
  alternativeNames: ['ivanov@romashka.example'],
  revocationListUrls: ['http://ca.example.org/ca.crl'],
  caIssuersUrls: ['http://ca.example.org/ca.cer'],
  ocspUrls: [],
  subjectKeyIdentifier: '0123456789abcdef0123456789abcdef01234567',
  authorityKeyIdentifier: 'fedcba9876543210fedcba9876543210fedcba98',
  pathLength: null,
  criticalExtensions: [],
  otherExtensions: [{ type: '1.2.643.100.111', isCritical: false, hex: '0c0a' }],
  pem: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
  sourceDetails: [{ kind: 'file', detail: 'ivanov.pfx', at: at(-2 * DAY) }],
  mayRemove: true,
};

const stores: StoresView = {
  stores: [
    { store: 'personal', count: 3, problems: 1 },
    { store: 'others', count: 1, problems: 1 },
    { store: 'authorities', count: 1, problems: 0 },
    { store: 'revocation-lists', count: 1, problems: 0 },
  ],
};
const none: StoresView = { stores: stores.stores.map(({ store }) => ({ store, count: 0, problems: 0 })) };
const list: ListItem = {
  sha256: hex('9f'),
  issuer: own.issuer,
  issuerKey: own.issuerKey,
  number: '4711',
  isDelta: false,
  thisUpdate: at(-DAY),
  nextUpdate: at(6 * DAY),
  entryCount: 512_345,
  size: 20_123_456,
  sources: ['file'],
  addedAt: at(0),
};

const answers = {
  'GET /api/workspace/stores': json(stores),
  'GET /api/workspace/certificates': json({ total: rows.length, rows }),
  [`GET /api/workspace/certificates/${own.sha256}`]: json(details),
  [`GET /api/workspace/certificates/${root.sha256}`]: json({ ...details, ...root }),
  [`GET /api/workspace/certificates/${cloud.sha256}`]: json({ ...details, ...cloud }),
  [`GET /api/workspace/certificates/${petrova.sha256}`]: json({ ...details, ...petrova }),
  [`GET /api/workspace/certificates/${access.sha256}`]: json({ ...details, ...access, mayRemove: false }),
  'GET /api/workspace/lists': json({ total: 1, rows: [list] }),
  [`GET /api/workspace/lists/${list.sha256}`]: json(list),
  ...listAnswers(list.sha256, own, petrova),
  ...statusAnswers({ own, cloud, access, revoked: petrova, root }),
} as const;

const preview: ImportView = {
  id: 'one',
  token: 't',
  expiresAt: at(15 * 60_000),
  rows: [
    {
      kind: 'certificate',
      id: 'i1',
      file: 'ivanov-2026.pfx',
      certificate: own,
      hasKey: true,
      store: 'personal',
      placement: 'with-key',
      presence: 'new',
      replaces: { sha256: hex('aa'), owner: own.owner, notAfter: at(12 * DAY) },
      olderThan: null,
    },
    {
      kind: 'certificate',
      id: 'i2',
      file: 'все.zip/root.cer',
      certificate: root,
      hasKey: false,
      store: 'authorities',
      placement: 'authority',
      presence: 'new',
      replaces: null,
      olderThan: null,
    },
    {
      kind: 'certificate',
      id: 'i3',
      file: 'все.zip/petrova.cer',
      certificate: petrova,
      hasKey: false,
      store: 'others',
      placement: 'without-key',
      presence: 'here',
      replaces: null,
      olderThan: null,
    },
    {
      kind: 'list',
      id: 'i4',
      file: 'ca.crl',
      sha256: list.sha256,
      issuer: list.issuer,
      thisUpdate: list.thisUpdate,
      nextUpdate: list.nextUpdate,
      entryCount: list.entryCount,
      presence: 'new',
      age: 'newer',
    },
    {
      kind: 'certificate',
      id: 'i8',
      file: 'старый.cer',
      certificate: { ...own, sha256: hex('ab'), notBefore: at(-800 * DAY), notAfter: at(-400 * DAY) },
      hasKey: false,
      store: 'others',
      placement: 'without-key',
      presence: 'new',
      replaces: null,
      olderThan: { sha256: own.sha256, owner: own.owner, notAfter: own.notAfter },
    },
    {
      kind: 'list',
      id: 'i9',
      file: 'ca-old.crl',
      sha256: hex('bc'),
      issuer: list.issuer,
      thisUpdate: at(-20 * DAY),
      nextUpdate: at(-13 * DAY),
      entryCount: 490_112,
      presence: 'here',
      age: 'older',
    },
    { kind: 'locked', id: 'i5', file: 'second.pfx', tries: 1 },
    { kind: 'not-importable', id: 'i6', file: 'request.csr', what: 'certification-request', detail: null },
    { kind: 'not-importable', id: 'i7', file: 'ca.cer', what: 'html', detail: null },
    {
      kind: 'not-importable',
      id: 'i10',
      file: 'все.zip/сломан.cer',
      what: 'damaged',
      detail: 'extensions: extension 2.5.29.19 occurs twice',
    },
  ],
};

const path = '/certificates';
export const workspaceScenarios: Readonly<Record<string, ConsoleScenario>> = {
  certificates: { path, me: ivanov, answers },
  'certificates-all-columns': {
    path,
    me: {
      ...longName,
      preferences: {
        'table.certificates.columns': ['status', 'not-after', 'inn', 'source', 'algorithm', 'store'],
      },
    },
    answers,
  },
  'certificates-empty': {
    path: `${path}?store=personal`,
    me: ivanov,
    answers: {
      'GET /api/workspace/stores': json(none),
      'GET /api/workspace/certificates': json({ total: 0, rows: [] }),
    },
  },
  'certificates-nothing-found': {
    path: `${path}?q=abc`,
    me: ivanov,
    answers: { ...answers, 'GET /api/workspace/certificates': json({ total: 0, rows: [] }) },
  },
  'certificates-nothing-in-store': {
    path: `${path}?q=abc&store=personal&state=invalid`,
    me: ivanov,
    answers: { ...answers, 'GET /api/workspace/certificates': json({ total: 0, rows: [] }) },
  },
  'certificates-found': {
    path: `${path}?q=${encodeURIComponent('112-233-445 95')}`,
    me: ivanov,
    answers: { ...answers, 'GET /api/workspace/certificates': json({ total: 2, rows: [own, cloud] }) },
  },
  'certificates-groups': {
    path: `${path}?group=store`,
    me: ivanov,
    answers: {
      ...answers,
      'GET /api/workspace/groups': json({
        groups: [
          { value: 'personal', title: 'personal', count: 3 },
          { value: 'others', title: 'others', count: 1 },
          { value: 'authorities', title: 'authorities', count: 1 },
        ],
      }),
    },
  },
  'certificates-groups-status': {
    path: `${path}?group=status&source=file`,
    me: ivanov,
    answers: {
      ...answers,
      'GET /api/workspace/certificates': json({ total: 5, rows: [petrova, own, root, access, cloud] }),
      'GET /api/workspace/groups': json({
        groups: [
          { value: 'unknown', title: 'unknown', count: 1 },
          { value: 'valid-expires-soon', title: 'valid-expires-soon', count: 1 },
          { value: 'checking', title: 'checking', count: 1 },
          { value: 'valid', title: 'valid', count: 2 },
        ],
      }),
    },
  },
  'certificates-loading': {
    path,
    me: ivanov,
    answers: { 'GET /api/workspace/certificates': { kind: 'hang' } },
  },
  'certificates-failed': {
    path,
    me: ivanov,
    answers: { ...answers, 'GET /api/workspace/certificates': problem('internal', 500) },
  },
  'certificates-panel': { path: `${path}/${own.sha256}`, me: ivanov, answers },
  'certificates-panel-authority': { path: `${path}/${root.sha256}`, me: admin, answers },
  'certificates-panel-unknown': { path: `${path}/${cloud.sha256}`, me: ivanov, answers },
  'certificates-panel-revoked': { path: `${path}/${petrova.sha256}`, me: ivanov, answers },
  'certificates-panel-access': { path: `${path}/${access.sha256}`, me: ivanov, answers },
  'certificates-lists': { path: `${path}/lists/${list.sha256}`, me: ivanov, answers },
  'certificates-import': {
    path: `${path}/import`,
    me: ivanov,
    answers: {
      ...answers,
      'POST /api/workspace/imports': json({ id: 'one' }),
      'POST /api/workspace/imports/one/files': { kind: 'done' },
      'GET /api/workspace/imports/one': json(preview),
    },
    files: ['ivanov-2026.pfx'],
  },
  'certificates-import-begin': { path: `${path}/import`, me: ivanov, answers },
  'certificates-import-text': { path: `${path}/import/text`, me: ivanov, answers },
};
