import { expect, test } from 'vitest';
import { openConsoleLab } from '../../../test/console-lab.ts';
import type { OverviewView } from './contract.ts';
import { createOverviewSection } from './overview-section.ts';

const open = () =>
  openConsoleLab({
    sections: (store) => [
      createOverviewSection({
        port: store.overview,
        receivers: store.journalDelivery,
        authority: {
          port: { listWatchedIssuers: async () => [], findIssuerRequestTime: async () => undefined },
          validityDays: 365,
          listUrlOf: () => '',
          server: { subject: 'id.example.org', hosts: [], notAfter: new Date('2030-01-01T00:00:00Z') },
          responderUrl: undefined,
          askResponder: async () => 'none',
        },
      }),
    ],
  });

test('a receiver that the journal does not reach is shown after some minutes, until it has caught up', async () => {
  const { openAs, store, clock } = await open();
  const admin = await openAs('admin');
  const { journalDelivery: port } = store;
  const read = async () => ((await admin.get('/api/overview')).json() as OverviewView).lateReceivers;
  await port.keepReceivers([{ name: 'siem', begin: 'oldest' }]);
  const claim = async () => {
    const found = await port.claimReceiver('siem', 30, clock.now());
    if (found === undefined) throw new Error('no claim');
    return found;
  };
  await port.recordFailed(await claim(), 'tls', clock.now());
  expect(await read()).toEqual([]);
  clock.advance(301);
  const { auditSequence } = await store.health();
  expect(await read()).toMatchObject([{ receiver: 'siem', behind: auditSequence, failure: 'tls' }]);
  await port.recordDelivered(await claim(), auditSequence, clock.now());
  expect(await read()).toEqual([]);
});
