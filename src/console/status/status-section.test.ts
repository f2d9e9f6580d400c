import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type ConsoleAnswer, openConsoleLab } from '../../../test/console-lab.ts';
import { createLoopbackFetcher } from '../../../test/loopback-fetcher.ts';
import { silentLogger } from '../../kernel/logger.ts';
import { encodeOid, encodeSequence } from '../../pki/der/der-writer.ts';
import { OID } from '../../pki/der/oid.ts';
import { extension, generalName } from '../../pki/validation/testing/extensions.ts';
import { makeAuthority, makeCertificate, type TestEntity } from '../../pki/validation/testing/test-pki.ts';
import { fetchDue } from '../../workspace/fetching/fetch-due.ts';
import { createChecker } from '../../workspace/status/checker.ts';
import { describeParsed } from '../../workspace/stores/describe-certificate.ts';
import type { EventsView } from '../events/contract.ts';
import { createEventsSection } from '../events/events-section.ts';
import type { JournalView, ReportView } from '../journal/contract.ts';
import { createJournalSection } from '../journal/journal-section.ts';
import type { HealthView, ProgressView, RecheckedView, StatusView } from './contract.ts';
import { createStatusSection } from './status-section.ts';

function read<T>(answer: ConsoleAnswer): T {
  expect(answer.status).toBe(200);
  return answer.json();
}

async function open() {
  let answer: Uint8Array | undefined;
  const server = createServer((_request, response) => {
    if (answer) response.end(answer);
    else response.writeHead(500).end('=HYPERLINK("http://x")');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const lab = await openConsoleLab({
    http: '1.1',
    sections: (store) => [
      createStatusSection({ port: store.status, workspace: store.workspace }),
      createEventsSection({ port: store.notifications, notices: store.reminders }),
      createJournalSection({
        port: store.ownJournal,
        status: store.status,
        version: '1.2.3',
        supportEmail: 'help@company.example',
      }),
    ],
  });
  const { store, clock } = lab;
  const root = makeAuthority('CN=Root');
  const own = [1, 2].map((number) =>
    makeCertificate(`CN=Person ${number}`, {
      issuer: root,
      extensions: [
        extension(
          OID.authorityInfoAccess,
          encodeSequence(encodeSequence(encodeOid(OID.caIssuers), generalName.uri(`${origin}/root.cer`))),
        ),
      ],
    }),
  );
  const ivanov = await lab.openAs('ivanov');
  const accountId = ivanov.account.id;
  const put = (entities: readonly TestEntity[]) =>
    store.workspace.addToWorkspace({
      accountId,
      actor: { kind: 'account', accountId },
      now: clock.now(),
      certificates: entities.map(({ certificate }) => ({
        certificate: describeParsed(certificate),
        store: 'personal',
        hasKeyElsewhere: true,
        source: 'file',
        detail: 'a.cer',
      })),
      lists: [],
    });
  const checker = createChecker({ port: store.checking, clock, logger: silentLogger });
  const fetcher = createLoopbackFetcher();
  const settle = async () => {
    await checker.checkDue();
    await fetchDue({ port: store.fetching, fetcher, clock, logger: silentLogger, random: () => 0 });
    await checker.checkDue();
  };
  return {
    ...lab,
    ivanov,
    root,
    own,
    put,
    settle,
    origin,
    answerWith: (body: Uint8Array) => {
      answer = body;
    },
  };
}

test('one cause is one group, with its fix; the button asks the address again, then it is another cause', async () => {
  const { ivanov, own, put, settle, answerWith, root, openAs } = await open();
  await put(own);
  await settle();
  const health = read<HealthView>(await ivanov.get('/api/status/health'));
  expect(health.counts).toMatchObject({ unknown: 2, valid: 0 });
  expect(health.groups.map(({ reason, count }) => [reason, count])).toEqual([['issuer-unreachable', 2]]);
  expect(health.groups[0]?.fixes.map(({ kind }) => kind)).toEqual(['fetch-issuer', 'import-issuer']);

  const sha256 = own[0]?.certificate.sha256Fingerprint ?? '';
  const path = `/api/status/certificates/${sha256}`;
  const before = read<StatusView>(await ivanov.get(path));
  expect(before).toMatchObject({ state: 'unknown', facts: { category: 'status' } });
  expect(before.addresses).toMatchObject([{ kind: 'issuer', outcome: 'failed', category: 'status' }]);
  answerWith(root.certificate.der);
  expect((await ivanov.send('POST', '/api/status/fetch', { sha256, kind: 'issuer' })).status).toBe(204);
  await settle();
  expect(read<StatusView>(await ivanov.get(path))).toMatchObject({ reason: 'root-not-trusted' });

  const petrov = await openAs('petrov');
  expect((await petrov.get(path)).status).toBe(404);
  expect((await petrov.send('POST', '/api/status/fetch', { sha256, kind: 'issuer' })).status).toBe(404);
});

test('what failed is told in the bell until it is read, and in the journal', async () => {
  const { ivanov, own, put, settle, origin } = await open();
  await put(own);
  await settle();
  const events = read<EventsView>(await ivanov.get('/api/events'));
  expect(events).toMatchObject({
    unread: 1,
    events: [{ kind: 'fetch-failed', payload: { url: `${origin}/root.cer`, category: 'status' } }],
  });
  await ivanov.send('POST', '/api/events/read', { ids: events.events.map(({ id }) => id) });
  expect(read<EventsView>(await ivanov.get('/api/events'))).toMatchObject({ unread: 0 });

  const errors = read<JournalView>(await ivanov.get('/api/journal?level=error'));
  expect(errors.entries.map(({ type }) => type)).toContain('address-fetched');
  const sha256 = own[1]?.certificate.sha256Fingerprint ?? '';
  const imported = read<JournalView>(
    await ivanov.get(`/api/journal?section=certificates&text=PERSON+${sha256}`),
  );
  expect(imported.entries.map(({ type, by }) => [type, by])).toEqual([
    ['certificate-status-changed', 'system'],
    ['workspace-imported', 'own'],
  ]);
  const sequence = errors.entries[0]?.sequence ?? 0;
  const report = read<ReportView>(await ivanov.get(`/api/journal/report?sequence=${sequence}`));
  expect(report).toMatchObject({ email: 'help@company.example', fileName: 'report-2026-11-22.txt' });
  expect(report.text).toContain(`${origin}/root.cer`);
  expect(report.text).not.toContain('HYPERLINK');
});

test('a selection is checked again, and how far that is can be asked', async () => {
  const { ivanov, own, put, settle, clock, store, openAs } = await open();
  await put(own);
  await settle();
  clock.advance(60);
  const sha256s = own.map(({ certificate }) => certificate.sha256Fingerprint);
  const { count, since } = read<RecheckedView>(await ivanov.send('POST', '/api/status/recheck', { sha256s }));
  const progress = async (who = ivanov) =>
    read<ProgressView>(await who.send('POST', '/api/status/progress', { sha256s, since }));
  expect([count, await progress()]).toEqual([2, { count: 2, done: 0 }]);
  await settle();
  expect(await progress()).toEqual({ count: 2, done: 2 });
  expect(await progress(await openAs('petrov'))).toEqual({ count: 0, done: 0 });

  // Asked while it is being checked: it is checked once more.
  await ivanov.send('POST', '/api/status/recheck', { sha256s: sha256s.slice(0, 1) });
  const [due] = await store.checking.claimDueChecks(clock.now(), 50, 120);
  const row = await store.status.findStatus(ivanov.account.id, sha256s[0] ?? expect.fail());
  await ivanov.send('POST', '/api/status/recheck', { sha256s: sha256s.slice(0, 1) });
  await store.checking.recordCheck({
    due: due ?? expect.fail(),
    state: 'unknown',
    detail: row?.detail ?? expect.fail(),
    now: clock.now(),
    dueAt: new Date(clock.now().getTime() + 86_400_000),
  });
  expect(await store.checking.claimDueChecks(clock.now(), 50, 120)).toHaveLength(1);
});

test('the report about a certificate names chain, reason and addresses', async () => {
  const { ivanov, own, put, settle, origin } = await open();
  await put(own);
  await settle();
  const sha256 = own[0]?.certificate.sha256Fingerprint ?? '';
  const { text } = read<ReportView>(await ivanov.get(`/api/journal/report?sha256=${sha256}`));
  expect(text).toContain('State: unknown, issuer-unreachable');
  expect(text).toContain(`${origin}/root.cer: failed, status`);
  expect(text).toContain('- Person 1');
});

test('the calendar holds what ends, as calendar programs read it', async () => {
  const { ivanov, own, put } = await open();
  await put(own);
  const calendar = (await ivanov.get('/api/status/calendar.ics')).text;
  expect(calendar.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true);
  expect(calendar.match(/BEGIN:VEVENT/gu)).toHaveLength(2);
  expect(calendar).toContain('SUMMARY:Истекает сертификат: Person 1\r\n');
  for (const line of calendar.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
});
