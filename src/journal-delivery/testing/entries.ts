import type { Actor, AuditEvent } from '../../kernel/audit-event.ts';
import type { AccountId, SessionId } from '../../kernel/brand.ts';
import type { JournalEntry } from '../ports.ts';
import { presentEntry, type SentEvent } from '../present-entry.ts';

const ADMIN = '11111111-1111-4111-8111-111111111111' as AccountId;
const IVANOV = '22222222-2222-4222-8222-222222222222' as AccountId;
const SESSION = '33333333-3333-4333-8333-333333333333' as SessionId;

/** The administrator has done something to ivanov. */
export function entry(change: Partial<JournalEntry> & { readonly event?: AuditEvent } = {}): JournalEntry {
  const actor: Actor = { kind: 'account', accountId: ADMIN, sessionId: SESSION };
  return {
    sequence: 7,
    at: new Date('2026-11-22T09:30:00.123Z'),
    actor,
    event: { type: 'account-role-changed', accountId: IVANOV, before: 'user', after: 'operator' },
    actorLogin: 'admin',
    accountLogin: 'иванов',
    address: '192.0.2.8',
    ...change,
  };
}

export function sent(count: number): readonly SentEvent[] {
  return Array.from({ length: count }, (_, index) => presentEntry(entry({ sequence: index + 1 })));
}
