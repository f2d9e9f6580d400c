import { parseArgs } from 'node:util';
import { startMailSimulator } from './server.ts';

const HELP = `The mail server of the demo: takes messages and shows them in the browser.

  node simulators/mail/main.ts [--port 8086] [--smtp-port 8025] [--host 127.0.0.1] [--data DIRECTORY]

  --port       where the page is; 0 takes a free port
  --smtp-port  where SMTP listens, without TLS and without a password; 0 takes a free port
  --host       the address it listens on; keep it on this machine
  --data       a directory where mail survives a restart
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8086' },
    'smtp-port': { type: 'string', default: '8025' },
    host: { type: 'string', default: '127.0.0.1' },
    data: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(HELP);
} else {
  const simulator = await startMailSimulator({
    port: Number(values.port),
    smtpPort: Number(values['smtp-port']),
    host: values.host,
    ...(values.data === undefined ? {} : { dataDirectory: values.data }),
  });
  console.log(`SMTP port ${simulator.smtpPort}, mailbox: ${simulator.url}/`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void simulator.close().then(() => process.exit(0));
    });
  }
}
