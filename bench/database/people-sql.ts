import type { AccountId, ApplicationId, IssuerId, SessionId, TokenHash } from '../../src/kernel/brand.ts';

export const APPLICATION = 'crm' as ApplicationId;
export const ISSUER = 'a0000000-0000-4000-8000-00000000000a' as IssuerId;

/** Odd, so that it permutes the 32-bit numbers: keys come in no order, as random ones do. */
const SCATTER = 2_654_435_761;
const RANGE = 2 ** 32;
const UUID_END = '-0000-4000-8000-000000000000';
const HASH_END = '5'.repeat(56);
/** Octets of a certificate from the issuing authority, about. */
const CERTIFICATE_BYTES = 640;

function scatteredHex(person: number): string {
  return ((person * SCATTER) % RANGE).toString(16).padStart(8, '0');
}

export interface PersonKeys {
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  readonly tokenHash: TokenHash;
  readonly sha256Fingerprint: string;
}

/** The keys of the nth person as the statements make them. */
export function keysOf(person: number): PersonKeys {
  const hex = scatteredHex(person);
  return {
    accountId: `${hex}${UUID_END}` as AccountId,
    sessionId: `${hex}${UUID_END}` as SessionId,
    tokenHash: `${hex}${HASH_END}` as TokenHash,
    sha256Fingerprint: `${hex}${HASH_END}`,
  };
}

/** People who are signed in at the same time, out of everybody who has a certificate. */
export const AT_WORK = 1_000;

function stepOf(count: number): number {
  return Math.floor(count / AT_WORK);
}

/** One of those at work, at random. */
export function somebodyAtWork(count: number): number {
  return stepOf(count) * (1 + Math.floor(Math.random() * AT_WORK));
}

/** What the two databases call differently. */
export interface Dialect {
  hex8(expression: string): string;
  bytes(length: number): string;
}

/**
 * People of whom everybody has an account and an active certificate, and those at work a live session. The statements
 * run in the order given; the issuer has to be there. Rows go in by their keys: in any other order a million
 * take minutes.
 */
export function peopleStatements(dialect: Dialect, count: number, nowMs: number): readonly string[] {
  const atWork = `where n % ${stepOf(count)} = 0`;
  const people = `with recursive people (n) as (select 1 union all select n + 1 from people where n < ${count}),
    keyed as (select n, ${dialect.hex8(`(n * ${SCATTER}) % ${RANGE}`)} as hex from people)`;
  const uuid = `hex || '${UUID_END}'`;
  const hash = `hex || '${HASH_END}'`;
  const [hour, year] = [3_600_000, 31_536_000_000];
  const password = `$argon2id$v=19$m=19456,t=2,p=1$${'c'.repeat(22)}$${'d'.repeat(43)}`;
  return [
    `insert into accounts (id, login, login_key, display_name, phone, email, role, status, locale, password_hash,
       current_certificate_id, created_at, revision)
     ${people} select ${uuid}, 'person-' || hex, 'person-' || hex, 'Иванов Иван ' || hex, '+79161234712', null, 'user',
       'active', 'ru', '${password}', ${uuid}, ${nowMs}, 1 from keyed order by hex`,
    `insert into issuance_intents (serial_number, account_id, issuer_id, status, created_at, lease_until, finished_at)
     ${people} select '10' || hex || '0123456789abcdef012345', ${uuid}, '${ISSUER}', 'redeemed', ${nowMs}, ${nowMs},
       ${nowMs} from keyed order by hex`,
    `insert into access_certificates (id, account_id, issuer_id, serial_number, sha256_fingerprint, certificate_der,
       not_before, not_after, issued_at, status, status_changed_at, revocation_reason, first_presented_at)
     ${people} select ${uuid}, ${uuid}, '${ISSUER}', '10' || hex || '0123456789abcdef012345', ${hash},
       ${dialect.bytes(CERTIFICATE_BYTES)}, ${nowMs - hour}, ${nowMs + year}, ${nowMs - hour} + n, 'active', ${nowMs},
       null, null from keyed order by hex`,
    `insert into sessions (id, account_id, started_at, last_seen_at, idle_seconds, absolute_expires_at, ended_at,
       ended_why, address, user_agent)
     ${people} select ${uuid}, ${uuid}, ${nowMs}, ${nowMs}, 86400, ${nowMs + 24 * hour}, null, null, '192.0.2.7',
       'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36' from keyed ${atWork} order by hex`,
    `insert into session_tokens (token_hash, session_id, application_id, created_at)
     ${people} select ${hash}, ${uuid}, '${APPLICATION}', ${nowMs} from keyed ${atWork} order by hex`,
  ];
}
