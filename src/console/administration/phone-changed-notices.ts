import type { Account } from '../../accounts/account.ts';
import { formatPhoneChangedMail, formatPhoneChangedMessage } from '../../messaging/account-texts.ts';
import type { OutgoingMail, OutgoingSms } from '../../messaging/ports.ts';
import type { ConsoleContext } from '../options.ts';
import type { AdministrationOptions } from './options.ts';

const NOTICE_SECONDS = 86_400;

/** To the former number and the address, by all ways that there are: nobody may keep the owner from hearing of it. */
export function phoneChangedNotices(
  before: Account,
  {
    clock,
    productName,
    administratorContact,
  }: Pick<ConsoleContext, 'clock' | 'productName' | 'administratorContact'>,
  { channels }: Pick<AdministrationOptions, 'channels'>,
): readonly (OutgoingMail | OutgoingSms)[] {
  const notices: (OutgoingMail | OutgoingSms)[] = [];
  const expiresAt = new Date(clock.now().getTime() + NOTICE_SECONDS * 1000);
  if (channels.sms && before.phone !== undefined) {
    const text = formatPhoneChangedMessage(before);
    notices.push({ channel: 'sms', to: before.phone, text, expiresAt, admit: 'always' });
  }
  if (channels.email && before.email !== undefined) {
    const mail = formatPhoneChangedMail({ ...before, productName, contact: administratorContact });
    notices.push({ channel: 'email', to: before.email, ...mail, expiresAt });
  }
  return notices;
}
