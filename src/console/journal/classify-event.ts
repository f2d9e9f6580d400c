import type { AuditEvent, AuditEventType } from '../../kernel/audit-event.ts';
import type { JournalLevel, JournalSectionName } from './contract.ts';

/** What of the journal concerns the person themselves, and where they look for it. */
const SECTIONS: Readonly<Partial<Record<AuditEventType, JournalSectionName>>> = {
  'workspace-imported': 'certificates',
  'workspace-removed': 'certificates',
  'workspace-restored': 'certificates',
  'workspace-exported': 'certificates',
  'workspace-moved': 'certificates',
  'trust-anchor-installed': 'certificates',
  'trust-anchor-withdrawn': 'certificates',
  'certificate-status-changed': 'certificates',
  'reminder-sent': 'certificates',
  'address-fetched': 'fetching',
  'certificate-issued': 'access',
  'certificate-file-downloaded': 'access',
  'certificate-password-queued': 'access',
  'certificate-revoked': 'access',
  'certificate-replaced': 'access',
  'certificate-replacement-code-sent': 'access',
  'certificate-replacement-code-wrong': 'access',
  'certificate-download-allowed': 'access',
  'entry-permitted': 'access',
  'entry-refused': 'access',
  'signed-in': 'sign-in',
  'sign-in-failed': 'sign-in',
  'signed-out': 'sign-in',
  'session-ended': 'sign-in',
  'account-password-set': 'sign-in',
  'account-phone-changed': 'sign-in',
  'account-email-changed': 'sign-in',
  'account-blocked': 'sign-in',
  'account-unblocked': 'sign-in',
  'dss-connected': 'dss',
  'dss-certificates-read': 'dss',
  'dss-failed': 'dss',
};

const WARNINGS: ReadonlySet<AuditEventType> = new Set<AuditEventType>([
  'workspace-removed',
  'trust-anchor-installed',
  'sign-in-failed',
  'reminder-sent',
  'certificate-replacement-code-wrong',
]);
const ERRORS: ReadonlySet<AuditEventType> = new Set<AuditEventType>([
  'entry-refused',
  'certificate-revoked',
  'account-blocked',
  'dss-failed',
]);

export function sectionOf(type: AuditEventType): JournalSectionName | undefined {
  return SECTIONS[type];
}

export function typesOf(section: JournalSectionName | undefined): readonly AuditEventType[] {
  const all = Object.entries(SECTIONS) as [AuditEventType, JournalSectionName][];
  return all.filter(([, own]) => section === undefined || own === section).map(([type]) => type);
}

export function levelOf(event: AuditEvent): JournalLevel {
  if (event.type === 'certificate-status-changed') {
    if (event.to === 'invalid') return 'error';
    return event.to === 'valid' ? 'information' : 'warning';
  }
  if (event.type === 'address-fetched') return event.outcome === 'failed' ? 'error' : 'information';
  if (ERRORS.has(event.type)) return 'error';
  return WARNINGS.has(event.type) ? 'warning' : 'information';
}
