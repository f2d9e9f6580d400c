import type { Account } from '../../../accounts/account.ts';
import { loginKey, parseLogin } from '../../../kernel/login.ts';
import { ProblemError } from '../../../kernel/problem.ts';
import type { Store } from '../../../store/store.ts';

/** @throws {ProblemError} `login-invalid`, `account-not-found` */
export async function getAccount(store: Store, login: string): Promise<Account> {
  const found = await store.accounts.findAccountByLogin(loginKey(parseLogin(login)));
  if (!found) {
    throw new ProblemError('account-not-found', { detail: `"${login}"; "propusk account list" shows all` });
  }
  return found;
}
