import type { Migration } from './migration.ts';

/**
 * What an entry request says is sealed into its token now, so nothing is stored before somebody has signed in. Codes of
 * half a minute that are on their way at this moment are lost: their owners are led through the portal once more.
 */
export const sealedEntryRequests: Migration = {
  number: 6,
  name: 'sealed-entry-requests',
  statements: ({ integer, key, strict }) => [
    'drop table hand_overs',
    'drop table entry_requests',
    `create table hand_overs (
      code_hash ${key} primary key,
      session_id ${key} not null references sessions (id) on delete cascade,
      application_id ${key} not null,
      binding_hash ${key} not null,
      return_path text not null,
      created_at ${integer} not null,
      expires_at ${integer} not null
    )${strict}`,
    'create index hand_overs_expiry on hand_overs (expires_at)',
    'create index hand_overs_session on hand_overs (session_id)',
  ],
};
