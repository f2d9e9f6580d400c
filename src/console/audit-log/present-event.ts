import type { AuditEvent } from '../../kernel/audit-event.ts';
import type { AccountChangeId, AccountId } from '../../kernel/brand.ts';
import { maskPhoneNumber, type PhoneNumber } from '../../kernel/phone-number.ts';
import { type AuditLogDetail, type AuditLogEvent, CHANGED_FIELDS } from './contract.ts';
import type { AuditLogEntry, AuditLogPerson, AuditLogPort } from './ports.ts';

type People = ReadonlyMap<AccountId, AuditLogPerson>;

/** What presenting some events needs besides them: everybody that they name, and the values before and after. */
export interface EventContext {
  readonly people: People;
  readonly changes: Awaited<ReturnType<AuditLogPort['listAuditLogChanges']>>;
}

export async function readContext(
  port: Pick<AuditLogPort, 'listAuditLogPeople' | 'listAuditLogChanges'>,
  entries: readonly AuditLogEntry[],
): Promise<EventContext> {
  const ids = new Set<AccountId>();
  const changeIds: AccountChangeId[] = [];
  for (const { actor, event } of entries) {
    if (actor.kind === 'account') ids.add(actor.accountId);
    if ('accountId' in event && event.accountId !== undefined) ids.add(event.accountId);
    if ('changeId' in event && event.changeId !== undefined) changeIds.push(event.changeId);
  }
  const [found, changes] = await Promise.all([
    port.listAuditLogPeople([...ids]),
    port.listAuditLogChanges(changeIds),
  ]);
  return { people: new Map(found.map((each) => [each.id, each])), changes };
}

export function presentEvent(
  { sequence, at, actor, event }: AuditLogEntry,
  { people, changes }: EventContext,
): AuditLogEvent {
  // Whose account was erased is called by its id.
  const personOf = (id: AccountId) => people.get(id) ?? { id, login: id, displayName: '' };
  const { type, ...rest } = event;
  const about = 'accountId' in event ? event.accountId : undefined;
  return {
    sequence,
    at: at.toISOString(),
    type,
    actor: actor.kind === 'account' ? { kind: 'account', person: personOf(actor.accountId) } : actor,
    person: about === undefined ? null : personOf(about),
    details: Object.fromEntries(
      Object.entries(rest)
        .filter(([name, value]) => !TOLD_ELSEWHERE.includes(name) && value !== undefined)
        .map(([name, value]) => [name, presentDetail(value)]),
    ),
    changes: presentChanges(event, changes),
  };
}

const TOLD_ELSEWHERE: readonly string[] = ['accountId', 'changeId', 'before', 'after'];

function presentChanges(event: AuditEvent, changes: EventContext['changes']): AuditLogEvent['changes'] {
  switch (event.type) {
    case 'account-role-changed':
      return [{ field: 'role', before: event.before, after: event.after }];
    case 'account-blocked':
      return [{ field: 'status', before: 'active', after: 'blocked' }];
    case 'account-unblocked':
      return [{ field: 'status', before: 'blocked', after: 'active' }];
    case 'account-renamed':
    case 'account-phone-changed':
    case 'account-email-changed': {
      const values = event.changeId === undefined ? undefined : changes.get(event.changeId);
      return CHANGED_FIELDS.flatMap((field) => {
        const value = values?.[field];
        if (value === undefined) return [];
        const show = field === 'phone' ? maskPhone : (each: string | null) => each;
        return [{ field, before: show(value.before), after: show(value.after) }];
      });
    }
    default:
      return [];
  }
}

function maskPhone(phone: string | null): string | null {
  return phone === null ? null : maskPhoneNumber(phone as PhoneNumber);
}

function presentDetail(value: unknown): AuditLogDetail {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map((each) => (typeof each === 'number' ? each : String(each)));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, String(each)]));
  }
  return String(value);
}
