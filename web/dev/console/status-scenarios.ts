import type { EventsView } from '../../../src/console/events/contract.ts';
import type { JournalView, ReportView } from '../../../src/console/journal/contract.ts';
import type { HealthView } from '../../../src/console/status/contract.ts';
import { at, ivanov } from './people.ts';
import { type ConsoleScenario, json } from './scenario.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const sha = (digit: string) => digit.repeat(64);
const issuer = 'CN=УЦ ООО «Северный мост»,O=ООО «Северный мост»,C=RU';

const health: HealthView = {
  counts: { checking: 0, valid: 31, 'valid-expires-soon': 1, unknown: 13, invalid: 1 },
  groups: [
    {
      key: 'revoked',
      reason: 'revoked',
      culprit: { sha256: sha('1'), name: 'Иванов Иван Иванович' },
      facts: { at: at(-2 * DAY) },
      fixes: [{ kind: 'ask-issuer' }],
      count: 1,
      certificates: [{ sha256: sha('1'), owner: 'Иванов Иван Иванович', notAfter: at(100 * DAY) }],
    },
    {
      key: 'root',
      reason: 'root-not-trusted',
      culprit: { sha256: sha('3'), name: 'Головной УЦ' },
      facts: { issuer: 'CN=Головной УЦ,C=RU' },
      fixes: [{ kind: 'install-anchor', sha256: sha('3') }],
      count: 1,
      certificates: [{ sha256: sha('4'), owner: 'Петров Пётр Петрович', notAfter: at(200 * DAY) }],
    },
    {
      key: 'list',
      reason: 'list-unreachable',
      culprit: { sha256: sha('2'), name: 'Иванов Иван Иванович' },
      facts: {
        url: 'http://cdp.north-bridge.example/ca/2026/north-bridge.crl',
        category: 'unreachable',
        issuer,
      },
      fixes: [
        { kind: 'fetch-list', urls: ['http://cdp.north-bridge.example/ca/2026/north-bridge.crl'] },
        { kind: 'import-list' },
      ],
      count: 12,
      certificates: ['Орлова Мария', 'Соколов Андрей Викторович', 'Константинопольский Вячеслав'].map(
        (owner, index) => ({ sha256: sha(String(index + 5)), owner, notAfter: at(100 * DAY) }),
      ),
    },
    {
      key: 'expires-soon:access',
      reason: 'expires-soon',
      culprit: null,
      facts: { at: at(9 * DAY), isAccess: true },
      fixes: [{ kind: 'replace-access' }],
      count: 1,
      certificates: [{ sha256: sha('8'), owner: 'ivanov', notAfter: at(9 * DAY) }],
    },
    {
      key: 'expires-soon',
      reason: 'expires-soon',
      culprit: null,
      facts: { at: at(12 * DAY) },
      fixes: [],
      count: 1,
      certificates: [{ sha256: sha('9'), owner: 'Иванов Иван Иванович', notAfter: at(12 * DAY) }],
    },
  ],
};

const events: EventsView = {
  unread: 3,
  events: [
    {
      id: 'a',
      kind: 'certificate-revoked',
      payload: { sha256: sha('1'), name: 'Иванов Иван Иванович', reason: 'revoked' },
      count: 1,
      at: at(-HOUR),
      isRead: false,
    },
    {
      id: 'b',
      kind: 'expires',
      payload: { about: 'access-certificate', id: 'b', at: at(7 * DAY) },
      count: 1,
      at: at(-5 * HOUR),
      isRead: false,
    },
    {
      id: 'c',
      kind: 'fetch-failed',
      payload: { url: 'http://cdp.north-bridge.example/ca/2026/north-bridge.crl', category: 'unreachable' },
      count: 4,
      at: at(-DAY),
      isRead: false,
    },
    {
      id: 'd',
      kind: 'certificate-status',
      payload: { sha256: sha('4'), name: 'Петров Пётр', reason: 'list-expired' },
      count: 1,
      at: at(-3 * DAY),
      isRead: true,
    },
  ],
};

const journal: JournalView = {
  before: 9,
  entries: [
    {
      sequence: 14,
      at: at(-HOUR),
      type: 'certificate-status-changed',
      section: 'certificates',
      level: 'error',
      by: 'system',
      objects: [{ sha256: sha('1'), name: 'Иванов Иван Иванович' }],
      details: [
        { name: 'from', value: 'valid' },
        { name: 'to', value: 'invalid' },
        { name: 'reason', value: 'revoked' },
      ],
    },
    {
      sequence: 12,
      at: at(-DAY),
      type: 'address-fetched',
      section: 'fetching',
      level: 'error',
      by: 'system',
      objects: [],
      details: [
        { name: 'content', value: 'list' },
        { name: 'outcome', value: 'failed' },
        { name: 'url', value: 'http://cdp.north-bridge.example/ca/2026/north-bridge.crl' },
        { name: 'category', value: 'unreachable' },
      ],
    },
    {
      sequence: 10,
      at: at(-2 * DAY),
      type: 'workspace-imported',
      section: 'certificates',
      level: 'information',
      by: 'own',
      objects: [{ sha256: sha('4'), name: 'Петров Пётр Петрович' }],
      details: [
        { name: 'count', value: '1' },
        { name: 'alreadyThere', value: '0' },
        { name: 'source', value: 'file' },
      ],
    },
  ],
};

const report: ReportView = {
  text: `Propusk 1.0.0, Node v24.21.0\nTime: ${at(0)}\n\nCertificate: Иванов Иван Иванович\nSHA-256: ${sha('1')}\nState: invalid, revoked\n\nChain, from the root:\n- Головной УЦ (until ${at(900 * DAY)}): valid, trusted ${sha('3')}\n- Иванов Иван Иванович (until ${at(100 * DAY)}): invalid, revoked ${sha('1')}\n`,
  fileName: 'report-2026-11-22.txt',
  email: 'support@company.example',
};

const answers = {
  'GET /api/status/health': json(health),
  'GET /api/events': json(events),
  'GET /api/journal': json(journal),
};

export const statusScenarios: Readonly<Record<string, ConsoleScenario>> = {
  health: { path: '/health', me: ivanov, answers },
  'health-fine': {
    path: '/health',
    me: ivanov,
    answers: {
      ...answers,
      'GET /api/status/health': json({
        counts: { checking: 0, valid: 3, 'valid-expires-soon': 0, unknown: 0, invalid: 0 },
        groups: [],
      }),
    },
  },
  events: { path: '/events', me: ivanov, answers },
  journal: { path: '/journal', me: ivanov, answers },
  'journal-entry': { path: '/journal/14', me: ivanov, answers },
  'journal-entry-fetch': { path: '/journal/12', me: ivanov, answers },
  'journal-report': {
    path: `/journal/report/${sha('1')}`,
    me: ivanov,
    answers: { ...answers, 'GET /api/journal/report': json(report) },
  },
  'help-authorities': { path: '/help/install-authorities', me: ivanov, answers },
  'help-lists': { path: '/help/import-lists', me: ivanov, answers },
};
