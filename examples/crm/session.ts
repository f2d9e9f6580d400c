import { createHash, randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';

/**
 * The CRM's own session, as every application has one. It knows nothing of the gate's; it belongs to the login it was
 * started for and is replaced when somebody else comes with it.
 */
export interface CrmSession {
  readonly login: string;
  readonly startedAt: Date;
  /** Requests so far, this one included. */
  readonly requests: number;
  readonly state: SessionState;
}

export interface SessionState {
  /** The query of the list as it was last seen, for the way back. */
  readonly list: string;
  readonly language: 'ru' | 'en' | undefined;
  /** Comments that were begun and not sent, by ticket. */
  readonly drafts: Readonly<Record<string, string>>;
}

export const SESSION_COOKIE = 'crm_session';
const EMPTY: SessionState = { list: '', language: undefined, drafts: {} };

export class Sessions {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** @returns the session, and a token when it is a new one, to be set as the cookie */
  resume(token: string | undefined, login: string, now: Date): { session: CrmSession; newToken?: string } {
    const found = token === undefined ? undefined : this.#find(token);
    if (token !== undefined && found?.login === login) {
      this.#database
        .prepare('update sessions set requests = requests + 1 where token_hash = ?')
        .run(hash(token));
      return { session: { ...found, requests: found.requests + 1 } };
    }
    const newToken = randomBytes(24).toString('base64url');
    this.#database
      .prepare('insert into sessions (token_hash, login, started_at, requests, state) values (?, ?, ?, 1, ?)')
      .run(hash(newToken), login, now.getTime(), JSON.stringify(EMPTY));
    return { session: { login, startedAt: now, requests: 1, state: EMPTY }, newToken };
  }

  remember(token: string, change: Partial<SessionState>): void {
    const state = this.#find(token)?.state ?? EMPTY;
    this.#database
      .prepare('update sessions set state = ? where token_hash = ?')
      .run(JSON.stringify({ ...state, ...change }), hash(token));
  }

  rememberDraft(token: string, ticketId: number, text: string): void {
    const { [ticketId]: _former, ...others } = this.#find(token)?.state.drafts ?? {};
    this.remember(token, { drafts: text === '' ? others : { ...others, [ticketId]: text } });
  }

  #find(token: string): CrmSession | undefined {
    const row = this.#database
      .prepare<[string], { login: string; started_at: number; requests: number; state: string }>(
        'select * from sessions where token_hash = ?',
      )
      .get(hash(token));
    if (!row) return undefined;
    const { login, started_at, requests, state } = row;
    return { login, startedAt: new Date(started_at), requests, state: { ...EMPTY, ...JSON.parse(state) } };
  }
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
