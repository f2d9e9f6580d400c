import { expect, test } from 'vitest';
import type { DeliveryResult, Receiver } from '../../journal-delivery/receiver.ts';
import { checkJournalDelivery } from './check-journal-delivery.ts';

const receiver = (answer: DeliveryResult): Receiver => ({
  name: 'siem',
  deliver: () => Promise.reject(new Error('nothing is to be sent')),
  check: async () => answer,
});
const state = {
  receiver: 'siem',
  behind: 12,
  behindSince: new Date(),
  deliveredAt: undefined,
  failure: undefined,
};

test('a receiver is connected to, and how far it has got is said', async () => {
  const port = { listReceiverStates: async () => [state] };
  expect(await checkJournalDelivery([receiver({ kind: 'delivered' })], port)).toEqual([
    { check: 'journal delivery', status: 'good', finding: 'siem takes connections; 12 events wait' },
  ]);
  expect(await checkJournalDelivery([], port)).toMatchObject([{ status: 'good' }]);
});

test('one that cannot be reached, and one that did not take the last events, come with what to do', async () => {
  const port = { listReceiverStates: async () => [state] };
  expect(await checkJournalDelivery([receiver({ kind: 'failed', category: 'tls' })], port)).toMatchObject([
    {
      status: 'problem',
      finding: expect.stringMatching(/^siem .*not trusted$/),
      advice: expect.stringMatching(/caFile/),
    },
  ]);
  const failed = { ...state, failure: { category: 'refused', at: new Date() } as const };
  expect(
    await checkJournalDelivery([receiver({ kind: 'delivered' })], {
      listReceiverStates: async () => [failed],
    }),
  ).toMatchObject([{ status: 'warning', finding: 'siem refuses events; 12 events wait' }]);
});
