import type {
  AttemptStateView,
  AttemptView,
  ConnectionsView,
  ConnectionView,
} from '../../../src/console/dss/contract.ts';
import type { HealthView } from '../../../src/console/status/contract.ts';
import { at, ivanov, longName } from './people.ts';
import { type ConsoleScenario, json, problem } from './scenario.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ID = '3d0f5f9c-0d0e-4a8e-9a2f-5b8a9f0d1c11';
const SERVERS = {
  authorizationServer: 'https://dss.uc.example.ru/STS/oauth',
  dssServer: 'https://dss.uc.example.ru/SignServer/rest',
};

const work: ConnectionView = {
  id: '7e0b7f0a-6c0e-4c39-9d0a-3a5b7f6c1e01',
  name: 'work_dss',
  ...SERVERS,
  usesV2: true,
  login: 'ivanov',
  state: 'signed-in',
  failure: null,
  failedAt: null,
  isPasswordRemembered: true,
  createdAt: at(-30 * DAY),
  refreshedAt: at(-5 * MINUTE),
  certificates: [
    {
      certificateId: '13',
      sha256: 'a'.repeat(64),
      owner: 'Иванов Иван Иванович',
      notAfter: at(200 * DAY),
      status: 'ACTIVE',
      hasPin: true,
      isDefault: true,
      vanishedAt: null,
    },
    {
      certificateId: '14',
      sha256: 'b'.repeat(64),
      owner: 'ООО «Очень длинное название организации, у которой есть ещё и уточнение»',
      notAfter: at(-3 * DAY),
      status: 'EXPIRED',
      hasPin: false,
      isDefault: false,
      vanishedAt: null,
    },
    {
      certificateId: '15',
      sha256: 'c'.repeat(64),
      owner: 'Иванов Иван Иванович',
      notAfter: at(90 * DAY),
      status: 'ACTIVE',
      hasPin: false,
      isDefault: false,
      vanishedAt: at(-DAY),
    },
  ],
};

const list: ConnectionsView = {
  connections: [
    work,
    {
      ...work,
      id: '7e0b7f0a-6c0e-4c39-9d0a-3a5b7f6c1e02',
      name: 'personal',
      state: 'sign-in-needed',
      isPasswordRemembered: false,
      usesV2: false,
    },
    {
      ...work,
      id: '7e0b7f0a-6c0e-4c39-9d0a-3a5b7f6c1e03',
      name: 'old_server',
      state: 'error',
      failure: 'tls-untrusted',
      failedAt: at(-2 * HOUR),
    },
  ],
};

function attempt(state: AttemptStateView, purpose: AttemptView['purpose'] = 'certificates'): AttemptView {
  return {
    id: ID,
    purpose,
    connection: { id: work.id, isStored: false, name: 'work_dss', ...SERVERS, usesV2: true, login: 'ivanov' },
    startedAt: at(-MINUTE),
    state,
  };
}

/** Two parts that are missing for the certificates of `work`. */
const health: HealthView = {
  counts: { checking: 0, valid: 1, 'valid-expires-soon': 0, unknown: 2, invalid: 0 },
  groups: [
    {
      key: 'root',
      reason: 'root-not-trusted',
      culprit: { sha256: 'd'.repeat(64), name: 'Учебный корневой УЦ' },
      facts: {},
      fixes: [{ kind: 'install-anchor', sha256: 'd'.repeat(64) }],
      count: 2,
      certificates: [{ sha256: 'a'.repeat(64), owner: 'Иванов Иван Иванович', notAfter: at(200 * DAY) }],
    },
    {
      key: 'list',
      reason: 'list-missing',
      culprit: null,
      facts: { issuer: 'CN=Учебный УЦ,O=Пример' },
      fixes: [{ kind: 'fetch-list', urls: ['http://cdp.uc.example.ru/uc.crl'] }, { kind: 'import-list' }],
      count: 1,
      certificates: [{ sha256: 'b'.repeat(64), owner: 'ООО «Пример»', notAfter: at(90 * DAY) }],
    },
  ],
};

function request(state: AttemptStateView, purpose?: AttemptView['purpose']): ConsoleScenario {
  const view = attempt(state, purpose);
  return {
    path: `/dss/requests/${ID}`,
    me: ivanov,
    answers: {
      [`GET /api/dss/attempts/${ID}`]: json(view),
      'GET /api/dss/attempts': json({ attempts: [view] }),
      'GET /api/dss/connections': json(list),
      'GET /api/status/health': json(health),
    },
  };
}

const NONE = { 'GET /api/dss/attempts': json({ attempts: [] }) };
const waiting = {
  kind: 'waiting',
  title: 'Подтверждение входа',
  label: 'Подтвердите вход в мобильном приложении',
  takesCode: false,
  codeWasWrong: false,
  qrImage: null,
  expiresAt: at(4 * MINUTE + 12_000),
} as const;

export const dssScenarios: Readonly<Record<string, ConsoleScenario>> = {
  'dss-list': {
    path: '/dss',
    me: ivanov,
    answers: { ...NONE, 'GET /api/dss/connections': json(list) },
  },
  'dss-empty': {
    path: '/dss',
    me: longName,
    answers: { ...NONE, 'GET /api/dss/connections': json({ connections: [] }) },
  },
  'dss-connection': {
    path: `/dss/connections/${work.id}`,
    me: ivanov,
    answers: { ...NONE, 'GET /api/dss/connections': json(list) },
  },
  'dss-new': {
    path: '/dss/new',
    me: ivanov,
    answers: {
      ...NONE,
      'GET /api/dss/services': json({ services: [{ name: 'УЦ «Пример»', ...SERVERS, usesV2: true }] }),
    },
  },
  'dss-password': request({ kind: 'password-needed', wasWrong: false }),
  'dss-password-wrong': request({ kind: 'password-needed', wasWrong: true }),
  'dss-waiting-sim': request({ ...waiting, method: 'sim' }),
  'dss-waiting-sms': request({ ...waiting, method: 'sms', takesCode: true, codeWasWrong: true }),
  'dss-waiting-qr': request({ ...waiting, method: 'mobile', takesCode: true, qrImage: '/icon.svg' }),
  'dss-cancelled': request({ kind: 'cancelled', shownUntil: at(3 * MINUTE) }),
  'dss-working': request({ kind: 'working', step: 'checking-servers' }),
  'dss-elsewhere': {
    path: `/dss/requests/${ID}`,
    me: ivanov,
    answers: {
      ...NONE,
      [`GET /api/dss/attempts/${ID}`]: problem('dss-attempt-elsewhere', 410),
    },
  },
  'dss-new-failed': {
    path: `/dss/new?from=${ID}`,
    me: ivanov,
    answers: {
      'GET /api/dss/services': json({ services: [] }),
      'GET /api/dss/attempts': json({
        attempts: [attempt({ kind: 'failed', failure: 'name-unknown', place: 'dss-server' })],
      }),
    },
  },
  'dss-choosing': request({
    kind: 'choosing',
    title: 'Подтверждение входа',
    methods: [
      { refId: 'mydss', label: 'КриптоПро Ключ' },
      { refId: 'sms', label: 'SMS' },
    ],
    expiresAt: at(5 * MINUTE),
  }),
  'dss-done': request({
    kind: 'done',
    result: { kind: 'certificates', imported: 3, unreadable: 1, vanished: 0 },
  }),
  'dss-failed': request({ kind: 'failed', failure: 'tls-untrusted', place: 'authorization-server' }),
  'dss-signature': request(
    {
      kind: 'done',
      result: {
        kind: 'test-signature',
        outcome: 'verified',
        owner: 'Иванов Иван Иванович',
        signatureBytes: 1_204,
        at: at(0),
      },
    },
    'test-signature',
  ),
  'dss-help': { path: '/dss/help/certificate', me: ivanov, answers: NONE },
  'dss-help-connection': { path: '/dss/help/connection', me: ivanov, answers: NONE },
};
