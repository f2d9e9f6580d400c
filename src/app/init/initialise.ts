import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createAccount } from '../../accounts/create-account.ts';
import { makeFirstPassword } from '../../accounts/make-first-password.ts';
import { createPasswordHasher } from '../../accounts/password-hash.ts';
import { exportRootKey } from '../../enrolment/export-root-key.ts';
import { refreshRevocationLists } from '../../enrolment/revocation-list.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { parsePhoneNumber } from '../../messaging/phone-number.ts';
import type { Terminal } from '../cli/terminal.ts';
import { composeEnrolment } from '../compose-enrolment.ts';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import { type Instance, openInstance } from '../instance.ts';
import { createLog } from '../log.ts';
import { configurationOf, type InitAnswers } from './answers.ts';

export interface InitPlaces {
  readonly configurationPath: string;
  /** For what is taken away: the root's key and the administrator's certificate. */
  readonly outputFolder: string;
  readonly keepRootKey: boolean;
}

export interface InitResult {
  readonly configurationFile: string;
  readonly secretFile: string;
  readonly rootKeyFile: string | undefined;
  readonly rootKeyPassword: string | undefined;
  readonly administrator: {
    readonly login: string;
    readonly password: string;
    readonly certificateFile: string;
    readonly certificatePassword: string;
  };
}

const ACTOR = { kind: 'command-line' } as const;
const SECRET_BYTES = 32;
const OWNER_ONLY = 0o600;

/**
 * Sets an installation up. The configuration gets its name last: an attempt that failed leaves no installation that
 * looks finished, and can be repeated after its cause is mended.
 * @throws {ProblemError} `configuration-invalid` where something is there already or an answer does not hold
 */
export async function initialise(
  answers: InitAnswers,
  places: InitPlaces,
  terminal: Terminal,
): Promise<InitResult> {
  const { configurationPath, outputFolder } = places;
  if (existsSync(configurationPath)) {
    throw new ProblemError('configuration-invalid', {
      detail: `${configurationPath} is there already; move it away, or name another file with --config`,
    });
  }
  const phone =
    answers.administratorPhone === undefined ? undefined : parsePhoneNumber(answers.administratorPhone);
  mkdirSync(dirname(configurationPath), { recursive: true });
  mkdirSync(outputFolder, { recursive: true });
  const secretFile = join(dirname(configurationPath), 'propusk-secret');
  const draft = `${configurationPath}.new`;
  const madeSecret = !existsSync(secretFile);
  if (madeSecret) {
    const secret = Buffer.from(terminal.random.bytes(SECRET_BYTES)).toString('base64url');
    writeFileSync(secretFile, `${secret}\n`, { mode: OWNER_ONLY });
  }
  // From then on the database may hold something that only this secret opens.
  let touchedDatabase = false;
  try {
    writeFileSync(draft, `${JSON.stringify(configurationOf(answers, secretFile), undefined, 2)}\n`);
    // The flags are the configuration; where the database is, the environment may say here as it does later.
    const { DATABASE_URL } = terminal.environment;
    const configuration = loadConfiguration(draft, { DATABASE_URL }, terminal.clock);
    for (const text of configuration.warnings) terminal.tell(`look at ${text}`);
    const { clock, random } = terminal;
    touchedDatabase = true;
    const instance = await openInstance(configuration, { clock, random, logger: createLog('error') });
    try {
      const result = await fill(instance, answers, phone, places);
      renameSync(draft, configurationPath);
      return { configurationFile: configurationPath, secretFile, ...result };
    } finally {
      await instance.close();
    }
  } catch (error) {
    rmSync(draft, { force: true });
    if (madeSecret && !touchedDatabase) rmSync(secretFile, { force: true });
    throw error;
  }
}

async function fill(
  instance: Instance,
  answers: InitAnswers,
  phone: Parameters<typeof createAccount>[1]['phone'],
  { outputFolder, keepRootKey }: InitPlaces,
): Promise<Omit<InitResult, 'configurationFile' | 'secretFile'>> {
  const { store, clock, random, logger } = instance;
  const { authority, service } = composeEnrolment(instance);
  if ((await authority.ensureCreated(ACTOR)) === 'there-already') {
    throw new ProblemError('configuration-invalid', {
      detail:
        'the database holds an installation already; write its configuration by hand (docs/configuration.md), or use an empty one',
    });
  }
  const lists = { port: store.enrolment, authority, clock, logger };
  await refreshRevocationLists(lists);

  const { account, password } = await createAccount(
    { accounts: store.accounts, hasher: createPasswordHasher({ random }), random, clock },
    { login: answers.administrator, displayName: answers.administratorName, phone, role: 'administrator' },
    ACTOR,
  );
  const issued = await service.issueToFile({ accountId: account.id, actor: ACTOR });
  const certificateFile = join(outputFolder, `${issued.fileName}.pfx`);
  writeFileSync(certificateFile, issued.file, { mode: OWNER_ONLY });

  const root = keepRootKey
    ? undefined
    : await takeRootKeyAway(instance, lists, join(outputFolder, 'propusk-root-key.pem'));
  return {
    rootKeyFile: root?.file,
    rootKeyPassword: root?.passphrase,
    administrator: { login: account.login, password, certificateFile, certificatePassword: issued.password },
  };
}

async function takeRootKeyAway(
  { store, random }: Instance,
  lists: Omit<Parameters<typeof exportRootKey>[0], 'random' | 'port'>,
  file: string,
): Promise<{ readonly file: string; readonly passphrase: string }> {
  const passphrase = makeFirstPassword(random);
  const exported = await exportRootKey({ ...lists, port: store.enrolment, random }, passphrase, ACTOR);
  // `wx`: a key of another installation is never overwritten.
  writeFileSync(file, exported.pem, { mode: OWNER_ONLY, flag: 'wx' });
  await exported.drop(readFileSync(file, 'utf8'));
  return { file, passphrase };
}
