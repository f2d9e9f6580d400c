import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createCertificateAuthority } from '../harness/certificate-authority.ts';
import type { Lab } from '../harness/lab.ts';
import { type ProcessGroup, startProcessGroup } from '../harness/process-group.ts';
import { runToSuccess } from '../harness/run-command.ts';
import { waitUntil } from '../harness/wait-until.ts';
import type { Demo } from './demo.ts';
import { findFreePorts } from './free-ports.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const PROGRAM = join(PROJECT, 'dist/app/main.js');
const PHONE_KEY = 'a key of this test';

/** What `propusk init` set up, served with a CRM and a telephone beside it: everything that a visitor needs. */
export interface Installation
  extends Pick<
    Demo,
    'portalUrl' | 'crmUrl' | 'serverCaPem' | 'phoneUrl' | 'passwordOf' | 'messages' | 'addAccount'
  > {
  /** What `init` said of the first administrator. */
  readonly administrator: { readonly certificateFile: string; readonly certificatePassword: string };
  propuskJson<T>(...args: string[]): Promise<T>;
}

/** What an administrator adds to the configuration that `init` wrote. */
export interface MoreApplications {
  readonly applications: readonly {
    readonly id: string;
    readonly name: string;
    readonly hosts: readonly string[];
    readonly upstream: string;
    readonly homePath?: string;
    readonly accountMenu?: boolean;
  }[];
  /** Other sections, as a whole. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * @param environment for `init` and everything after it, for example DATABASE_URL
 * @param smsSettings what an administrator adds to the gateway's description that `init` wrote
 * @param upstream another application in the place of the CRM
 */
export async function startInstallation(
  lab: Lab,
  environment: Readonly<Record<string, string>> = {},
  smsSettings: Readonly<Record<string, unknown>> = {},
  upstream?: string,
  more: MoreApplications = { applications: [], settings: {} },
): Promise<Installation> {
  const folder = join(lab.directory, 'installation');
  const configurationFile = join(folder, 'propusk.json');
  const hosts = { portal: 'id.propusk.localhost', crm: 'crm.propusk.localhost' } as const;
  const [https = 0, http = 0, phone = 0, crm = 0] = await findFreePorts(4);
  const authority = await createCertificateAuthority(join(lab.directory, 'server-ca'), 'Server CA');
  const server = await authority.issueServer([
    ...Object.values(hosts),
    ...more.applications.flatMap((application) => application.hosts),
  ]);
  const authorization = join(lab.directory, 'sms-authorization');
  await writeFile(authorization, `Bearer ${PHONE_KEY}\n`, { mode: 0o600 });

  const run = (...args: string[]) =>
    runToSuccess(process.execPath, [PROGRAM, '--config', configurationFile, ...args], {
      env: environment,
      timeoutMs: 60_000,
    });
  const made = JSON.parse(
    await run(
      ...['init', '--json', '--data-directory', join(folder, 'data')],
      ...['--portal-host', hosts.portal, '--application-host', hosts.crm, '--application-name', 'CRM'],
      ...['--upstream', upstream ?? `http://127.0.0.1:${crm}`, '--contact', 'Анна Смирнова, тел. 12-34'],
      ...['--certificate', server.certificatePem, '--key', server.keyPem],
      ...['--listen-port', String(https), '--http-port', String(http)],
      ...['--sms-url', `http://127.0.0.1:${phone}/send`, '--sms-authorization-file', authorization],
    ),
  ) as { administrator: Installation['administrator'] & { login: string; password: string } };
  const configuration = JSON.parse(await readFile(configurationFile, 'utf8')) as {
    sms: object;
    applications: object[];
  };
  configuration.sms = { ...configuration.sms, ...smsSettings };
  configuration.applications.push(...more.applications);
  Object.assign(configuration, more.settings);
  await writeFile(configurationFile, JSON.stringify(configuration));
  const passwords = new Map([[made.administrator.login, made.administrator.password]]);

  const portalUrl = `https://${hosts.portal}:${https}`;
  const crmUrl = `https://${hosts.crm}:${https}`;
  const start = async (name: string, args: readonly string[], said: string, env = environment) => {
    const logFile = join(lab.directory, `${name}.log`);
    const program = await startProcessGroup(process.execPath, args, { logFile, env });
    lab.onClose(() => program.kill());
    await waitUntil(() => saysOrEnds(program, said), { what: `${name} to start`, timeoutMs: 60_000 });
  };
  await start('serve', [PROGRAM, '--config', configurationFile, 'serve'], 'Propusk: portal');
  const beside = (path: string, port: number) => [join(PROJECT, path), '--port', String(port)];
  await start('phone', [...beside('simulators/sms/main.ts', phone), '--key', PHONE_KEY], 'SMS phone:');
  const crmData = ['--data', join(lab.directory, 'crm')];
  await start('crm', [...beside('examples/crm/main.ts', crm), ...crmData], 'CRM: http', {
    PROPUSK_JWKS_URL: `${crmUrl}/.propusk/jwks.json`,
    PROPUSK_ISSUER: portalUrl,
    NODE_EXTRA_CA_CERTS: authority.certificatePem,
  });

  const phoneUrl = `http://127.0.0.1:${phone}`;
  const propuskJson = async <T>(...args: string[]) => JSON.parse(await run(...args, '--json')) as T;
  return {
    portalUrl,
    crmUrl,
    phoneUrl,
    serverCaPem: authority.certificatePem,
    administrator: made.administrator,
    propuskJson,
    async passwordOf(login) {
      const password = passwords.get(login);
      if (password === undefined) throw new Error(`there is no ${login}`);
      return password;
    },
    async addAccount(login, number) {
      const more = number === undefined ? [] : ['--phone', number];
      const added = await propuskJson<{ password: string }>('account', 'add', login, ...more);
      passwords.set(login, added.password);
    },
    async messages() {
      return (await (await fetch(`${phoneUrl}/messages.json`)).json()) as Awaited<
        ReturnType<Demo['messages']>
      >;
    },
  };
}

async function saysOrEnds(program: ProcessGroup, said: string): Promise<true | undefined> {
  const log = await program.log();
  if (log.includes(said)) return true;
  if (!program.isRunning()) throw new Error(`it ended:\n${log}`);
  return undefined;
}
