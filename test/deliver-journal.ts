/**
 * A program of the tests: writes events and delivers the journal to a web address until it is killed.
 * Usage: deliver-journal.ts <folder of the database> <address> <secret>
 */
import { startJournalDelivery } from '../src/journal-delivery/deliver-journal.ts';
import { createWebhookReceiver } from '../src/journal-delivery/webhook-receiver.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { silentLogger } from '../src/kernel/logger.ts';
import { openStoreIn } from './store-in.ts';

const [directory = '', address = '', secret = ''] = process.argv.slice(2);
const store = await openStoreIn(directory, systemClock);
await store.journalDelivery.keepReceivers([{ name: 'hook', begin: 'oldest' }]);
startJournalDelivery({
  port: store.journalDelivery,
  receivers: [
    createWebhookReceiver(
      { name: 'hook', url: new URL(address), secret, authorization: undefined, authoritiesPem: undefined },
      systemClock,
    ),
  ],
  clock: systemClock,
  logger: silentLogger,
  intervalMs: 5,
  backoffMs: [5],
  leaseSeconds: 1,
});
for (;;) {
  const record = { actor: { kind: 'command-line' }, event: { type: 'accounts-exported' } } as const;
  await store.audit.append([record], systemClock.now());
  await new Promise((resolve) => setTimeout(resolve, 3));
}
