import type { AuditEventType } from '../kernel/audit-event.ts';

/** RFC 5424, section 6.2.1, table 2. */
export type Severity = 3 | 4 | 5 | 6;
const ERROR = 3;
const WARNING = 4;
const NOTICE = 5;
const INFORMATIONAL = 6;

const OTHERS: Partial<Record<AuditEventType, Severity>> = {
  'message-failed': ERROR,
  'dss-failed': WARNING,
  'sign-in-failed': WARNING,
  'entry-refused': WARNING,
  'requests-before-sign-in': INFORMATIONAL,
  'certificate-replacement-code-wrong': WARNING,
  'root-key-exported': WARNING,
  'account-recovered': WARNING,
  'account-role-changed': WARNING,
  'message-retried': WARNING,
  'message-delivered': INFORMATIONAL,
  'certificate-file-wiped': INFORMATIONAL,
  'certificate-password-wiped': INFORMATIONAL,
  'revocation-list-issued': INFORMATIONAL,
  'reminder-sent': INFORMATIONAL,
  'address-fetched': INFORMATIONAL,
  'entry-permitted': INFORMATIONAL,
  'signed-in': INFORMATIONAL,
  'signed-out': INFORMATIONAL,
};

/** A change that somebody made is a notice; what a watch should look at is a warning. */
export function severityOf(type: AuditEventType): Severity {
  return OTHERS[type] ?? NOTICE;
}
