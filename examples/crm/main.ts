import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CrmOptions, startCrm } from './server.ts';

const HELP = `A small CRM, the application that the demo protects.

  node examples/crm/main.ts [--port 8090] [--host 127.0.0.1] [--data DIRECTORY]

  --port  where it listens; 0 takes a free port
  --host  the address it listens on; whoever reaches it past the gate can claim to be anybody
          unless PROPUSK_JWKS_URL is set
  --data  a directory for the database and for files; the current one by default

Environment:
  PROPUSK_JWKS_URL   keys of the gate; with it only its signed assertions are believed
  PROPUSK_ISSUER     who has to have signed them
  PROPUSK_AUDIENCE   whom they have to be meant for
`;

export { type Crm, type CrmOptions, startCrm } from './server.ts';

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8090' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string', default: '.' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  mkdirSync(values.data, { recursive: true, mode: 0o700 });
  const { PROPUSK_JWKS_URL, PROPUSK_ISSUER, PROPUSK_AUDIENCE } = process.env;
  const options: CrmOptions = {
    port: Number(values.port),
    host: values.host,
    databaseFile: join(values.data, 'crm.sqlite'),
    ...(PROPUSK_JWKS_URL ? { jwksUrl: PROPUSK_JWKS_URL } : {}),
    ...(PROPUSK_ISSUER ? { issuer: PROPUSK_ISSUER } : {}),
    ...(PROPUSK_AUDIENCE ? { audience: PROPUSK_AUDIENCE } : {}),
  };
  const crm = await startCrm(options);
  console.log(`CRM: ${crm.url}/`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void crm.close().then(() => process.exit(0)));
  }
}

if (import.meta.main) await run();
