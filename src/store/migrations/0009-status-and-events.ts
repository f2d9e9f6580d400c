import type { Migration } from './migration.ts';

/** What was found out for people in the background, and what they are told of it. */
export const statusAndEvents: Migration = {
  number: 9,
  name: 'status-and-events',
  statements: ({ integer, key, strictByKey }) => [
    // Who gets what an address gives; a file may hold several certificates.
    `create table fetch_wishes (
      url_key ${key} not null references fetches (url_key),
      account_id ${key} not null references accounts (id),
      primary key (url_key, account_id)
    )${strictByKey}`,
    `create table fetched_contents (
      url_key ${key} not null references fetches (url_key),
      sha256 ${key} not null,
      primary key (url_key, sha256)
    )${strictByKey}`,
    // One row for each thing that is told and not read; group_key: what makes it the same thing when it comes again.
    `create table notifications (
      account_id ${key} not null references accounts (id),
      id ${key} not null,
      kind ${key} not null,
      group_key ${key} not null,
      payload text not null,
      count ${integer} not null check (count > 0),
      at ${integer} not null,
      read_at ${integer},
      primary key (account_id, id)
    )${strictByKey}`,
    'create index notifications_at on notifications (account_id, at)',
    `alter table notices add column read_at ${integer}`,
  ],
};
