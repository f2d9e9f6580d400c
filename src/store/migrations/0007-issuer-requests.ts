import type { Migration } from './migration.ts';

/** The key of an issuing authority that waits for its certificate from somebody else's root. One at a time. */
export const issuerRequests: Migration = {
  number: 7,
  name: 'issuer-requests',
  statements: ({ integer, bytes, key, strict }) => [
    `create table issuer_requests (
      slot ${integer} primary key check (slot = 1),
      id ${key} not null,
      private_key_sealed ${bytes} not null,
      created_at ${integer} not null
    )${strict}`,
  ],
};
