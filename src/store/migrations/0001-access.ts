import type { Migration } from './migration.ts';

/** Accounts, sessions, certificates, decisions, messages and the journal. */
export const access: Migration = {
  number: 1,
  name: 'access',
  statements: ({ integer, bytes, key, strict, strictByKey }) => [
    `create table instance (
      id ${integer} primary key check (id = 1),
      created_at ${integer} not null,
      kdf_salt ${bytes} not null,
      kdf_cost ${integer} not null,
      probe_sealed ${bytes} not null
    )${strict}`,
    `create table secrets (
      name ${key} primary key,
      value_sealed ${bytes} not null,
      created_at ${integer} not null
    )${strict}`,
    `create table change_counters (
      id ${integer} primary key check (id = 1),
      access_revision ${integer} not null,
      certificate_revision ${integer} not null
    )${strict}`,
    'insert into change_counters (id, access_revision, certificate_revision) values (1, 0, 0)',

    // current_certificate_id has no foreign key: the certificate refers to the account already, is never deleted,
    // and is written in the same transaction.
    `create table accounts (
      id ${key} primary key,
      login text not null,
      login_key ${key} not null unique,
      display_name text not null,
      phone text,
      email text,
      role text not null check (role in ('user', 'operator', 'administrator')),
      status text not null check (status in ('active', 'blocked')),
      locale text not null check (locale in ('ru', 'en')),
      password_hash text not null,
      current_certificate_id ${key},
      created_at ${integer} not null,
      revision ${integer} not null
    )${strictByKey}`,
    `create index accounts_administrators on accounts (id) where role = 'administrator' and status = 'active'`,

    `create table sessions (
      id ${key} primary key,
      account_id ${key} not null references accounts (id),
      started_at ${integer} not null,
      last_seen_at ${integer} not null,
      idle_seconds ${integer} not null check (idle_seconds > 0),
      absolute_expires_at ${integer} not null,
      ended_at ${integer},
      ended_why text,
      address text not null,
      user_agent text not null
    )${strictByKey}`,
    'create index sessions_live on sessions (account_id) where ended_at is null',
    `create table session_tokens (
      token_hash ${key} primary key,
      session_id ${key} not null references sessions (id) on delete cascade,
      application_id ${key},
      created_at ${integer} not null
    )${strictByKey}`,
    'create index session_tokens_session on session_tokens (session_id)',
    `create table entry_requests (
      request_hash ${key} primary key,
      binding_hash ${key} not null,
      application_id ${key} not null,
      return_path text not null,
      created_at ${integer} not null,
      expires_at ${integer} not null
    )${strict}`,
    'create index entry_requests_expiry on entry_requests (expires_at)',
    `create table hand_overs (
      code_hash ${key} primary key,
      request_hash ${key} not null references entry_requests (request_hash) on delete cascade,
      session_id ${key} not null references sessions (id) on delete cascade,
      created_at ${integer} not null,
      expires_at ${integer} not null
    )${strict}`,
    'create index hand_overs_expiry on hand_overs (expires_at)',
    'create index hand_overs_request on hand_overs (request_hash)',
    'create index hand_overs_session on hand_overs (session_id)',
    `create table choose_again_tokens (
      token_hash ${key} primary key,
      session_id ${key} not null references sessions (id) on delete cascade,
      application_id ${key} not null,
      created_at ${integer} not null,
      expires_at ${integer} not null
    )${strict}`,
    'create index choose_again_tokens_expiry on choose_again_tokens (expires_at)',
    'create index choose_again_tokens_session on choose_again_tokens (session_id)',

    `create table attempts (
      key ${key} not null,
      at ${integer} not null,
      count ${integer} not null,
      primary key (key, at)
    )${strict}`,
    'create index attempts_at on attempts (at)',
    `create table journal_counts (
      event ${key} not null,
      minute ${integer} not null,
      count ${integer} not null,
      primary key (event, minute)
    )${strict}`,
    'create index journal_counts_minute on journal_counts (minute)',

    `create table issuers (
      id ${key} primary key,
      role text not null check (role in ('root', 'issuing')),
      status text not null check (status in ('active', 'retired')),
      certificate_der ${bytes} not null,
      private_key_sealed ${bytes},
      created_at ${integer} not null
    )${strict}`,
    `create unique index issuers_active on issuers (role) where status = 'active'`,
    `create table issuance_intents (
      serial_number ${key} primary key,
      account_id ${key} not null references accounts (id),
      issuer_id ${key} not null references issuers (id),
      status text not null check (status in ('live', 'redeemed', 'abandoned')),
      created_at ${integer} not null,
      lease_until ${integer} not null,
      finished_at ${integer}
    )${strict}`,
    `create unique index issuance_intents_live on issuance_intents (account_id) where status = 'live'`,
    `create index issuance_intents_abandoned on issuance_intents (issuer_id) where status = 'abandoned'`,
    `create table access_certificates (
      id ${key} primary key,
      account_id ${key} not null references accounts (id),
      issuer_id ${key} not null references issuers (id),
      serial_number ${key} not null unique references issuance_intents (serial_number),
      sha256_fingerprint ${key} not null unique,
      certificate_der ${bytes} not null,
      not_before ${integer} not null,
      not_after ${integer} not null,
      issued_at ${integer} not null,
      status text not null check (status in ('active', 'superseded', 'suspended', 'revoked')),
      status_changed_at ${integer} not null,
      revocation_reason text,
      first_presented_at ${integer}
    )${strict}`,
    `create unique index access_certificates_active on access_certificates (account_id) where status = 'active'`,
    'create index access_certificates_account on access_certificates (account_id, issued_at)',
    'create index access_certificates_issued on access_certificates (issued_at)',
    `create index access_certificates_revoked on access_certificates (issuer_id, not_after) where status <> 'active'`,
    `create table issued_files (
      certificate_id ${key} primary key references access_certificates (id),
      private_key_sealed ${bytes},
      key_expires_at ${integer} not null,
      password_sealed ${bytes},
      password_expires_at ${integer} not null
    )${strict}`,
    'create index issued_files_key on issued_files (key_expires_at) where private_key_sealed is not null',
    'create index issued_files_password on issued_files (password_expires_at) where password_sealed is not null',
    `create table crls (
      issuer_id ${key} primary key references issuers (id),
      number ${integer} not null,
      der ${bytes} not null,
      this_update ${integer} not null,
      next_update ${integer} not null,
      revision ${integer} not null
    )${strict}`,

    `create table decisions (
      id ${key} primary key,
      at ${integer} not null,
      outcome text not null check (outcome in ('permit', 'deny')),
      reason text,
      session_id ${key} not null,
      account_id ${key} not null,
      application_id ${key} not null,
      certificate_id ${key},
      address text not null,
      return_path text,
      presented_fingerprint text,
      presented_subject text,
      presented_serial_number text,
      presented_not_before ${integer},
      check ((outcome = 'permit') = (reason is null))
    )${strict}`,
    `create unique index decisions_permit on decisions (session_id, application_id, certificate_id)
      where outcome = 'permit'`,
    `create index decisions_refused on decisions (session_id, at) where outcome = 'deny'`,
    'create index decisions_at on decisions (at)',

    `create table outbox (
      id ${key} primary key,
      account_id ${key} references accounts (id),
      certificate_id ${key} references access_certificates (id),
      position ${integer} not null,
      recipient ${key} not null,
      text_sealed ${bytes},
      status text not null check (status in ('queued', 'retrying', 'delivered', 'failed', 'replaced')),
      attempts ${integer} not null,
      created_at ${integer} not null,
      next_attempt_at ${integer} not null,
      expires_at ${integer} not null,
      lease_until ${integer},
      finished_at ${integer},
      failure_category text,
      gateway_id text,
      check ((status in ('queued', 'retrying')) = (text_sealed is not null))
    )${strict}`,
    `create index outbox_due on outbox (next_attempt_at) where status in ('queued', 'retrying')`,
    'create unique index outbox_certificate on outbox (certificate_id, position)',
    'create index outbox_created on outbox (created_at)',

    `create table audit_events (
      sequence ${integer} primary key,
      at ${integer} not null,
      actor text not null,
      event text not null,
      type ${key} not null,
      account_id ${key},
      previous_hash ${key} not null unique,
      hash text not null
    )${strict}`,
    'create index audit_events_account on audit_events (account_id, sequence)',
    'create index audit_events_type on audit_events (type, sequence)',
    'create index audit_events_at on audit_events (at)',
    `create table audit_head (
      id ${integer} primary key check (id = 1),
      sequence ${integer} not null,
      hash text not null
    )${strict}`,
    `insert into audit_head (id, sequence, hash) values (1, 0, '${'0'.repeat(64)}')`,
    `create table audit_checkpoints (
      cut_through ${integer} primary key,
      hash text not null,
      at ${integer} not null,
      mac text not null
    )${strict}`,
  ],
};
