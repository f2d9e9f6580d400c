import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProblemError } from '../../kernel/problem.ts';
import type { Terminal } from '../cli/terminal.ts';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import { openInstance } from '../instance.ts';
import { createLog } from '../log.ts';
import { startServer } from '../server/start-server.ts';
import { type ChildProgram, startChildProgram } from './child-program.ts';
import { ensureDemoAccounts } from './demo-credentials.ts';
import { DEMO_HOSTS, type DemoChoices, PHONE_KEY, prepareDemoInstallation } from './demo-installation.ts';
import { describeDemo } from './describe-demo.ts';

/** From src/app/demo and from dist/app/demo alike. */
const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const START_TIMEOUT_MS = 20_000;

/** The whole product on this machine, with an application, a telephone and people to try it with; until it is stopped. */
export async function runDemo(folder: string, choices: DemoChoices, terminal: Terminal): Promise<void> {
  const { clock, random } = terminal;
  const { ports } = choices;
  const programs: ChildProgram[] = [];
  const installation = await prepareDemoInstallation(folder, choices, { clock, random });
  const configuration = loadConfiguration(installation.configurationFile, {}, clock);
  const logger = createLog(configuration.values.logLevel);
  const instance = await openInstance(configuration, { clock, random, logger });
  try {
    const server = await startServer(instance);
    try {
      const credentials = await ensureDemoAccounts(instance, installation.credentialsFile);
      const phoneUrl = `http://127.0.0.1:${ports.phone}`;
      const mailUrl = `http://127.0.0.1:${ports.mail}`;
      const dssUrl = `https://${DEMO_HOSTS.dss}:${ports.dss}`;
      const dssPhonesUrl = `http://127.0.0.1:${ports.dssPhones}`;
      const upstream = `http://127.0.0.1:${ports.crm}`;
      programs.push(
        await startChildProgram({
          script: programOf('simulators/sms/main.ts'),
          args: ['--port', String(ports.phone), '--key', PHONE_KEY, '--data', join(folder, 'phone')],
          url: phoneUrl,
          timeoutMs: START_TIMEOUT_MS,
        }),
        await startChildProgram({
          script: programOf('simulators/mail/main.ts'),
          args: [
            ...['--port', String(ports.mail), '--smtp-port', String(ports.smtp)],
            ...['--data', join(folder, 'mail')],
          ],
          url: mailUrl,
          timeoutMs: START_TIMEOUT_MS,
        }),
        await startChildProgram({
          script: programOf('simulators/dss/main.ts'),
          args: [
            ...['--port', String(ports.dssPhones), '--tls-port', String(ports.dss)],
            ...['--certificate', installation.serverCertificateFile, '--key', installation.serverKeyFile],
          ],
          url: dssPhonesUrl,
          timeoutMs: START_TIMEOUT_MS,
        }),
        await startChildProgram({
          script: programOf('examples/crm/main.ts'),
          args: ['--port', String(ports.crm), '--data', join(folder, 'crm')],
          environment: {
            PROPUSK_JWKS_URL: `https://${DEMO_HOSTS.crm}:${server.port}/.propusk/jwks.json`,
            PROPUSK_ISSUER: configuration.portalOrigin,
            PROPUSK_AUDIENCE: 'crm',
            NODE_EXTRA_CA_CERTS: installation.serverAuthorityFile,
          },
          url: upstream,
          timeoutMs: START_TIMEOUT_MS,
        }),
      );
      const [crm] = server.applications;
      const lines = describeDemo({
        installation,
        credentials,
        crmUrl: crm?.url ?? '',
        portalUrl: `${configuration.portalOrigin}/`,
        phoneUrl: `${phoneUrl}/`,
        mailUrl: `${mailUrl}/`,
        dssUrl,
        dssPhonesUrl: `${dssPhonesUrl}/`,
      });
      for (const line of lines) terminal.print(line);
      await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
    } finally {
      await Promise.all(programs.map((program) => program.stop()));
      await server.close();
    }
  } finally {
    await instance.close();
  }
}

function programOf(path: string): string {
  const file = join(PROJECT, path);
  if (!existsSync(file)) {
    throw new ProblemError('not-found', {
      detail: `${file} is missing; the demo runs from a checkout of the project`,
    });
  }
  return file;
}
