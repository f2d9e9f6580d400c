import { expect, test } from 'vitest';
import type { AccountId, ApplicationId, SessionId } from '../kernel/brand.ts';
import type { Login } from '../kernel/login.ts';
import type { Connection } from './connections.ts';
import { NOTHING_PRESENTED } from './presented-certificate.ts';
import { createRefusalRecorder, type Refusal } from './refusal-recorder.ts';
import { createMemoryPort } from './testing/memory-port.ts';

const connection: Pick<Connection, 'address' | 'presented' | 'presentedDer'> = {
  address: '127.0.0.1',
  presented: NOTHING_PRESENTED,
  presentedDer: undefined,
};

function refusalOf(sessionId: string, fields: Partial<Refusal> = {}): Refusal {
  return {
    entry: {
      sessionId: sessionId as SessionId,
      accountId: 'ivanov' as AccountId,
      login: 'ivanov' as Login,
      displayName: 'Ivanov',
      account: { status: 'active' },
      current: { kind: 'none' },
      currentCertificateId: undefined,
      lastSeenAt: new Date(0),
    },
    applicationId: 'crm' as ApplicationId,
    reason: 'certificate-missing',
    connection: connection as Connection,
    returnPath: '/tickets',
    now: new Date(0),
    ...fields,
  };
}

test('a session that opens pages without end writes no journal without end', async () => {
  const port = createMemoryPort();
  const { record } = createRefusalRecorder(port);
  const ids = [];
  for (let count = 0; count < 200; count += 1) ids.push(await record(refusalOf('one')));
  expect(port.refused).toHaveLength(60);
  expect(ids[199]).toBe('decision-60');
  // Another session, and the same one after a while, are recorded as ever.
  expect(await record(refusalOf('two'))).toBe('decision-61');
  expect(await record(refusalOf('one', { now: new Date(10_000) }))).toBe('decision-62');
});

test('a refusal for another reason is never shown as the earlier one', async () => {
  const port = createMemoryPort();
  const { record } = createRefusalRecorder(port);
  for (let count = 0; count < 60; count += 1) await record(refusalOf('one'));
  await expect(record(refusalOf('one', { reason: 'account-blocked' }))).rejects.toMatchObject({
    code: 'throttled',
  });
});
