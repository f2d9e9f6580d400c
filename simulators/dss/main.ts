import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startDssSimulator } from './server.ts';
import { USERS } from './users.ts';

const HELP = `A CryptoPro DSS to practise with: sign-in, certificates, signatures, and the telephones of its users in the browser.

  node simulators/dss/main.ts [--port 8089] [--tls-port 8444] [--host 127.0.0.1]
                              [--certificate FILE --key FILE] [--authority-out FILE]

  --port           without TLS: the telephones, the authorities' lists, and the DSS as well; 0 takes a free port
  --tls-port       the DSS with TLS, as dss.propusk.localhost; 0 takes a free port
  --host           the address it listens on; keep it on this machine
  --certificate    PEM of the server's certificate and those above it; made at start where it is not given
  --key            PEM of its private key
  --authority-out  where to write the authority of a certificate that was made at start: trust it in the client
`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8089' },
    'tls-port': { type: 'string', default: '8444' },
    host: { type: 'string', default: '127.0.0.1' },
    certificate: { type: 'string' },
    key: { type: 'string' },
    'authority-out': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(HELP);
} else {
  const { certificate, key } = values;
  const simulator = await startDssSimulator({
    port: Number(values.port),
    tlsPort: Number(values['tls-port']),
    host: values.host,
    ...(certificate === undefined || key === undefined
      ? {}
      : {
          certificate: {
            certificatesPem: readFileSync(certificate, 'utf8'),
            privateKeyPem: readFileSync(key, 'utf8'),
          },
        }),
  });
  if (values['authority-out'] !== undefined && simulator.authorityPem !== undefined) {
    writeFileSync(values['authority-out'], simulator.authorityPem);
  }
  console.log(`Authorization server  ${simulator.tlsUrl}/STS/oauth`);
  console.log(`DSS server            ${simulator.tlsUrl}/SignServer/rest`);
  for (const { login, password, about } of USERS) {
    console.log(`  ${login.padEnd(10)}${(password || '—').padEnd(22)}${about.en}`);
  }
  console.log(`Telephones: ${simulator.url}/`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void simulator.close().then(() => process.exit(0));
    });
  }
}
