import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { Terminal } from '../terminal.ts';

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    throw new InvalidArgumentError('It has to be a port from 1 to 65535.');
  return value;
}

function days(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1_095)
    throw new InvalidArgumentError('It has to be a number of days from 1 to 1095.');
  return value;
}

export function addDemoCommand(program: Command, terminal: Terminal): void {
  program
    .command('demo')
    .description(
      'runs everything on this machine to be tried: the gate, an application behind it, a telephone for the SMS, a mailbox, a DSS',
    )
    .option('--data <folder>', 'where the demo keeps its things', 'demo-data')
    .option('--port <port>', 'port of portal and application', port, 8443)
    .option('--http-port <port>', 'port of the listener without TLS', port, 8081)
    .option('--phone-port <port>', 'port of the telephone', port, 8085)
    .option('--crm-port <port>', 'port of the application itself', port, 8086)
    .option('--mail-port <port>', 'port of the mailbox', port, 8087)
    .option('--smtp-port <port>', 'port of the mail server', port, 8025)
    .option('--dss-port <port>', 'port of the practice DSS', port, 8444)
    .option('--dss-phones-port <port>', 'port of the telephones of the DSS', port, 8089)
    .option(
      '--certificate-days <days>',
      'how long certificates are valid; with 14 or fewer the pages say at once that they end',
      days,
      365,
    )
    .action(
      async (options: {
        data: string;
        port: number;
        httpPort: number;
        phonePort: number;
        crmPort: number;
        mailPort: number;
        smtpPort: number;
        dssPort: number;
        dssPhonesPort: number;
        certificateDays: number;
      }) => {
        const ports = {
          https: options.port,
          http: options.httpPort,
          phone: options.phonePort,
          crm: options.crmPort,
          mail: options.mailPort,
          smtp: options.smtpPort,
          dss: options.dssPort,
          dssPhones: options.dssPhonesPort,
        };
        const { certificateDays } = options;
        const { runDemo } = await import('../../demo/run-demo.ts');
        await runDemo(resolve(terminal.workingDirectory, options.data), { ports, certificateDays }, terminal);
      },
    );
}
