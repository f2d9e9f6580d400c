import type { HistoryView, SessionItem, SessionsView } from '../../../src/console/sessions/contract.ts';
import { admin, at, ivanov, longName } from './people.ts';
import { type ConsoleScenario, json, problem } from './scenario.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const here: SessionItem = {
  id: '7e0b7f0a-6c0e-4c39-9d0a-3a5b7f6c1d01',
  isCurrent: true,
  device: { browser: 'chrome', version: '146', system: 'windows' },
  userAgent:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36',
  address: '192.0.2.17',
  startedAt: at(-3 * HOUR),
  lastSeenAt: at(0),
  endsAt: at(12 * HOUR),
  certificate: {
    subject: 'ivanov',
    serialNumber: ivanov.certificate.serialNumber,
    issuedAt: at(-20 * DAY),
    notAfter: ivanov.certificate.notAfter,
  },
  applications: ['CRM «Обращения»', 'Рабочее место'],
};

const elsewhere: SessionItem = {
  ...here,
  id: '7e0b7f0a-6c0e-4c39-9d0a-3a5b7f6c1d02',
  isCurrent: false,
  device: { browser: 'firefox', version: '153', system: 'linux' },
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  address: '2001:db8:85a3::8a2e:370:7334',
  startedAt: at(-2 * DAY),
  lastSeenAt: at(-25 * MINUTE),
  endsAt: at(11 * HOUR),
  applications: ['CRM «Обращения»'],
};

const unknown: SessionItem = {
  ...elsewhere,
  id: '7e0b7f0a-6c0e-4c39-9d0a-3a5b7f6c1d03',
  device: { browser: null, version: null, system: null },
  userAgent: 'curl/8.14.1',
  address: '198.51.100.200',
  startedAt: at(-5 * DAY),
  lastSeenAt: at(-30 * HOUR),
  certificate: null,
  applications: [],
};

const many: readonly SessionItem[] = Array.from({ length: 300 }, (_, index) => ({
  ...elsewhere,
  id: `7e0b7f0a-6c0e-4c39-9d0a-${String(index).padStart(12, '0')}`,
  address: `192.0.2.${index % 250}`,
  lastSeenAt: at(-index * HOUR),
}));

const history: HistoryView = {
  events: [
    { kind: 'signed-in', at: at(-3 * HOUR), address: '192.0.2.17', device: here.device },
    {
      kind: 'refused',
      at: at(-4 * HOUR),
      address: '192.0.2.17',
      reason: 'certificate-not-presented',
      application: 'CRM «Обращения»',
    },
    { kind: 'sign-in-failed', at: at(-5 * HOUR), address: '198.51.100.200', count: 4 },
    { kind: 'signed-in', at: at(-2 * DAY), address: '192.0.2.17', device: elsewhere.device },
  ],
};

const several: SessionsView = { sessions: [here, elsewhere, unknown] };
const answers = {
  'GET /api/sessions': json(several),
  'GET /api/sessions/history': json(history),
  'POST /api/sessions/end-others': json({ ended: 2 }),
  [`POST /api/sessions/${elsewhere.id}/end`]: { kind: 'done' },
} as const;
const path = '/sessions';

export const sessionsScenarios: Readonly<Record<string, ConsoleScenario>> = {
  sessions: { path, me: ivanov, answers },
  'sessions-compact': {
    path,
    me: {
      ...admin,
      preferences: {
        'table.density': 'compact',
        'table.sessions.columns': ['address', 'applications', 'ends'],
      },
    },
    answers,
  },
  'sessions-one': { path, me: ivanov, answers: { 'GET /api/sessions': json({ sessions: [here] }) } },
  'sessions-many': {
    path,
    me: longName,
    answers: { ...answers, 'GET /api/sessions': json({ sessions: [here, ...many] }) },
  },
  'sessions-panel': { path: `${path}/${elsewhere.id}`, me: ivanov, answers },
  'sessions-panel-this': { path: `${path}/${here.id}`, me: ivanov, answers },
  'sessions-panel-gone': { path: `${path}/7e0b7f0a-6c0e-4c39-9d0a-3a5b7f6c1dff`, me: ivanov, answers },
  'sessions-loading': { path, me: ivanov, answers: { 'GET /api/sessions': { kind: 'hang' } } },
  'sessions-failed': { path, me: ivanov, answers: { 'GET /api/sessions': problem('internal', 500) } },
  'sessions-refused': {
    path,
    me: ivanov,
    answers: { 'GET /api/sessions': problem('sign-in-required', 401) },
  },
  'sessions-history': { path: `${path}/history`, me: ivanov, answers },
  'sessions-history-empty': {
    path: `${path}/history`,
    me: ivanov,
    answers: { 'GET /api/sessions/history': json({ events: [] }) },
  },
  'not-found': { path: '/nothing', me: ivanov, answers },
  'administration-closed': { path: '/admin/accounts', me: ivanov, answers },
};
