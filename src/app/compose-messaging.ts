import { type Delivery, startDelivery } from '../messaging/delivery.ts';
import { createSmsTransport } from '../messaging/sms-gateway.ts';
import { createSmtpTransport } from '../messaging/smtp-transport.ts';
import { accessCertificateReminders } from '../reminders/access-certificate-texts.ts';
import { personalCertificateReminders } from '../reminders/personal-certificate-texts.ts';
import { startReminders } from '../reminders/remind.ts';
import { type Configuration, originOf } from './configuration/configuration.ts';
import type { Instance } from './instance.ts';

const DELIVERY_INTERVAL_MS = 1_000;
/** Thresholds are days; a minute is for whoever watches. The question costs one look at an index for each threshold. */
const REMINDER_INTERVAL_MS = 60_000;

/** The delivery of what is in the outbox, over the ways that are configured. */
export function composeDelivery({ configuration, store, clock, logger }: Instance): Delivery {
  const { sms, mail } = configuration;
  return startDelivery({
    port: store.outbox,
    transports: { sms: sms && createSmsTransport(sms), email: mail && createSmtpTransport(mail) },
    clock,
    logger,
    intervalMs: DELIVERY_INTERVAL_MS,
  });
}

interface ReminderParts extends Pick<Instance, 'store' | 'clock' | 'logger'> {
  readonly configuration: Pick<Configuration, 'values' | 'sms' | 'mail' | 'portalOrigin'>;
}

/** Reminders of everything that ends. */
export function composeReminders(
  { configuration, store, clock, logger }: ReminderParts,
  onMessageQueued: () => void,
): { stop(): Promise<void> } {
  const { values, sms, mail, portalOrigin } = configuration;
  return startReminders({
    port: store.reminders,
    sources: [
      accessCertificateReminders({
        thresholdDays: values.certificates.reminderDays,
        replaceUrl: `${portalOrigin}/replace`,
        productName: values.productName,
        administratorContact: values.administratorContact,
        timeZone: undefined,
      }),
      ...(values.console
        ? [
            personalCertificateReminders({
              thresholdDays: values.certificates.personalReminderDays,
              healthUrl: `${originOf(values.console.host, values)}/health`,
              productName: values.productName,
              timeZone: undefined,
            }),
          ]
        : []),
    ],
    channels: {
      email: values.reminders.email && mail !== undefined,
      sms: values.reminders.sms && sms !== undefined,
    },
    messageLimits: values.messageLimits,
    clock,
    logger,
    onMessageQueued,
    intervalMs: REMINDER_INTERVAL_MS,
  });
}
