import type { AuditLogEvent, AuditLogView } from '../../../src/console/audit-log/contract.ts';
import type { AuthorityView, IssuerView } from '../../../src/console/authority/contract.ts';
import type { OverviewView } from '../../../src/console/overview/contract.ts';
import type { RefusalItem, RefusalView } from '../../../src/console/refusals/contract.ts';
import { admin, at, longName } from './people.ts';
import { type ConsoleScenario, json, problem } from './scenario.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const ivanov = { id: '0b5a4f0c-58a2-4a1e-8f0e-0c6d3a1f2b11', login: 'ivanov', displayName: 'Иванов Иван' };
const anna = { id: '0b5a4f0c-58a2-4a1e-8f0e-0c6d3a1f2b13', login: 'admin', displayName: 'Смирнова Анна' };
const petrov = { id: '0b5a4f0c-58a2-4a1e-8f0e-0c6d3a1f2b12', login: 'petrov', displayName: 'Петров Пётр' };

const refusal: RefusalItem = {
  id: '5b0b7f0a-6c0e-4c39-9d0a-3a5b7f6c1d01',
  at: at(-20 * MINUTE),
  reason: 'certificate-mismatch',
  account: ivanov,
  address: '192.0.2.17',
  application: 'CRM «Обращения»',
  presented: {
    sha256Fingerprint: '7ab1'.repeat(16),
    subject: 'petrov',
    serialNumber: '5be18a02c77d9f10b6a3552ec40e4f2a',
    notBefore: at(-40 * DAY),
    owner: petrov,
  },
};
const REASONS = [
  'certificate-not-presented',
  'certificate-revoked',
  'certificate-missing',
  'account-blocked',
];
const refusals: readonly RefusalItem[] = [
  refusal,
  ...REASONS.map((reason, index) => ({
    ...refusal,
    id: `5b0b7f0a-6c0e-4c39-9d0a-3a5b7f6c1e0${index}`,
    reason,
    at: at(-(index + 1) * HOUR),
    account: index % 2 === 0 ? petrov : longName.account,
    address: '2001:db8:85a3::8a2e:370:7334',
    presented: null,
  })),
];
const certificate = {
  id: '5b0b7f0a-6c0e-4c39-9d0a-3a5b7f6c1f01',
  serialNumber: '4be18a02c77d9f10b6a3552ec40e91c0',
  sha256Fingerprint: '9f2c'.repeat(16),
  notBefore: at(-20 * DAY),
  notAfter: at(345 * DAY),
  status: 'active',
} as const;
const no = (question: string) => ({ question, answer: 'does-not-hold' }) as const;
const trace = [
  ...[
    'sign-in-required',
    'account-blocked',
    'certificate-revoked',
    'certificate-suspended',
    'certificate-not-yet-valid',
    'certificate-expired',
    'certificate-not-presented',
  ].map(no),
  { question: 'certificate-mismatch', answer: 'holds' } as const,
];
const details: RefusalView = {
  ...refusal,
  userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/146.0.0.0 Safari/537.36',
  returnPath: '/tickets?page=2',
  certificate,
  trace,
  now: { outcome: 'deny', reason: 'certificate-mismatch', trace, accountStatus: 'active', certificate },
  enteredAt: null,
  delivery: { status: 'failed', attempts: 3, at: at(-30 * MINUTE), failure: 'number-refused' },
  hasPhone: true,
  fixes: ['send-password', 'correct-phone'],
};
const revoked: RefusalView = {
  ...details,
  reason: 'certificate-revoked',
  presented: null,
  fixes: ['allow-download'],
  trace: [
    no('sign-in-required'),
    no('account-blocked'),
    { question: 'certificate-revoked', answer: 'holds' },
  ],
  now: { ...details.now, reason: 'certificate-revoked' },
};

const event = (sequence: number, type: string, details: AuditLogEvent['details'] = {}): AuditLogEvent => ({
  sequence,
  at: at(-(1210 - sequence) * 7 * MINUTE),
  type,
  actor: { kind: 'account', person: ivanov },
  person: ivanov,
  details,
  changes: [],
});
const events: readonly AuditLogEvent[] = [
  {
    ...event(1211, 'account-phone-changed'),
    actor: { kind: 'account', person: anna },
    changes: [{ field: 'phone', before: '…47-12', after: '…22-33' }],
  },
  event(1210, 'entry-refused', {
    decisionId: refusal.id,
    reason: 'certificate-mismatch',
    applicationId: 'crm',
  }),
  event(1209, 'signed-in', { address: '192.0.2.17' }),
  { ...event(1208, 'sign-in-failed', { address: '198.51.100.200', count: 4 }), actor: { kind: 'anonymous' } },
  {
    ...event(1207, 'certificate-revoked', { reason: 'keyCompromise', comment: 'Утерян ноутбук' }),
    actor: { kind: 'account', person: anna },
  },
  {
    ...event(1206, 'revocation-list-issued', { number: 14, entries: 3 }),
    actor: { kind: 'system' },
    person: null,
  },
  event(1205, 'certificate-issued', { serialNumber: certificate.serialNumber }),
  { ...event(1204, 'account-created', { role: 'user' }), actor: { kind: 'command-line' } },
];
const journal: AuditLogView = { events: [...events], hasMore: false, loginKnown: true };

const issuing: IssuerView = {
  id: '6b0b7f0a-6c0e-4c39-9d0a-3a5b7f6c1d01',
  role: 'issuing',
  status: 'active',
  subject: 'Propusk Access CA 2',
  serialNumber: '1be18a02c77d9f10b6a3552ec40e0001',
  sha256Fingerprint: '1a2b'.repeat(16),
  notBefore: at(-90 * DAY),
  notAfter: at(9 * 365 * DAY),
  hasKey: true,
  certificates: 1284,
  list: { number: 87, thisUpdate: at(-3 * HOUR), nextUpdate: at(7 * DAY), isOverdue: false },
  listUrl: 'http://id.propusk.localhost/pki/6b0b7f0a-6c0e-4c39-9d0a-3a5b7f6c1d01.crl',
};
const authority: AuthorityView = {
  issuers: [
    issuing,
    {
      ...issuing,
      id: '6b-root',
      role: 'root',
      subject: 'Propusk Root CA',
      hasKey: false,
      certificates: 0,
      notAfter: at(15 * 365 * DAY),
    },
    { ...issuing, id: '6b-old', status: 'retired', subject: 'Propusk Access CA', certificates: 96 },
  ],
  requestedAt: null,
  server: {
    subject: 'CN=*.example.org',
    hosts: ['id.example.org', 'crm.example.org'],
    notAfter: at(60 * DAY),
  },
  responder: { url: 'http://id.propusk.localhost/pki/ocsp', state: 'answers' },
  warnings: [],
};
const troubled: AuthorityView = {
  ...authority,
  requestedAt: at(-2 * DAY),
  responder: { ...authority.responder, state: 'silent' },
  warnings: [
    { code: 'issuer-ends-soon', subject: 'Propusk Access CA 2', at: at(300 * DAY) },
    { code: 'list-overdue', subject: 'Propusk Access CA 2', at: at(4 * DAY) },
    { code: 'server-certificate-ends-soon', subject: 'CN=*.example.org', at: at(12 * DAY) },
    { code: 'responder-silent', subject: 'http://id.propusk.localhost/pki/ocsp', at: null },
  ],
};

const person = (index: number) => ({
  accountId: `a${index}`,
  login: ['ivanov', 'petrov', 'sidorova', longName.account.login][index % 4] ?? '',
  displayName: 'Иванов Иван',
});
const overview: OverviewView = {
  at: at(0),
  accounts: { active: 1402, blocked: 11, withoutCertificate: 57 },
  present: {
    people: 318,
    sessions: 402,
    newest: [0, 1, 2, 3].map((index) => ({
      ...person(index),
      lastSeenAt: at(-index * 3 * MINUTE),
      address: '192.0.2.17',
    })),
  },
  certificates: { active: 1284, expired: 12, suspended: 1, revoked: 4 },
  expiring: {
    in7: 3,
    in30: 24,
    first: [0, 1, 2, 3].map((index) => ({
      ...person(index),
      id: `c${index}`,
      notAfter: at((index + 2) * DAY),
    })),
  },
  refusals: {
    from: at(-DAY),
    stepSeconds: 3_600,
    series: [
      {
        reason: 'certificate-not-presented',
        total: 41,
        counts: [0, 0, 0, 0, 0, 1, 2, 5, 9, 4, 3, 2, 4, 3, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0],
      },
      {
        reason: 'certificate-mismatch',
        total: 6,
        counts: [...Array(8).fill(0), 3, 2, 1, ...Array(13).fill(0)],
      },
      { reason: 'account-blocked', total: 1, counts: [...Array(12).fill(0), 1, ...Array(11).fill(0)] },
    ],
    entries: 355,
  },
  signInFailures: 17,
  messages: { delivered: 44, waiting: 2, failed: 3, failures: [{ category: 'number-refused', count: 3 }] },
  warnings: troubled.warnings.slice(0, 1),
  lateReceivers: [
    { receiver: 'siem', behind: 1_204, since: at(-3 * 60 * MINUTE), failure: 'unreachable' },
    { receiver: 'archive', behind: 12, since: at(-20 * MINUTE), failure: 'refused' },
  ],
};
const quiet: OverviewView = {
  ...overview,
  present: { people: 0, sessions: 0, newest: [] },
  expiring: { in7: 0, in30: 0, first: [] },
  refusals: { ...overview.refusals, series: [] },
  messages: { delivered: 0, waiting: 0, failed: 0, failures: [] },
  warnings: [],
  lateReceivers: [],
};

const answers = {
  'GET /api/refusals': json({ refusals, hasMore: false, searchedBy: null }),
  [`GET /api/refusals/${refusal.id}`]: json(details),
  'GET /api/audit-log/events': json(journal),
  'GET /api/audit-log/events/1210': json(events[1] ?? {}),
  'GET /api/authority': json(authority),
  'GET /api/overview': json(overview),
} as const;
const scenario = (path: string, changed: ConsoleScenario['answers'] = {}): ConsoleScenario => ({
  path,
  me: admin,
  answers: { ...answers, ...changed },
});

export const operationsScenarios: Readonly<Record<string, ConsoleScenario>> = {
  refusals: scenario('/admin/refusals'),
  'refusals-empty': scenario('/admin/refusals', {
    'GET /api/refusals': json({ refusals: [], hasMore: false, searchedBy: null }),
  }),
  'refusals-found-none': scenario('/admin/refusals?search=192.0.2.1', {
    'GET /api/refusals': json({ refusals: [], hasMore: false, searchedBy: 'address' }),
  }),
  'refusals-panel': scenario(`/admin/refusals/${refusal.id}`),
  'refusals-panel-revoked': scenario(`/admin/refusals/${refusal.id}`, {
    [`GET /api/refusals/${refusal.id}`]: json(revoked),
  }),
  'refusals-failed': scenario('/admin/refusals', { 'GET /api/refusals': problem('internal', 500) }),
  'audit-log': scenario('/admin/journal'),
  'audit-log-panel': scenario('/admin/journal/1210'),
  'audit-log-changed': scenario('/admin/journal/1211', {
    'GET /api/audit-log/events/1211': json(events[0] ?? {}),
  }),
  'audit-log-none': scenario('/admin/journal?login=nobody', {
    'GET /api/audit-log/events': json({ events: [], hasMore: false, loginKnown: false }),
  }),
  authority: scenario('/admin/authority'),
  'authority-troubled': scenario('/admin/authority', { 'GET /api/authority': json(troubled) }),
  'authority-panel': scenario(`/admin/authority/${issuing.id}`),
  overview: scenario('/admin/overview'),
  'overview-quiet': scenario('/admin/overview', { 'GET /api/overview': json(quiet) }),
};
