import {
  IconArrowsExchange,
  IconBan,
  IconCalendarX,
  IconCertificateOff,
  IconClock,
  IconHandClickOff,
  IconLock,
  IconPlayerPause,
  IconUserQuestion,
} from '@tabler/icons-react';
import type { RefusalReason } from '../../../src/portal/contract.ts';

const ICONS = {
  'certificate-missing': IconCertificateOff,
  'certificate-mismatch-none-issued': IconUserQuestion,
  'certificate-mismatch': IconArrowsExchange,
  'certificate-not-presented': IconHandClickOff,
  'certificate-revoked': IconBan,
  'certificate-expired': IconCalendarX,
  'account-blocked': IconLock,
  'certificate-suspended': IconPlayerPause,
  'certificate-not-yet-valid': IconClock,
} as const satisfies Record<RefusalReason, unknown>;

/** The icon of the cause: decoration, the title says it. */
export function RefusalIcon({ reason }: { readonly reason: RefusalReason }) {
  const Icon = ICONS[reason];
  return <Icon size={48} stroke={1.5} aria-hidden="true" focusable="false" />;
}
