import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { isAsciiLogin } from '../../../kernel/login.ts';
import { ProblemError } from '../../../kernel/problem.ts';
import { composeEnrolment } from '../../compose-enrolment.ts';
import { printResult, type Terminal } from '../terminal.ts';
import { type InstanceOptions, withInstance } from '../with-instance.ts';
import { getAccount } from './get-account.ts';

const ACTOR = { kind: 'command-line' } as const;

/** The way back in for an administrator who lost the certificate: only on the machine itself, always in the journal. */
export function addAccountRecover(account: Command, terminal: Terminal): void {
  account
    .command('recover <login>')
    .description(
      'writes a new certificate of an administrator into a file and prints its password; the former one ends',
    )
    .option('--out <file>', 'where to write it; by default LOGIN-DATE.pfx in the current folder')
    .option('--json', 'print JSON')
    .action(async (login: string, _, command: Command) => {
      const options = command.optsWithGlobals<InstanceOptions & { json?: boolean; out?: string }>();
      await withInstance(terminal, options, async (instance) => {
        const { store, clock } = instance;
        const found = await getAccount(store, login);
        if (found.role !== 'administrator') {
          throw new ProblemError('role-required', {
            detail: `${found.login} is no administrator; people get their certificate by SMS, after "propusk certificate allow ${found.login}" where needed`,
          });
        }
        const name = `${isAsciiLogin(found.login) ? found.login : found.id}-${clock.now().toISOString().slice(0, 10)}.pfx`;
        const file = resolve(terminal.workingDirectory, options.out ?? name);
        const issued = await intoNewFile(file, () =>
          composeEnrolment(instance).service.issueToFile({ accountId: found.id, actor: ACTOR }),
        );
        await store.audit.append(
          [
            {
              actor: ACTOR,
              event: { type: 'account-recovered', accountId: found.id, certificateId: issued.certificate.id },
            },
          ],
          clock.now(),
        );
        printResult(terminal, options.json, { login: found.login, file, password: issued.password }, [
          `certificate: ${file}   delete it after installing`,
          `password:    ${issued.password}   is shown only now`,
        ]);
      });
    });
}

/** The file is opened before anything is issued: a certificate that cannot be written down must not replace one. */
async function intoNewFile<T extends { readonly file: Uint8Array }>(
  path: string,
  make: () => Promise<T>,
): Promise<T> {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'wx', 0o600);
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === 'EEXIST' ? 'is there already' : 'cannot be written';
    throw new ProblemError('data-directory', {
      detail: `${path} ${why}; name another file with --out`,
      cause,
    });
  }
  try {
    const made = await make();
    writeSync(descriptor, made.file);
    return made;
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}
