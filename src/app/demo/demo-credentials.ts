import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { createAccount } from '../../accounts/create-account.ts';
import { createPasswordHasher } from '../../accounts/password-hash.ts';
import { loginKey, parseLogin } from '../../kernel/login.ts';
import { parseEmailAddress } from '../../messaging/email-address.ts';
import { parsePhoneNumber } from '../../messaging/phone-number.ts';
import type { Instance } from '../instance.ts';
import { DEMO_PEOPLE, type DemoPerson } from './demo-accounts.ts';

export interface DemoCredential extends DemoPerson {
  readonly password: string;
}

const ACTOR = { kind: 'command-line' } as const;
const stored = z.record(z.string(), z.string());

/**
 * Makes the demo's accounts that are missing. Their passwords lie beside the demo's data as they are, so that every start
 * can print them: a demo's privilege.
 */
export async function ensureDemoAccounts(
  instance: Instance,
  file: string,
): Promise<readonly DemoCredential[]> {
  const { store, random, clock } = instance;
  const passwords = existsSync(file) ? stored.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  const hasher = createPasswordHasher({ random });
  const credentials: DemoCredential[] = [];
  for (const person of DEMO_PEOPLE) {
    const email = parseEmailAddress(person.email);
    const found = await store.accounts.findAccountByLogin(loginKey(parseLogin(person.login)));
    if (!found) {
      const made = await createAccount(
        { accounts: store.accounts, hasher, random, clock },
        { ...person, phone: parsePhoneNumber(person.phone), email },
        ACTOR,
      );
      passwords[person.login] = made.password;
    } else if (found.email === undefined) {
      // A demo from before there was e-mail.
      await store.accounts.setEmail(found.id, email, ACTOR, clock.now());
    }
    credentials.push({ ...person, password: passwords[person.login] ?? '(changed)' });
  }
  writeFileSync(file, `${JSON.stringify(passwords, undefined, 2)}\n`, { mode: 0o600 });
  return credentials;
}
