import type { AccountPort } from '../accounts/ports.ts';
import { hasPermission, type PermissionName } from '../accounts/roles.ts';
import type { Actor } from '../kernel/audit-event.ts';
import { ProblemError } from '../kernel/problem.ts';

/** What administration can do to somebody else's certificate. */
export type AdministrativeAct = Extract<PermissionName, 'revoke-certificate' | 'allow-download'>;

class CheckedPermit<Act extends AdministrativeAct> {
  readonly actor: Actor;
  readonly #act: Act;

  constructor(actor: Actor, act: Act) {
    this.actor = actor;
    this.#act = act;
    Object.freeze(this);
  }

  /** For the acts themselves: a look-alike is a mistake of the program, not of its user. */
  static actorOf<Act extends AdministrativeAct>(permit: CheckedPermit<Act>, act: Act): Actor {
    if (!(#act in permit) || permit.#act !== act) throw new TypeError(`this permit is not for ${act}`);
    return permit.actor;
  }
}

/** Made by {@link permitAdministration} alone; for one act, to be used at once. */
export type AdministrationPermit<Act extends AdministrativeAct> = CheckedPermit<Act>;

/** @throws {ProblemError} `role-required` unless the actor is at the machine itself or an active account of the right role */
export async function permitAdministration<Act extends AdministrativeAct>(
  act: Act,
  actor: Actor,
  accounts: Pick<AccountPort, 'findAccount'>,
): Promise<AdministrationPermit<Act>> {
  if (actor.kind === 'command-line') return new CheckedPermit(actor, act);
  if (actor.kind !== 'account') throw new ProblemError('role-required');
  const account = await accounts.findAccount(actor.accountId);
  if (account?.status !== 'active' || !hasPermission(account.role, act)) {
    throw new ProblemError('role-required');
  }
  return new CheckedPermit(actor, act);
}

export function actorOf<Act extends AdministrativeAct>(permit: AdministrationPermit<Act>, act: Act): Actor {
  return CheckedPermit.actorOf(permit, act);
}
