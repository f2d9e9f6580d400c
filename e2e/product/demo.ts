import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Lab } from '../harness/lab.ts';
import { type ProcessGroup, startProcessGroup } from '../harness/process-group.ts';
import { type CommandResult, runCommand } from '../harness/run-command.ts';
import { waitUntil } from '../harness/wait-until.ts';
import { findFreePorts } from './free-ports.ts';

const PROGRAM = resolve(import.meta.dirname, '../../dist/app/main.js');
const START_TIMEOUT_MS = 40_000;

export interface Sms {
  readonly to: string;
  readonly text: string;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The product as `make demo` starts it: its own process, its own folder, the application and the telephone beside it. */
export interface Demo {
  readonly portalUrl: string;
  readonly crmUrl: string;
  readonly consoleUrl: string;
  readonly crmHost: string;
  readonly port: number;
  readonly phoneUrl: string;
  /** The mailbox. */
  readonly mailUrl: string;
  /** The practice DSS with TLS, and its telephones and switches without. */
  readonly dssUrl: string;
  readonly dssPhonesUrl: string;
  readonly httpPort: number;
  readonly folder: string;
  /** PEM file of the authority that signed the server certificate. */
  readonly serverCaPem: string;
  passwordOf(login: string): Promise<string>;
  /** An account beside those that the demo makes by itself. */
  addAccount(login: string, phone?: string): Promise<void>;
  /** Runs the command line on this installation while it serves. */
  propusk(...args: string[]): Promise<CommandResult>;
  /** As {@link propusk} with `--json`; throws with the program's own words when it fails. */
  propuskJson<T>(...args: string[]): Promise<T>;
  /** What is in the mailbox, oldest first. */
  mails(): Promise<readonly Mail[]>;
  /** The messages on the telephone, oldest first. */
  messages(): Promise<readonly Sms[]>;
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  start(env?: Readonly<Record<string, string>>): Promise<void>;
  log(): Promise<string>;
}

/**
 * @param environment of its first start only, for example another time of day
 * @param more options of `propusk demo`, at every start
 */
export async function startDemo(
  lab: Lab,
  environment: Readonly<Record<string, string>> = {},
  more: readonly string[] = [],
): Promise<Demo> {
  const [https = 0, http = 0, phone = 0, crm = 0, mail = 0, smtp = 0, dss = 0, dssPhones = 0] =
    await findFreePorts(8);
  const folder = join(lab.directory, 'demo');
  const logFile = join(lab.directory, 'demo.log');
  let program: ProcessGroup | undefined;
  let logStart = 0;
  const added = new Map<string, string>();

  const log = () => readFile(logFile, 'utf8').catch(() => '');
  const start = async (env: Readonly<Record<string, string>> = {}) => {
    logStart = (await log()).length;
    const args = [
      'demo',
      '--data',
      folder,
      '--port',
      https,
      '--http-port',
      http,
      '--phone-port',
      phone,
      '--crm-port',
      crm,
      '--mail-port',
      mail,
      '--smtp-port',
      smtp,
      '--dss-port',
      dss,
      '--dss-phones-port',
      dssPhones,
      ...more,
    ];
    program = await startProcessGroup(process.execPath, [PROGRAM, ...args.map(String)], {
      logFile,
      env,
    });
    await waitUntil(
      async () => {
        const said = (await log()).slice(logStart);
        if (said.includes('Propusk demo is running.')) return true;
        if (!program?.isRunning()) throw new Error(`the demo ended:\n${said}`);
        return undefined;
      },
      { what: 'the demo to start', timeoutMs: START_TIMEOUT_MS },
    );
  };
  const propusk = (...args: string[]) =>
    runCommand(process.execPath, [PROGRAM, '--config', join(folder, 'propusk.json'), ...args]);

  const demo: Demo = {
    portalUrl: `https://id.propusk.localhost:${https}`,
    crmUrl: `https://crm.propusk.localhost:${https}`,
    consoleUrl: `https://my.propusk.localhost:${https}`,
    crmHost: 'crm.propusk.localhost',
    port: https,
    phoneUrl: `http://127.0.0.1:${phone}`,
    mailUrl: `http://127.0.0.1:${mail}`,
    dssUrl: `https://dss.propusk.localhost:${dss}`,
    dssPhonesUrl: `http://127.0.0.1:${dssPhones}`,
    httpPort: http,
    folder,
    serverCaPem: join(folder, 'server-ca.pem'),
    async passwordOf(login) {
      const made = added.get(login);
      if (made !== undefined) return made;
      const passwords = JSON.parse(await readFile(join(folder, 'credentials.json'), 'utf8')) as Record<
        string,
        string
      >;
      const password = passwords[login];
      if (password === undefined) throw new Error(`the demo has no ${login}`);
      return password;
    },
    async addAccount(login, phone) {
      const { password } = await demo.propuskJson<{ password: string }>(
        'account',
        'add',
        login,
        ...(phone === undefined ? [] : ['--phone', phone]),
      );
      added.set(login, password);
    },
    propusk,
    async propuskJson<T>(...args: string[]): Promise<T> {
      const { exitCode, stdout, stderr } = await propusk(...args, '--json');
      if (exitCode !== 0) throw new Error(`propusk ${args.join(' ')}: exit code ${exitCode}\n${stderr}`);
      return JSON.parse(stdout.toString('utf8')) as T;
    },
    async mails() {
      const answer = await fetch(`${demo.mailUrl}/mails.json`);
      return (await answer.json()) as Mail[];
    },
    async messages() {
      const answer = await fetch(`${demo.phoneUrl}/messages.json`);
      return (await answer.json()) as Sms[];
    },
    async stop(signal = 'SIGTERM') {
      if (!program) return;
      if (signal === 'SIGTERM') {
        process.kill(program.pid, 'SIGTERM');
        if (!(await program.waitForExit(15_000))) throw new Error('the demo did not end after SIGTERM');
      }
      await program.kill();
      program = undefined;
    },
    start,
    log,
  };
  lab.onClose(async () => {
    await program?.kill();
  });
  await start(environment);
  return demo;
}
