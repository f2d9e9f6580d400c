import { expect, test } from 'vitest';
import { openConsoleLab } from '../../../test/console-lab.ts';
import type { AccountChangeId } from '../../kernel/brand.ts';
import { createAuditLogSection } from './audit-log-section.ts';
import type { AuditLogEvent, AuditLogView } from './contract.ts';

const open = () =>
  openConsoleLab({
    sections: (store) => [
      createAuditLogSection({ port: store.auditLog, verify: () => store.audit.verify({}) }),
    ],
  });

const typesOf = (view: AuditLogView) => view.events.map(({ type }) => type);

test('an administrator sees everything, newest first, with names', async () => {
  const { openAs } = await open();
  const admin = await openAs('admin');
  await openAs('ivanov');
  const view: AuditLogView = (await admin.get('/api/audit-log/events?limit=500')).json();
  expect(view.hasMore).toBe(false);
  expect(view.events.map(({ sequence }) => sequence)).toEqual(
    view.events.map((_, index) => view.events.length - index),
  );
  const issued = view.events.find(({ type }) => type === 'certificate-issued');
  expect(issued).toMatchObject({
    actor: { kind: 'account', person: { login: 'ivanov' } },
    person: { login: 'ivanov', displayName: expect.stringMatching(/./) },
    details: { serialNumber: expect.stringMatching(/^[0-9a-f]+$/) },
  });
  expect(typesOf(view)).toContain('issuer-created');
  expect((await admin.get(`/api/audit-log/events/${issued?.sequence}`)).json()).toEqual(issued);
  expect((await admin.get('/api/audit-log/events/999999')).json()).toMatchObject({ code: 'not-found' });
});

test('the list is filtered by kind, person and time, and goes on in pages', async () => {
  const { openAs, clock } = await open();
  const admin = await openAs('admin');
  clock.advance(600);
  const since = clock.now().toISOString();
  await openAs('ivanov');
  const get = async (query: string): Promise<AuditLogView> =>
    (await admin.get(`/api/audit-log/events?${query}`)).json();
  expect(typesOf(await get('types=account-created,signed-in&login=ivanov'))).toEqual([
    'signed-in',
    'account-created',
  ]);
  const late = await get(`from=${since}&limit=500`);
  expect(late.events.every(({ at }) => at >= since)).toBe(true);
  const early = await get(`to=${since}&limit=500`);
  expect(early.events.every(({ at }) => at < since)).toBe(true);
  expect(await get('login=nobody')).toEqual({ events: [], hasMore: false, loginKnown: false });
  expect((await get('login=%D0%98VANOV')).loginKnown).toBe(false);

  const first = await get('limit=2');
  expect(first.hasMore).toBe(true);
  const last = first.events[1];
  const next = await get(`limit=2&before=${last?.sequence}`);
  expect(next.events[0]?.sequence).toBe((last?.sequence ?? 0) - 1);
  expect(typesOf(await get(`after=${last?.sequence}`))).toEqual([first.events[0]?.type]);
});

test('what somebody did to another is found by the one who did it', async () => {
  const { openAs, store, clock } = await open();
  const admin = await openAs('admin');
  const ivanov = await openAs('ivanov');
  await store.accounts.setAccountStatus(
    ivanov.account.id,
    'blocked',
    { kind: 'account', accountId: admin.account.id, sessionId: admin.session.id },
    clock.now(),
  );
  const view: AuditLogView = (
    await admin.get('/api/audit-log/events?login=admin&types=account-blocked')
  ).json();
  expect(view.events).toMatchObject([{ actor: { person: { login: 'admin' } }, person: { login: 'ivanov' } }]);
});

test('an operator sees what is about ordinary users and about themself, nothing else', async () => {
  const { openAs } = await open();
  const admin = await openAs('admin');
  const operator = await openAs('dezhurnaya');
  await openAs('ivanov');
  const view: AuditLogView = (await operator.get('/api/audit-log/events?limit=500')).json();
  const logins = new Set(view.events.map(({ person }: AuditLogEvent) => person?.login));
  expect(logins).toEqual(new Set(['ivanov', operator.account.login]));
  const all: AuditLogView = (await admin.get('/api/audit-log/events?login=admin')).json();
  const foreign = all.events[0];
  expect((await operator.get(`/api/audit-log/events/${foreign?.sequence}`)).json()).toMatchObject({
    code: 'not-found',
  });
  for (const path of ['/api/audit-log/export?format=csv']) {
    expect((await operator.get(path)).json()).toMatchObject({ code: 'role-required' });
  }
  expect((await operator.send('POST', '/api/audit-log/verify')).json()).toMatchObject({
    code: 'role-required',
  });
});

test('a change says what it was before and what it is now, the telephone by its last digits', async () => {
  const { openAs, store, clock } = await open();
  const admin = await openAs('admin');
  const { account } = await openAs('ivanov');
  const edited = await store.accountAdministration.editAccount({
    id: account.id,
    revision: (await store.accounts.findAccount(account.id))?.revision ?? 0,
    actor: { kind: 'account', accountId: admin.account.id, sessionId: admin.session.id },
    now: clock.now(),
    holdSeconds: 60,
    change: {
      displayName: 'Иванов Пётр',
      phone: undefined,
      email: account.email,
      role: 'operator',
    },
    notices: () => [],
  });
  await store.accountAdministration.setStatus({
    id: account.id,
    revision: edited.revision,
    actor: { kind: 'account', accountId: admin.account.id, sessionId: admin.session.id },
    now: clock.now(),
    status: 'blocked',
  });
  const changesOf = async (type: string) => {
    const view: AuditLogView = (await admin.get(`/api/audit-log/events?types=${type}`)).json();
    const [event] = view.events;
    expect(event?.details).toEqual({});
    return event?.changes;
  };
  expect(await changesOf('account-renamed')).toEqual([
    { field: 'displayName', before: account.displayName, after: 'Иванов Пётр' },
  ]);
  expect(await changesOf('account-phone-changed')).toEqual([
    { field: 'phone', before: '…47-12', after: null },
  ]);
  expect(await changesOf('account-role-changed')).toEqual([
    { field: 'role', before: 'user', after: 'operator' },
  ]);
  expect(await changesOf('account-blocked')).toEqual([
    { field: 'status', before: 'active', after: 'blocked' },
  ]);
  const csv = await admin.get('/api/audit-log/export?format=csv&types=account-phone-changed');
  expect(csv.text).toContain('…47-12');
  expect(csv.text).not.toContain(account.phone);
});

test('what was erased of a change is not shown, and its event stays', async () => {
  const { openAs, store, clock } = await open();
  const admin = await openAs('admin');
  const { account } = await openAs('ivanov');
  await store.audit.append(
    [
      {
        actor: { kind: 'command-line' },
        event: {
          type: 'account-email-changed',
          accountId: account.id,
          changeId: '00000000-0000-4000-8000-000000000000' as AccountChangeId,
        },
      },
    ],
    clock.now(),
  );
  const view: AuditLogView = (await admin.get('/api/audit-log/events?types=account-email-changed')).json();
  expect(view.events).toMatchObject([{ changes: [] }]);
});

test('an ordinary user sees none of it', async () => {
  const { openAs } = await open();
  const ivanov = await openAs('ivanov');
  expect((await ivanov.get('/api/audit-log/events')).json()).toMatchObject({ code: 'role-required' });
});

test('everything that fits goes into a file, oldest first, and the journal says so', async () => {
  const { openAs } = await open();
  const admin = await openAs('admin');
  const csv = await admin.get('/api/audit-log/export?format=csv&login=admin');
  expect(csv.headers['content-disposition']).toMatch(/^attachment; filename="journal-2026-11-22\.csv"$/);
  const lines = csv.text
    .replace(/^\u{feff}/u, '')
    .trimEnd()
    .split('\r\n');
  expect(lines[0]).toBe('sequence;at;type;actor;account;details');
  expect(lines.some((line) => /^\d+;2026-11-22T[^;]+;signed-in;/.test(line))).toBe(true);

  const jsonl = await admin.get('/api/audit-log/export?format=jsonl');
  const events = jsonl.text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
  expect(events.at(-1)).toMatchObject({ event: { type: 'journal-exported', format: 'jsonl' } });
});

test('the chain is verified on request', async () => {
  const { openAs } = await open();
  const admin = await openAs('admin');
  const report = (await admin.send('POST', '/api/audit-log/verify')).json();
  expect(report).toMatchObject({ findingCount: 0, findings: [], firstSequence: 1 });
  expect(report.events).toBe(report.lastSequence);
});
