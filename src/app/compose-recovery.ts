import type { PasswordHasher } from '../accounts/password-hash.ts';
import type { RecoveryProofs } from '../gate/recovery-proof.ts';
import { createPasswordRecovery, type PasswordRecovery } from '../portal/recovery/recover-password.ts';
import type { Instance } from './instance.ts';

/** A new password against certificate and code. */
export function composeRecovery(
  { configuration, store, clock }: Instance,
  parts: {
    readonly hasher: PasswordHasher;
    readonly proofs: RecoveryProofs;
    readonly secret: Uint8Array;
    readonly onMessageQueued: () => void;
  },
): PasswordRecovery {
  const { values, sms, mail } = configuration;
  return createPasswordRecovery({
    ...parts,
    port: store.recovery,
    throttle: store.throttle,
    clock,
    channels: { sms: sms !== undefined, email: mail !== undefined },
    messageLimits: values.messageLimits,
    productName: values.productName,
    administratorContact: values.administratorContact,
  });
}
