import type { JournalEntry } from './ports.ts';

/** An event as receivers see it. */
export interface SentEvent {
  readonly entry: JournalEntry;
  /** One line of JSON, the same for every receiver. */
  readonly json: string;
}

/** Who did what to whom from where, and everything else that the journal says of it. */
export function presentEntry(entry: JournalEntry): SentEvent {
  const { sequence, at, actor, event, actorLogin, accountLogin, address } = entry;
  const { type, ...rest } = event;
  const accountId = 'accountId' in rest ? rest.accountId : undefined;
  const details = Object.fromEntries(
    Object.entries(rest).filter(([name]) => name !== 'accountId' && name !== 'address'),
  );
  const json = JSON.stringify({
    sequence,
    at: at.toISOString(),
    type,
    actor: { kind: actor.kind, ...(actor.kind === 'account' && { id: actor.accountId, login: actorLogin }) },
    account: accountId && { id: accountId, login: accountLogin },
    address,
    details,
  });
  return { entry, json };
}
