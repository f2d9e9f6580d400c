import { expect, test } from 'vitest';
import { enrolPerson } from '../../test/enrolled.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import { openRealStore } from '../../test/real-store.ts';
import { silentLogger } from '../kernel/logger.ts';
import { makeCertificate } from '../pki/validation/testing/test-pki.ts';
import { describeParsed } from '../workspace/stores/describe-certificate.ts';
import { composeReminders } from './compose-messaging.ts';
import { configurationSchema } from './configuration/schema.ts';

const DAY_MS = 86_400_000;

/** A personal certificate of a year that ends in so many days, and whether its owner is told. */
async function isTold(daysLeft: number, personalReminderDays?: readonly number[]): Promise<boolean> {
  const clock = createFrozenClock();
  const now = clock.now();
  const store = await openRealStore(clock);
  const ivanov = await enrolPerson(store, clock, 'ivanov');
  const { certificate } = makeCertificate('CN=Иванов', {
    notBefore: new Date(now.getTime() + (daysLeft - 365) * DAY_MS),
    notAfter: new Date(now.getTime() + daysLeft * DAY_MS),
  });
  await store.workspace.addToWorkspace({
    accountId: ivanov.id,
    actor: { kind: 'system' },
    now,
    certificates: [
      {
        certificate: describeParsed(certificate),
        store: 'personal',
        hasKeyElsewhere: true,
        source: 'file',
        detail: '',
      },
    ],
    lists: [],
  });
  const values = configurationSchema.parse({
    dataDirectory: '/data',
    secretFile: '/secret',
    listen: { port: 8443 },
    tls: {},
    portal: { host: 'id.example.org' },
    console: { host: 'certificates.example.org' },
    applications: [{ id: 'crm', name: 'CRM', hosts: ['crm.example.org'], upstream: 'http://127.0.0.1:8080' }],
    certificates: personalReminderDays === undefined ? {} : { personalReminderDays },
    administratorContact: 'Anna, 12-34',
    sms: { kind: 'none' },
  });
  const configuration = { values, sms: undefined, mail: undefined, portalOrigin: 'https://id.example.org' };
  // The first pass is over when it has stopped.
  await composeReminders({ configuration, store, clock, logger: silentLogger }, () => {}).stop();
  return (await store.reminders.listNotices(ivanov.id, now)).length > 0;
}

test.each([
  ['60 days before the end by default', 60, undefined, true],
  ['not 61 days before the end by default', 61, undefined, false],
  ['as early as the configuration says', 90, [90, 30], true],
  ['as late as the configuration says', 60, [30], false],
  ['never where the configuration names no day', 1, [], false],
])('the owner of a personal certificate is told %s', async (_name, daysLeft, days, told) => {
  expect(await isTold(daysLeft, days)).toBe(told);
});
