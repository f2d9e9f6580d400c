import type { AccountId } from '../../kernel/brand.ts';
import type { AuditLogDetail, AuditLogEvent } from './contract.ts';
import type { AuditLogEntry, AuditLogPerson, AuditLogPort } from './ports.ts';

export type People = ReadonlyMap<AccountId, AuditLogPerson>;

/** Everybody that these events name. */
export async function findPeople(
  port: Pick<AuditLogPort, 'listAuditLogPeople'>,
  entries: readonly AuditLogEntry[],
): Promise<People> {
  const ids = new Set<AccountId>();
  for (const { actor, event } of entries) {
    if (actor.kind === 'account') ids.add(actor.accountId);
    if ('accountId' in event && event.accountId !== undefined) ids.add(event.accountId);
  }
  const found = await port.listAuditLogPeople([...ids]);
  return new Map(found.map((each) => [each.id, each]));
}

export function presentEvent({ sequence, at, actor, event }: AuditLogEntry, people: People): AuditLogEvent {
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
        .filter(([name, value]) => name !== 'accountId' && value !== undefined)
        .map(([name, value]) => [name, presentDetail(value)]),
    ),
  };
}

function presentDetail(value: unknown): AuditLogDetail {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map((each) => (typeof each === 'number' ? each : String(each)));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, String(each)]));
  }
  return String(value);
}
