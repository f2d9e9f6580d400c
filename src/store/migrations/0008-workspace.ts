import type { Migration } from './migration.ts';

/**
 * The certificates and revocation lists that people keep. What a file says is kept once for everybody who has it
 * (`known_…`); who has it, in which store, and what was found out for them stands beside it, by account.
 */
export const workspace: Migration = {
  number: 8,
  name: 'workspace',
  statements: ({ integer, bytes, key, strict, strictByKey }) => [
    // The keys of names are SHA-256 of what RFC 5280, 7.1 compares: a name may be longer than an index takes.
    // …_sort: lower case, to sort by. search_text: lower case, everything that people search by.
    `create table known_certificates (
      sha256 ${key} primary key,
      der ${bytes} not null,
      subject_key ${key} not null,
      issuer_key ${key} not null,
      serial_number ${key} not null,
      subject_key_identifier ${key},
      authority_key_identifier ${key},
      not_before ${integer} not null,
      not_after ${integer} not null,
      owner text not null,
      owner_sort ${key} not null,
      issuer_name text not null,
      issuer_sort ${key} not null,
      organisation text not null,
      organisation_sort ${key} not null,
      inn ${key},
      inn_le ${key},
      snils ${key},
      ogrn ${key},
      email text,
      algorithm ${key} not null,
      is_ca ${integer} not null check (is_ca in (0, 1)),
      is_self_issued ${integer} not null check (is_self_issued in (0, 1)),
      search_text text not null,
      first_seen_at ${integer} not null
    )${strict}`,
    'create index known_certificates_subject on known_certificates (subject_key)',
    'create index known_certificates_issuer on known_certificates (issuer_key, serial_number)',
    'create index known_certificates_ski on known_certificates (subject_key_identifier)',
    `create table workspace_certificates (
      account_id ${key} not null references accounts (id),
      sha256 ${key} not null references known_certificates (sha256),
      store text not null check (store in ('personal', 'others', 'authorities')),
      has_key_elsewhere ${integer} not null check (has_key_elsewhere in (0, 1)),
      added_at ${integer} not null,
      removed_at ${integer},
      primary key (account_id, sha256)
    )${strictByKey}`,
    'create index workspace_certificates_sha256 on workspace_certificates (sha256)',
    'create index workspace_certificates_removed on workspace_certificates (removed_at) where removed_at is not null',
    // Where a certificate or list came from, each way once, with the time of the last.
    `create table certificate_sources (
      account_id ${key} not null references accounts (id),
      sha256 ${key} not null,
      kind text not null check (kind in ('file', 'paste', 'dss', 'fetched', 'administrator', 'access')),
      detail ${key} not null,
      at ${integer} not null,
      primary key (account_id, sha256, kind, detail)
    )${strictByKey}`,

    // crl_number, base_crl_number: decimal digits; the latter is there for delta lists. entry_index: what pki made.
    `create table known_lists (
      sha256 ${key} primary key,
      der ${bytes} not null,
      issuer_key ${key} not null,
      issuer_name text not null,
      issuer_sort ${key} not null,
      authority_key_identifier ${key},
      crl_number ${key},
      base_crl_number ${key},
      this_update ${integer} not null,
      next_update ${integer},
      size ${integer} not null,
      entry_count ${integer} not null,
      entry_index ${bytes},
      search_text text not null,
      first_seen_at ${integer} not null
    )${strict}`,
    'create index known_lists_issuer on known_lists (issuer_key, this_update)',
    `create table workspace_lists (
      account_id ${key} not null references accounts (id),
      sha256 ${key} not null references known_lists (sha256),
      added_at ${integer} not null,
      removed_at ${integer},
      primary key (account_id, sha256)
    )${strictByKey}`,
    'create index workspace_lists_sha256 on workspace_lists (sha256)',
    'create index workspace_lists_removed on workspace_lists (removed_at) where removed_at is not null',

    // account_id: empty for an anchor of everybody, which an administrator installed.
    `create table trust_anchors (
      account_id ${key} not null,
      sha256 ${key} not null references known_certificates (sha256),
      installed_by ${key} not null references accounts (id),
      installed_at ${integer} not null,
      withdrawn_at ${integer},
      primary key (account_id, sha256)
    )${strictByKey}`,
    'create index trust_anchors_sha256 on trust_anchors (sha256)',

    // detail: JSON. No row: not checked yet.
    `create table certificate_checks (
      account_id ${key} not null references accounts (id),
      sha256 ${key} not null,
      state text not null check (state in ('checking', 'valid', 'valid-expires-soon', 'unknown', 'invalid')),
      reason ${key},
      detail text not null,
      checked_at ${integer} not null,
      due_at ${integer} not null,
      primary key (account_id, sha256)
    )${strictByKey}`,
    'create index certificate_checks_due on certificate_checks (due_at)',
    // What was fetched from the addresses in certificates. url_key: SHA-256 of the address. lease_until: a node is at it.
    `create table fetches (
      url_key ${key} primary key,
      url text not null,
      kind text not null check (kind in ('issuer', 'list')),
      outcome text check (outcome in ('fetched', 'unchanged', 'failed')),
      category ${key},
      last_at ${integer},
      next_at ${integer} not null,
      lease_until ${integer},
      sha256 ${key},
      duration_ms ${integer},
      failures ${integer} not null
    )${strict}`,
    'create index fetches_next on fetches (next_at)',
  ],
};
