import { EVENT_TYPES } from '../event-titles/event-title.ts';
import { EVENT_GROUPS, groupOf } from './event-groups.ts';

/** As it stands in the address; empty: not asked for. */
export interface AuditLogFilter {
  readonly login: string;
  /** `group:…`, or a type. */
  readonly kind: string;
  /** As the fields write it: local time without a zone. */
  readonly from: string;
  readonly to: string;
}

export function readFilter(asked: Readonly<Record<string, unknown>>): AuditLogFilter {
  const text = (name: string) => {
    const value = asked[name];
    return typeof value === 'string' ? value : '';
  };
  return { login: text('login'), kind: text('kind'), from: text('from'), to: text('to') };
}

/** What the server is asked. */
export function queryOf({ login, kind, from, to }: AuditLogFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (login !== '') query.set('login', login);
  const types = typesOf(kind);
  if (types !== undefined) query.set('types', types.join(','));
  for (const [name, value] of [
    ['from', from],
    ['to', to],
  ] as const) {
    const at = Date.parse(value);
    if (!Number.isNaN(at)) query.set(name, new Date(at).toISOString());
  }
  return query;
}

function typesOf(kind: string): readonly string[] | undefined {
  if (kind === '') return undefined;
  const group = EVENT_GROUPS.find((each) => kind === `group:${each}`);
  return group === undefined ? [kind] : EVENT_TYPES.filter((type) => groupOf(type) === group);
}
