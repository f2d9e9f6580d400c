import type {
  AccountItem,
  AccountView,
  CertificateItem,
  CertificateView,
} from '../../../src/console/administration/contract.ts';
import { admin, at } from './people.ts';
import { type ConsoleScenario, json, problem } from './scenario.ts';

const DAY = 86_400_000;
const idOf = (index: number) => `5a1e7f0a-6c0e-4c39-9d0a-${String(index).padStart(12, '0')}`;
const NAMES = [
  ['ivanov', 'Иванов Иван'],
  ['petrov', 'Петров Пётр'],
  [
    'konstantinopolskaya.aleksandra.vsevolodovna@otdel-obrashcheniy',
    'Константинопольская-Преображенская Александра Всеволодовна',
  ],
  ['dezhurnaya', 'Дежурная Смена'],
  ['volkov', 'Волков Олег'],
] as const;
const STATES = ['active', 'expired', 'active', 'suspended', 'revoked'] as const;

const accounts: readonly AccountItem[] = NAMES.map(([login, displayName], index) => ({
  id: idOf(index),
  login,
  displayName,
  role: index === 3 ? 'operator' : 'user',
  status: index === 4 ? 'blocked' : 'active',
  createdAt: at(-200 * DAY),
  signedInAt: index === 2 ? null : at(-index * DAY),
  certificate:
    index === 2
      ? null
      : {
          id: idOf(100 + index),
          state: STATES[index] ?? 'active',
          notAfter: at((index === 1 ? -3 : 200) * DAY),
          serialNumber: admin.certificate.serialNumber,
        },
}));
const [ivanov] = accounts;
if (ivanov === undefined) throw new TypeError('nobody is there');

const details: AccountView = {
  ...ivanov,
  phone: '+79161234712',
  email: 'ivanov@example.com',
  password: 'own',
  sessions: 2,
  phoneHeldUntil: at(DAY),
  may: {
    edit: true,
    changeRole: true,
    block: true,
    resetPassword: true,
    confirmPhone: true,
    revoke: true,
    allowDownload: false,
  },
  canSend: false,
};
const certificates: readonly CertificateItem[] = NAMES.map(([login, displayName], index) => ({
  id: idOf(100 + index),
  accountId: idOf(index),
  login,
  displayName,
  state: STATES[index] ?? 'active',
  issuedAt: at(-165 * DAY),
  notAfter: at((index === 1 ? -3 : 200) * DAY),
  serialNumber: admin.certificate.serialNumber,
}));
const [first] = certificates;
if (first === undefined) throw new TypeError('no certificate is there');
const certificate: CertificateView = {
  ...first,
  notBefore: at(-165 * DAY),
  sha256Fingerprint: admin.certificate.sha256Fingerprint,
  statusChangedAt: at(-165 * DAY),
  revocationReason: null,
  firstPresentedAt: at(-164 * DAY),
  isCurrent: true,
  sessions: 2,
  path: [
    { subject: 'CN=Propusk, выдача', notAfter: at(2_000 * DAY), serialNumber: '0a01' },
    { subject: 'CN=Propusk, корень', notAfter: at(4_000 * DAY), serialNumber: '0a02' },
  ],
  may: { revoke: true, allowDownload: false },
};
const api = '/api/administration';
const answers = {
  [`GET ${api}/accounts`]: json({ count: accounts.length, offset: 0, accounts }),
  [`GET ${api}/accounts/${ivanov.id}`]: { kind: 'json', body: details, revision: 3 },
  [`GET ${api}/certificates`]: json({ count: certificates.length, offset: 0, certificates }),
  [`GET ${api}/certificates/${first.id}`]: json(certificate),
  [`GET ${api}/roles`]: json({
    permissions: [
      {
        name: 'edit-account',
        title: 'Изменить имя, телефон, почту',
        operator: 'users',
        administrator: 'all',
      },
      { name: 'change-role', title: 'Изменить роль', operator: 'no', administrator: 'all' },
    ],
  }),
} as const;
const page = (path: string): ConsoleScenario => ({ path, me: admin, answers });

export const administrationScenarios: Readonly<Record<string, ConsoleScenario>> = {
  'admin-accounts': page('/admin/accounts'),
  'admin-account': page(`/admin/accounts/${ivanov.id}`),
  'admin-account-new': page('/admin/accounts/new'),
  'admin-account-gone': page(`/admin/accounts/${idOf(999)}`),
  'admin-accounts-empty': {
    ...page('/admin/accounts?search=nobody'),
    answers: { [`GET ${api}/accounts`]: json({ count: 0, offset: 0, accounts: [] }) },
  },
  'admin-accounts-failed': {
    ...page('/admin/accounts'),
    answers: { [`GET ${api}/accounts`]: problem('internal', 500) },
  },
  'admin-certificates': page('/admin/certificates'),
  'admin-certificate': page(`/admin/certificates/${first.id}`),
  'admin-import': page('/admin/import'),
  'admin-roles': page('/admin/roles'),
  'own-password': page('/password'),
};
