import type { Migration } from './migration.ts';

/** What administrators look things up by, and how far the journal has been handed on. */
export const operations: Migration = {
  number: 12,
  name: 'operations',
  statements: ({ integer, key, strictByKey }) => [
    // «Почему отказано»: by address, and by what was presented.
    'create index decisions_address on decisions (address, at)',
    'create index decisions_presented on decisions (presented_fingerprint) where presented_fingerprint is not null',
    'create index decisions_presented_serial on decisions (presented_serial_number) where presented_serial_number is not null',
    // Canonical JSON of an actor that is an account begins with {"accountId":"…36 characters…": whoever did it, in any session.
    'create index audit_events_actor on audit_events (substr(actor, 1, 51), sequence)',
    // sequence: the last event that the receiver has. lease_until: a node is at it.
    `create table journal_deliveries (
      receiver ${key} primary key,
      sequence ${integer} not null,
      lease_until ${integer} not null,
      delivered_at ${integer},
      failed_at ${integer},
      failure text
    )${strictByKey}`,
  ],
};
