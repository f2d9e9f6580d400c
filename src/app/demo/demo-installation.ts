import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../kernel/clock.ts';
import type { Random } from '../../kernel/random.ts';
import { createDemoServerCertificate } from '../../pki/issuance/server-certificate.ts';
import { decodePem } from '../../pki/pem/pem.ts';
import { parseCertificate } from '../../pki/x509/certificate.ts';
import type { ConfigurationInput } from '../configuration/schema.ts';

export interface DemoPorts {
  readonly https: number;
  readonly http: number;
  readonly phone: number;
  readonly crm: number;
  /** The mailbox's page. */
  readonly mail: number;
  readonly smtp: number;
  /** Of the practice DSS, with TLS. */
  readonly dss: number;
  /** The page with the telephones of the DSS, and the lists of its authorities. */
  readonly dssPhones: number;
}

export interface DemoChoices {
  readonly ports: DemoPorts;
  /** How long certificates are valid. */
  readonly certificateDays: number;
}

/** Files of the demo, all in one folder that can be thrown away. */
export interface DemoInstallation {
  readonly folder: string;
  readonly configurationFile: string;
  /** PEM of the throw-away authority that signed the demo's server certificate. */
  readonly serverAuthorityFile: string;
  readonly credentialsFile: string;
  readonly serverCertificateFile: string;
  readonly serverKeyFile: string;
}

export const DEMO_HOSTS = {
  portal: 'id.propusk.localhost',
  console: 'my.propusk.localhost',
  crm: 'crm.propusk.localhost',
  dss: 'dss.propusk.localhost',
} as const;
/** Only the demo's telephone takes it, and that one listens on this machine only. */
export const PHONE_KEY = 'practice-key';

const SECRET_BYTES = 32;
const OWNER_ONLY = 0o600;
const RENEW_DAYS = 30;
const DAY_MS = 86_400_000;

/** Writes what is missing; a demo that was stopped goes on with its accounts and certificates. */
export async function prepareDemoInstallation(
  folder: string,
  { ports, certificateDays }: DemoChoices,
  dependencies: { readonly clock: Clock; readonly random: Random },
): Promise<DemoInstallation> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = (name: string) => join(folder, name);
  if (!existsSync(file('secret'))) {
    const secret = Buffer.from(dependencies.random.bytes(SECRET_BYTES)).toString('base64url');
    writeFileSync(file('secret'), `${secret}\n`, { mode: OWNER_ONLY });
  }
  writeFileSync(file('sms-authorization'), `Bearer ${PHONE_KEY}\n`, { mode: OWNER_ONLY });
  if (needsServerCertificate(file('server.pem'), dependencies.clock.now())) {
    const made = await createDemoServerCertificate(
      { commonName: 'Propusk demo server CA', hostNames: Object.values(DEMO_HOSTS) },
      dependencies,
    );
    writeFileSync(file('server.key'), made.privateKeyPem, { mode: OWNER_ONLY });
    writeFileSync(file('server-ca.pem'), made.authorityPem);
    writeFileSync(file('server.pem'), made.certificatesPem);
  }
  // Written anew at every start, because the ports may be others; everything that lasts is in the database.
  writeFileSync(
    file('propusk.json'),
    `${JSON.stringify(configuration(file, ports, certificateDays), undefined, 2)}\n`,
  );
  return {
    folder,
    configurationFile: file('propusk.json'),
    serverAuthorityFile: file('server-ca.pem'),
    credentialsFile: file('credentials.json'),
    serverCertificateFile: file('server.pem'),
    serverKeyFile: file('server.key'),
  };
}

function needsServerCertificate(path: string, now: Date): boolean {
  if (!existsSync(path)) return true;
  const [leaf] = decodePem(readFileSync(path));
  if (!leaf) return true;
  const { notAfter, subjectAltName } = parseCertificate(leaf.bytes);
  const covered = new Set(subjectAltName?.dnsNames);
  return (
    notAfter.getTime() - now.getTime() < RENEW_DAYS * DAY_MS ||
    // A demo of before has fewer hosts.
    Object.values(DEMO_HOSTS).some((host) => !covered.has(host))
  );
}

function configuration(
  file: (name: string) => string,
  ports: DemoPorts,
  certificateDays: number,
): ConfigurationInput {
  return {
    dataDirectory: file('data'),
    secretFile: file('secret'),
    listen: { host: '127.0.0.1', port: ports.https },
    plainHttp: { host: '127.0.0.1', port: ports.http },
    tls: { certificateFile: file('server.pem'), keyFile: file('server.key') },
    portal: { host: DEMO_HOSTS.portal },
    console: { host: DEMO_HOSTS.console },
    // Issuers and lists of practice certificates lie on this machine, as the whole demo does.
    outgoing: { allowPrivate: ['127.0.0.1'] },
    applications: [
      {
        id: 'crm',
        name: 'CRM «Обращения»',
        hosts: [DEMO_HOSTS.crm],
        upstream: `http://127.0.0.1:${ports.crm}`,
        homePath: '/',
      },
    ],
    administratorContact: 'Анна Смирнова, тел. 12-34, smirnova@example.org',
    authority: { organisation: 'Propusk demo' },
    dss: {
      authoritiesFiles: [file('server-ca.pem')],
      allowedNetworks: ['127.0.0.1'],
      services: [
        {
          name: 'Practice DSS',
          authorizationServer: `https://${DEMO_HOSTS.dss}:${ports.dss}/STS/oauth`,
          dssServer: `https://${DEMO_HOSTS.dss}:${ports.dss}/SignServer/rest`,
        },
      ],
    },
    sms: {
      kind: 'http',
      url: `http://127.0.0.1:${ports.phone}/send`,
      body: { to: '{phone}', text: '{text}', id: '{id}' },
      secretHeaderFiles: { authorization: file('sms-authorization') },
      success: { statuses: [200, 201, 202], answer: { path: 'status', equals: 'accepted' } },
    },
    email: {
      host: '127.0.0.1',
      port: ports.smtp,
      security: 'none',
      from: 'propusk@company.example',
      replyTo: 'smirnova@company.example',
    },
    certificates: { validityDays: certificateDays },
    messageLimits: { account: { perHour: 30, perDay: 100 }, number: { perHour: 30, perDay: 100 } },
    logLevel: 'warn',
  };
}
