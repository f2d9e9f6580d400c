import type { Locale, Role } from '../accounts/account.ts';
import type { Actor } from '../kernel/audit-event.ts';
import type { AccountId, SessionId, Sha256Fingerprint } from '../kernel/brand.ts';
import type { Login } from '../kernel/login.ts';
import { ProblemError } from '../kernel/problem.ts';
import type { ConsolePort } from './ports.ts';

/** Who is behind a request that the gate has permitted: signed in, and with their own active certificate presented. */
export interface ConsoleActor {
  readonly accountId: AccountId;
  readonly login: Login;
  readonly displayName: string;
  readonly role: Role;
  readonly locale: Locale;
  /** False: nobody has chosen `locale` yet. */
  readonly localeChosen: boolean;
  readonly sessionId: SessionId;
  readonly certificateFingerprint: Sha256Fingerprint;
  /** As the journal names them. */
  readonly journal: Actor;
}

/** What the gate says of a permitted request; its `Entry` has this form. */
export interface PermittedEntry {
  readonly sessionId: SessionId;
  readonly accountId: AccountId;
  readonly login: Login;
  readonly displayName: string;
  readonly current:
    | { readonly kind: 'none' }
    | { readonly kind: 'issued'; readonly sha256Fingerprint: Sha256Fingerprint };
}

/**
 * The role is of this moment, so that a withdrawn one is of no use any more.
 * @throws {ProblemError} `sign-in-required`, `account-blocked`, `certificate-missing`
 */
export async function readActor(port: ConsolePort, entry: PermittedEntry): Promise<ConsoleActor> {
  const { accountId, sessionId, login, displayName, current } = entry;
  const facts = await port.findActorFacts(accountId);
  if (facts === undefined) throw new ProblemError('sign-in-required');
  if (facts.status === 'blocked') throw new ProblemError('account-blocked');
  if (current.kind === 'none') throw new ProblemError('certificate-missing');
  const { role, locale, localeChosen } = facts;
  return {
    accountId,
    login,
    displayName,
    role,
    locale,
    localeChosen,
    sessionId,
    certificateFingerprint: current.sha256Fingerprint,
    journal: { kind: 'account', accountId, sessionId },
  };
}

/** Set before every route under `/api/`. */
const ACTOR = 'consoleActor';

interface WithDecorators {
  getDecorator<T>(name: string): T;
  setDecorator<T>(name: string, value: T): void;
}

export function decorateWithActor(app: { decorateRequest(name: string, value: null): unknown }): void {
  app.decorateRequest(ACTOR, null);
}

export function setActor(request: WithDecorators, actor: ConsoleActor): void {
  request.setDecorator(ACTOR, actor);
}

/** Who asks. */
export function actorOf(request: WithDecorators): ConsoleActor {
  const actor = request.getDecorator<ConsoleActor | null>(ACTOR);
  if (actor === null) throw new TypeError('only requests to the API have an actor');
  return actor;
}

/**
 * Who asks, and may do so.
 * @throws {ProblemError} `role-required`
 */
export function requireRole<R extends Role>(
  request: WithDecorators,
  ...roles: readonly R[]
): ConsoleActor & { readonly role: R } {
  const actor = actorOf(request);
  const role = roles.find((each) => each === actor.role);
  if (role === undefined) throw new ProblemError('role-required');
  return { ...actor, role };
}
