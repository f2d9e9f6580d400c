import { expect, test } from 'vitest';
import { openConsoleLab } from '../../../test/console-lab.ts';
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
