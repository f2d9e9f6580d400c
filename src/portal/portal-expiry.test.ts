import { expect, test } from 'vitest';
import { openPortalLab, signInAs } from '../../test/portal-lab.ts';
import { silentLogger } from '../kernel/logger.ts';
import { DEFAULT_MESSAGE_LIMITS } from '../messaging/message-limits.ts';
import { accessCertificateReminders } from '../reminders/access-certificate-texts.ts';
import { remindOnce } from '../reminders/remind.ts';
import { certificateView } from './contract.ts';

const DAY_SECONDS = 86_400;

test('the pages are told that a certificate ends from the first reminder on, until it is issued anew', async () => {
  const lab = await openPortalLab();
  const { browser, account } = await lab.openAs('ivanov');
  const view = async () => certificateView.parse((await browser.get('/api/certificate')).json());
  const remind = () =>
    remindOnce({
      port: lab.store.reminders,
      sources: [
        accessCertificateReminders({
          thresholdDays: [14, 7],
          replaceUrl: 'https://id.example.org/replace',
          productName: 'Propusk',
          administratorContact: 'Анна Смирнова, тел. 12-34',
          timeZone: undefined,
        }),
      ],
      channels: { email: false, sms: false },
      messageLimits: DEFAULT_MESSAGE_LIMITS,
      clock: lab.clock,
      logger: silentLogger,
    });
  await lab.service.issue(account.id, { kind: 'account', accountId: account.id });
  expect(await remind()).toBe(0);
  expect((await view()).expiresSoon).toBe(false);

  lab.clock.advance(352 * DAY_SECONDS);
  expect(await remind()).toBe(1);
  // The session of the year before is over.
  await signInAs(browser, 'ivanov');
  expect((await view()).expiresSoon).toBe(true);

  await lab.service.issueToFile({ accountId: account.id, actor: { kind: 'command-line' } });
  expect((await view()).expiresSoon).toBe(false);
});
