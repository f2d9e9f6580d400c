import type { Migration } from './migration.ts';

/** What the console keeps of a person: how they like its pages, and their language. */
export const consolePreferences: Migration = {
  number: 3,
  name: 'console',
  statements: ({ integer, key, strictByKey }) => [
    `create table preferences (
      account_id ${key} not null references accounts (id),
      name ${key} not null,
      value text not null,
      changed_at ${integer} not null,
      primary key (account_id, name)
    )${strictByKey}`,
    // Null: nobody has chosen; locale is what the account was made with.
    `alter table accounts add column locale_chosen_at ${integer}`,
    // «Мои последние отказы», and an administrator's question of why somebody was refused.
    'create index decisions_account on decisions (account_id, at)',
    'create index sessions_account on sessions (account_id, started_at)',
  ],
};
