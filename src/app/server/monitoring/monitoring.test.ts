import { expect, onTestFinished, test } from 'vitest';
import { createFrozenClock } from '../../../../test/frozen-clock.ts';
import { openRealStore } from '../../../../test/real-store.ts';
import type { Issuer } from '../../../enrolment/ports.ts';
import type { IssuerId } from '../../../kernel/brand.ts';
import { silentLogger } from '../../../kernel/logger.ts';
import { ProblemError } from '../../../kernel/problem.ts';
import { systemRandom } from '../../../kernel/random.ts';
import { createRootCa } from '../../../pki/issuance/authority.ts';
import { parseCertificate } from '../../../pki/x509/certificate.ts';
import { addPerson, CRM, handOver, issue, signIn } from '../../../store/testing/people.ts';
import { formatMetrics } from './metrics-text.ts';
import type { MonitoredInstance } from './monitored-instance.ts';
import { startMonitoring } from './start-monitoring.ts';

async function open() {
  const clock = createFrozenClock();
  const store = await openRealStore(clock);
  const made = await createRootCa(
    { id: systemRandom.id<IssuerId>(), commonName: 'Test', organisation: 'Propusk', keyAlgorithm: 'p-256' },
    { clock, random: systemRandom },
  );
  const issuerOf = (role: Issuer['role']): Issuer => ({
    id: role === 'issuing' ? made.issuer.id : systemRandom.id<IssuerId>(),
    role,
    certificateDer: made.certificateDer,
    privateKeyPkcs8: made.privateKeyPkcs8,
    createdAt: clock.now(),
  });
  const issuing = issuerOf('issuing');
  await store.enrolment.createIssuers(issuerOf('root'), issuing, { kind: 'system' }, clock.now());
  const database = { isGone: false };
  const instance: MonitoredInstance = {
    clock,
    logger: silentLogger,
    store: {
      ...store,
      health: () =>
        database.isGone ? Promise.reject(new ProblemError('database-unavailable')) : store.health(),
    },
    configuration: {
      serverCertificate: {
        certificates: [parseCertificate(made.certificateDer)],
        privateKeyPkcs8: made.privateKeyPkcs8,
      },
    },
  };
  const monitoring = await startMonitoring(instance, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => monitoring.close());
  const get = async (path: string, method = 'GET') => {
    const response = await fetch(`http://127.0.0.1:${monitoring.port}${path}`, { method });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    };
  };
  return { clock, store, issuing, database, get };
}

test('it is ready while database, authority and server certificate are good, and alive all the time', async () => {
  const { get, database, clock } = await open();
  expect(await get('/ready')).toMatchObject({ status: 200 });
  database.isGone = true;
  const gone = await get('/ready');
  expect(gone.status).toBe(503);
  expect(JSON.parse(gone.text)).toEqual({
    status: 'not-ready',
    checks: { database: false, authority: true, serverCertificate: true },
  });
  expect(await get('/health')).toMatchObject({ status: 200 });
  database.isGone = false;
  clock.advance(100 * 365 * 86_400);
  expect(JSON.parse((await get('/ready')).text).checks).toEqual({
    database: true,
    authority: false,
    serverCertificate: false,
  });
});

test('the metrics count what happened since the start, and name nobody', async () => {
  const { get, store, clock, issuing } = await open();
  const ivanov = await addPerson(store, clock, 'ivanov');
  await issue(store, clock, ivanov.id, issuing.id);
  const entry = await store.gate.readEntry(
    await handOver(store, clock, await signIn(store, clock, ivanov.id)),
    CRM,
    clock.now(),
  );
  if (entry === undefined) throw new Error('no entry');
  await store.gate.recordRefusal({
    entry,
    applicationId: CRM,
    reason: 'certificate-not-presented',
    presented: undefined,
    returnPath: '/',
    address: '192.0.2.8',
    now: clock.now(),
  });
  for (let look = 0; look < 2; look += 1) {
    const { text, type } = await get('/metrics');
    expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(text).toContain('propusk_refusals_total{reason="certificate-not-presented"} 1\n');
    expect(text).toContain('propusk_journal_events_total{type="signed-in"} 1\n');
    expect(text).not.toContain('type="issuer-created"');
    expect(text).toContain('propusk_certificates{state="active"} 1\n');
    expect(text).toContain('# TYPE propusk_sessions gauge\npropusk_sessions 1\n');
    expect(text).toMatch(
      /propusk_issuer_not_after_seconds\{issuer="[^"]+",role="issuing",status="active"\} \d{10}\n/,
    );
    expect(text).not.toMatch(/ivanov|Иванов|192\.0\.2/);
    // Every line is a comment or a sample of the format.
    for (const line of text.trimEnd().split('\n')) {
      expect(line).toMatch(
        /^(?:# (?:HELP|TYPE) [a-z_]+ .+|[a-z_]+(?:\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? -?[\d.e+]+)$/,
      );
    }
  }
});

test('how far the journal is delivered is said for each receiver', async () => {
  const { get, store, clock } = await open();
  await store.journalDelivery.keepReceivers([{ name: 'siem', begin: 'oldest' }]);
  const { auditSequence } = await store.health();
  clock.advance(90);
  const { text } = await get('/metrics');
  expect(text).toContain(`propusk_journal_delivery_waiting_events{receiver="siem"} ${auditSequence}\n`);
  expect(text).toContain('propusk_journal_delivery_behind_seconds{receiver="siem"} 90\n');
});

test('only reading is answered, and only at three addresses', async () => {
  const { get } = await open();
  expect((await get('/metrics', 'POST')).status).toBe(405);
  expect((await get('/')).status).toBe(404);
});

test('labels are escaped', () => {
  expect(
    formatMetrics([
      { name: 'a', kind: 'gauge', help: 'x\ny', samples: [{ labels: { l: 'q"\\\n' }, value: 1 }] },
    ]),
  ).toBe('# HELP a x\\ny\n# TYPE a gauge\na{l="q\\"\\\\\\n"} 1\n');
});
