import type { Migration } from './migration.ts';

/** The connections to CryptoPro DSS that people have made. No password and no token is ever kept. */
export const dssConnections: Migration = {
  number: 11,
  name: 'dss-connections',
  statements: ({ integer, key, strict, strictByKey }) => [
    `create table dss_connections (
      id ${key} primary key,
      account_id ${key} not null references accounts (id),
      name ${key} not null,
      name_key ${key} not null,
      authorization_server text not null,
      dss_server text not null,
      uses_v2 ${integer} not null check (uses_v2 in (0, 1)),
      login text not null,
      created_at ${integer} not null,
      refreshed_at ${integer},
      failure ${key},
      failed_at ${integer},
      unique (account_id, name_key)
    )${strict}`,
    // As the server listed them last; position: in its order. sha256: null where it could not be read.
    `create table dss_certificates (
      connection_id ${key} not null references dss_connections (id),
      dss_id ${key} not null,
      position ${integer} not null,
      sha256 ${key},
      owner text not null,
      not_after ${integer},
      status ${key} not null,
      has_pin ${integer} not null check (has_pin in (0, 1)),
      is_default ${integer} not null check (is_default in (0, 1)),
      vanished_at ${integer},
      primary key (connection_id, dss_id)
    )${strictByKey}`,
    'create index dss_certificates_sha256 on dss_certificates (sha256)',
  ],
};
