import type { Command } from 'commander';
import { type Account, LOCALES, ROLES } from '../../../accounts/account.ts';
import { createAccount, setPassword } from '../../../accounts/create-account.ts';
import { createPasswordHasher } from '../../../accounts/password-hash.ts';
import { phoneChangedNotices } from '../../../console/administration/phone-changed-notices.ts';
import { parseEmailAddress } from '../../../messaging/email-address.ts';
import { parsePhoneNumber } from '../../../messaging/phone-number.ts';
import type { Store } from '../../../store/store.ts';
import type { Instance } from '../../instance.ts';
import { choice } from '../choice.ts';
import { formatTable, printResult, type Terminal } from '../terminal.ts';
import { type InstanceOptions, withInstance } from '../with-instance.ts';
import { addAccountRecover } from './account-recover.ts';
import { getAccount } from './get-account.ts';

const ACTOR = { kind: 'command-line' } as const;

interface JsonOption extends InstanceOptions {
  readonly json?: boolean;
}

export function addAccountCommands(program: Command, terminal: Terminal): void {
  const account = program.command('account').description('accounts of people');
  addAdd(account, terminal);
  addList(account, terminal);
  addStatus(
    account,
    terminal,
    'block',
    'blocked',
    'lets nobody in under this account; its sessions end at once',
  );
  addStatus(account, terminal, 'unblock', 'active', 'lets the account in again');
  addPassword(account, terminal);
  addPhone(account, terminal);
  addEmail(account, terminal);
  addAccountRecover(account, terminal);
}

function addAdd(account: Command, terminal: Terminal): void {
  account
    .command('add <login>')
    .description('adds an account and prints its first password')
    .option('--name <name>', 'the person’s name', '')
    .option(
      '--phone <number>',
      'telephone number for the password of the certificate file, for example +79161234567',
    )
    .option('--email <address>', 'e-mail address, for reminders; never for passwords')
    .option('--role <role>', `one of ${ROLES.join(', ')}`, choice(ROLES), 'user' as const)
    .option('--locale <locale>', `one of ${LOCALES.join(', ')}`, choice(LOCALES), 'ru' as const)
    .option('--json', 'print JSON')
    .action(async (login: string, _, command: Command) => {
      const options = command.optsWithGlobals<
        JsonOption & {
          name: string;
          phone?: string;
          email?: string;
          role: Account['role'];
          locale: Account['locale'];
        }
      >();
      await withInstance(terminal, options, async (instance) => {
        const { account: added, password } = await createAccount(
          dependencies(instance),
          {
            login,
            displayName: options.name,
            phone: options.phone === undefined ? undefined : parsePhoneNumber(options.phone),
            email: options.email === undefined ? undefined : parseEmailAddress(options.email),
            role: options.role,
            locale: options.locale,
          },
          ACTOR,
        );
        printResult(terminal, options.json, { ...presentAccount(added), password }, [
          `added:    ${added.login} (${added.displayName})`,
          `password: ${password}`,
          'It is shown only now. Hand it over in person.',
        ]);
        if (added.phone === undefined) {
          terminal.tell(
            `Without a telephone number no certificate can be downloaded: propusk account phone ${added.login} +7…`,
          );
        }
      });
    });
}

function addList(account: Command, terminal: Terminal): void {
  account
    .command('list')
    .description('lists the accounts')
    .option('--json', 'print JSON')
    .action(async (_, command: Command) => {
      const options = command.optsWithGlobals<JsonOption>();
      await withInstance(terminal, options, async ({ store }) => {
        const accounts = await readAllAccounts(store);
        const rows = accounts.map((one) => [
          one.login,
          one.displayName,
          one.role,
          one.status,
          one.phone ?? '-',
          one.email ?? '-',
        ]);
        const lines =
          accounts.length === 0
            ? ['There is no account yet: propusk account add LOGIN --name "…" --phone +7…']
            : formatTable(['login', 'name', 'role', 'status', 'phone', 'e-mail'], rows);
        printResult(terminal, options.json, accounts.map(presentAccount), lines);
      });
    });
}

function addStatus(
  account: Command,
  terminal: Terminal,
  name: string,
  status: Account['status'],
  description: string,
): void {
  account
    .command(`${name} <login>`)
    .description(description)
    .option('--json', 'print JSON')
    .action(async (login: string, _, command: Command) => {
      const options = command.optsWithGlobals<JsonOption>();
      await withInstance(terminal, options, async ({ store, clock }) => {
        const found = await getAccount(store, login);
        const changed = await store.accounts.setAccountStatus(found.id, status, ACTOR, clock.now());
        printResult(terminal, options.json, presentAccount(changed), [
          `${changed.login} is ${changed.status}`,
        ]);
      });
    });
}

function addPassword(account: Command, terminal: Terminal): void {
  account
    .command('password <login>')
    .description('sets a new random password, prints it, ends the account’s sessions')
    .option('--json', 'print JSON')
    .action(async (login: string, _, command: Command) => {
      const options = command.optsWithGlobals<JsonOption>();
      await withInstance(terminal, options, async (instance) => {
        const found = await getAccount(instance.store, login);
        const password = await setPassword(dependencies(instance), found, ACTOR);
        printResult(terminal, options.json, { login: found.login, password }, [
          `password of ${found.login}: ${password}`,
          'It is shown only now and has to be changed at the next sign-in. Sessions of the account have ended.',
        ]);
      });
    });
}

function addPhone(account: Command, terminal: Terminal): void {
  account
    .command('phone <login> <number>')
    .description(
      'changes the telephone number; its owner is told, and nothing is issued to the new one before its time or an administrator’s confirmation',
    )
    .option('--json', 'print JSON')
    .action(async (login: string, number: string, _, command: Command) => {
      const options = command.optsWithGlobals<JsonOption>();
      await withInstance(terminal, options, async ({ store, clock, configuration }) => {
        const { values, sms, mail } = configuration;
        const channels = { sms: sms !== undefined, email: mail !== undefined };
        const found = await getAccount(store, login);
        const changed = await store.accountAdministration.changePhone({
          id: found.id,
          phone: parsePhoneNumber(number),
          actor: ACTOR,
          now: clock.now(),
          holdSeconds: values.administration.phoneHoldHours * 3_600,
          notices: (before) => phoneChangedNotices(before, { clock, ...values }, { channels }),
        });
        const { phoneHeldUntil } = changed;
        const isHeld = phoneHeldUntil !== undefined && clock.now() < phoneHeldUntil;
        printResult(
          terminal,
          options.json,
          { ...presentAccount(changed), phoneHeldUntil: isHeld ? phoneHeldUntil : null },
          [
            `${changed.login}: ${changed.phone ?? '-'}`,
            ...(isHeld
              ? [
                  `The former number is told. Nothing is issued to the new one before ${phoneHeldUntil.toISOString()}, unless an administrator confirms it in the console.`,
                ]
              : []),
          ],
        );
      });
    });
}

function addEmail(account: Command, terminal: Terminal): void {
  account
    .command('email <login> <address>')
    .description('corrects the e-mail address that reminders go to; "-" removes it')
    .option('--json', 'print JSON')
    .action(async (login: string, address: string, _, command: Command) => {
      const options = command.optsWithGlobals<JsonOption>();
      await withInstance(terminal, options, async ({ store, clock }) => {
        const email = address === '-' ? undefined : parseEmailAddress(address);
        const found = await getAccount(store, login);
        const changed = await store.accounts.setEmail(found.id, email, ACTOR, clock.now());
        printResult(terminal, options.json, presentAccount(changed), [
          `${changed.login}: ${changed.email ?? '-'}`,
        ]);
      });
    });
}

function dependencies({ store, random, clock }: Instance) {
  return { accounts: store.accounts, hasher: createPasswordHasher({ random }), random, clock };
}

async function readAllAccounts(store: Store): Promise<Account[]> {
  const all: Account[] = [];
  let page = await store.accounts.listAccounts({ limit: 500 });
  all.push(...page.accounts);
  while (page.next !== undefined) {
    page = await store.accounts.listAccounts({ limit: 500, after: page.next });
    all.push(...page.accounts);
  }
  return all;
}

function presentAccount(account: Account) {
  const { id, login, displayName, phone, email, role, status, locale, createdAt } = account;
  return {
    id,
    login,
    displayName,
    phone: phone ?? null,
    email: email ?? null,
    role,
    status,
    locale,
    createdAt,
  };
}
