import type { Migration } from './migration.ts';

/** What administration knows of an account beside the account itself. */
export const administration: Migration = {
  number: 10,
  name: 'administration',
  statements: ({ integer, key, bytes, strict }) => [
    // first: handed over by somebody else, to be changed at the next sign-in.
    `alter table accounts add column password_state text not null default 'own' check (password_state in ('own', 'first'))`,
    // Who: an account's id. Null: not by administration, or long ago.
    `alter table accounts add column password_reset_at ${integer}`,
    `alter table accounts add column password_reset_by ${key}`,
    `alter table accounts add column phone_changed_at ${integer}`,
    `alter table accounts add column phone_changed_by ${key}`,
    // Nothing is issued to the number before it. Null: at once.
    `alter table accounts add column phone_held_until ${integer}`,
    `alter table accounts add column signed_in_at ${integer}`,
    // Lower case, everything that people search by; null: not made yet.
    'alter table accounts add column search_text text',
    'update accounts set signed_in_at = (select max(started_at) from sessions where sessions.account_id = accounts.id)',
    'create index accounts_created on accounts (created_at)',
    // Values before and after are personal data: the journal refers to them by id, and they can be erased.
    `create table account_changes (
      id ${key} primary key,
      account_id ${key} not null references accounts (id),
      at ${integer} not null,
      values_sealed ${bytes} not null
    )${strict}`,
    'create index account_changes_account on account_changes (account_id, at)',
    'create index access_certificates_not_after on access_certificates (not_after)',
  ],
};
