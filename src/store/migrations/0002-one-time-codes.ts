import type { Migration } from './migration.ts';

/** Codes that are sent to a person's telephone and typed in by hand. */
export const oneTimeCodes: Migration = {
  number: 2,
  name: 'one-time-codes',
  statements: ({ integer, bytes, key, strict }) => [
    // One per session and purpose: another session can neither use it up nor wear out its tries. What it was sent for
    // is the certificate; where it was sent to, the number.
    `create table one_time_codes (
      session_id ${key} not null references sessions (id) on delete cascade,
      purpose ${key} not null check (purpose in ('replace-certificate')),
      account_id ${key} not null references accounts (id),
      certificate_id ${key} not null references access_certificates (id),
      recipient ${key} not null,
      code_hash_sealed ${bytes} not null,
      tries_left ${integer} not null check (tries_left >= 0),
      message_id ${key} not null,
      created_at ${integer} not null,
      expires_at ${integer} not null,
      primary key (session_id, purpose)
    )${strict}`,
    'create index one_time_codes_expiry on one_time_codes (expires_at)',
  ],
};
