import { type JournalDelivery, startJournalDelivery } from '../journal-delivery/deliver-journal.ts';
import type { Receiver } from '../journal-delivery/receiver.ts';
import { createSyslogReceiver } from '../journal-delivery/syslog-receiver.ts';
import { createWebhookReceiver } from '../journal-delivery/webhook-receiver.ts';
import type { Configuration } from './configuration/configuration.ts';
import type { Instance } from './instance.ts';

const INTERVAL_MS = 1_000;

export function createReceivers(
  { journalReceivers: { syslog, webhooks } }: Pick<Configuration, 'journalReceivers'>,
  clock: Instance['clock'],
): readonly Receiver[] {
  return [
    ...syslog.map(createSyslogReceiver),
    ...webhooks.map((config) => createWebhookReceiver(config, clock)),
  ];
}

/** The journal goes to the receivers that are configured; one that is not any more is forgotten. */
export async function composeJournalDelivery({
  configuration,
  store,
  clock,
  logger,
}: Instance): Promise<JournalDelivery> {
  const { syslog, webhooks } = configuration.values.journalDelivery;
  await store.journalDelivery.keepReceivers([...syslog, ...webhooks]);
  return startJournalDelivery({
    port: store.journalDelivery,
    receivers: createReceivers(configuration, clock),
    clock,
    logger,
    intervalMs: INTERVAL_MS,
  });
}
