import { createPasswordChange } from '../accounts/change-password.ts';
import { createPasswordHasher } from '../accounts/password-hash.ts';
import { createAdministrationSection } from '../console/administration/administration-section.ts';
import type { ConsoleSection } from '../console/options.ts';
import type { Instance } from './instance.ts';

/** Accounts and certificates in the console. */
export function composeAdministration({ configuration, store, clock, random }: Instance): ConsoleSection {
  const { values, sms, mail } = configuration;
  const hasher = createPasswordHasher({ random });
  return createAdministrationSection({
    port: store.accountAdministration,
    certificates: store.certificateAdministration,
    accounts: store.accounts,
    enrolment: store.enrolment,
    hasher,
    passwords: createPasswordChange({ accounts: store.accounts, hasher, throttle: store.throttle, clock }),
    holdSeconds: values.administration.phoneHoldHours * 3_600,
    channels: { sms: sms !== undefined, email: mail !== undefined },
    // The delivery looks each second.
    onMessageQueued: () => {},
  });
}
