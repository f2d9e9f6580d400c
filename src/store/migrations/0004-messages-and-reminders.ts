import type { Migration } from './migration.ts';

/** E-mail in the outbox, and what ends soon: who was reminded of what, and what the pages show of it. */
export const messagesAndReminders: Migration = {
  number: 4,
  name: 'messages-and-reminders',
  statements: ({ integer, key, strictByKey }) => [
    // What was there was SMS.
    `alter table outbox add column channel text not null default 'sms' check (channel in ('sms', 'email'))`,
    // What a message is about, so that it can be taken back when that is over: a reminder of a replaced certificate.
    'alter table outbox add column about text',
    'create index outbox_about on outbox (about) where about is not null',
    // One row for each threshold of each thing that ends: the key is what makes a reminder go out once.
    `create table reminders (
      kind ${key} not null,
      subject_id ${key} not null,
      threshold_days ${integer} not null check (threshold_days > 0),
      outcome text not null check (outcome in ('sent', 'passed-over')),
      at ${integer} not null,
      not_after ${integer} not null,
      primary key (kind, subject_id, threshold_days)
    )${strictByKey}`,
    'create index reminders_not_after on reminders (not_after)',
    `create table notices (
      account_id ${key} not null references accounts (id),
      kind ${key} not null,
      subject_id ${key} not null,
      not_after ${integer} not null,
      created_at ${integer} not null,
      primary key (account_id, kind, subject_id)
    )${strictByKey}`,
    'create index notices_not_after on notices (not_after)',
    "create index access_certificates_ending on access_certificates (not_after, id) where status = 'active'",
  ],
};
