import { parseArgs } from 'node:util';
import { startSmsSimulator } from './server.ts';

const HELP = `The SMS gateway of the demo: takes messages and shows them on a telephone in the browser.

  node simulators/sms/main.ts [--port 8085] [--host 127.0.0.1] [--key practice-key] [--data DIRECTORY]

  --port  where it listens; 0 takes a free port
  --host  the address it listens on; the page shows passwords, so keep it on this machine
  --key   what senders show as "Authorization: Bearer …"
  --data  a directory where messages survive a restart
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8085' },
    host: { type: 'string', default: '127.0.0.1' },
    key: { type: 'string' },
    data: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(HELP);
} else {
  const simulator = await startSmsSimulator({
    port: Number(values.port),
    host: values.host,
    ...(values.key === undefined ? {} : { key: values.key }),
    ...(values.data === undefined ? {} : { dataDirectory: values.data }),
  });
  console.log(`SMS phone: ${simulator.url}/`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void simulator.close().then(() => process.exit(0));
    });
  }
}
