import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAccount } from '../../src/accounts/create-account.ts';
import { createPasswordHasher } from '../../src/accounts/password-hash.ts';
import { createCertificateAuthority } from '../../src/enrolment/certificate-authority.ts';
import { createEnrolmentService } from '../../src/enrolment/enrolment-service.ts';
import { DEFAULT_ENROLMENT_OPTIONS } from '../../src/enrolment/options.ts';
import type { ApplicationId } from '../../src/kernel/brand.ts';
import { systemClock as clock } from '../../src/kernel/clock.ts';
import { silentLogger as logger } from '../../src/kernel/logger.ts';
import { hashToken, makeToken, systemRandom as random } from '../../src/kernel/random.ts';
import { createDemoServerCertificate } from '../../src/pki/issuance/server-certificate.ts';
import { encodePem } from '../../src/pki/pem/pem.ts';
import { openPkcs12 } from '../../src/pki/pkcs12/open-pkcs12.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { CAST } from '../../test/cast.ts';

const HOSTS = { portal: 'id.propusk.localhost', application: 'crm.propusk.localhost' } as const;
const APPLICATION = 'crm' as ApplicationId;
const ACTOR = { kind: 'command-line' } as const;
const SECRET = 'a secret of the bench, more than 32 octets';
const DAY_SECONDS = 86_400;

/** An installation as `propusk init` would leave it, with ivanov signed in and in possession of his certificate. */
export interface Installation {
  readonly configurationFile: string;
  readonly databaseFile: string;
  readonly applicationHost: string;
  readonly port: number;
  readonly serverCertificateFile: string;
  readonly serverKeyFile: string;
  /** PEM of the issuing authority and its root: what a server needs to verify ivanov's certificate. */
  readonly clientAuthoritiesFile: string;
  /** PEM of the issuing authority alone. */
  readonly issuingCertificateFile: string;
  /** PEM of ivanov's certificate. */
  readonly clientCertificateFile: string;
  readonly client: Client;
}

interface Ports {
  readonly https: number;
  readonly upstream: number;
  /** Undefined: no listener without TLS. */
  readonly plain?: number;
}

export interface Client {
  readonly certificatePem: string;
  readonly keyPem: string;
  /** The Cookie field of a browser in which ivanov is signed in. */
  readonly cookie: string;
}

export async function createInstallation(folder: string, ports: Ports): Promise<Installation> {
  mkdirSync(folder, { mode: 0o700 });
  const file = (name: string) => join(folder, name);
  const server = await createDemoServerCertificate(
    { commonName: 'Bench server CA', hostNames: Object.values(HOSTS) },
    { clock, random },
  );
  writeFileSync(file('server.pem'), server.certificatesPem);
  writeFileSync(file('server.key'), server.privateKeyPem, { mode: 0o600 });
  writeFileSync(file('secret'), `${SECRET}\n`, { mode: 0o600 });
  writeFileSync(file('propusk.json'), JSON.stringify(configuration(file, ports), undefined, 2));

  const databaseFile = join(file('data'), 'propusk.sqlite');
  const dataSecret = new TextEncoder().encode(SECRET);
  const store = await openStore({ databaseFile, dataSecret, clock, random, logger });
  try {
    const client = await admitIvanov(store);
    const issuers = await store.enrolment.listIssuers();
    const pem = issuers.map(({ certificateDer }) => encodePem('CERTIFICATE', certificateDer)).join('');
    writeFileSync(file('client-authorities.pem'), pem);
    const issuing = issuers.find(({ role }) => role === 'issuing');
    if (issuing === undefined) throw new Error('there is no issuing authority');
    writeFileSync(file('issuing.pem'), encodePem('CERTIFICATE', issuing.certificateDer));
    writeFileSync(file('client.pem'), client.certificatePem);
    return {
      configurationFile: file('propusk.json'),
      databaseFile,
      applicationHost: HOSTS.application,
      port: ports.https,
      serverCertificateFile: file('server.pem'),
      serverKeyFile: file('server.key'),
      clientAuthoritiesFile: file('client-authorities.pem'),
      issuingCertificateFile: file('issuing.pem'),
      clientCertificateFile: file('client.pem'),
      client,
    };
  } finally {
    await store.close();
    chmodSync(file('data'), 0o700);
  }
}

function configuration(file: (name: string) => string, ports: Ports): object {
  return {
    dataDirectory: file('data'),
    secretFile: file('secret'),
    listen: { host: '127.0.0.1', port: ports.https },
    ...(ports.plain !== undefined && { plainHttp: { host: '127.0.0.1', port: ports.plain } }),
    tls: { certificateFile: file('server.pem'), keyFile: file('server.key') },
    portal: { host: HOSTS.portal },
    applications: [
      {
        id: APPLICATION,
        name: 'CRM',
        hosts: [HOSTS.application],
        upstream: `http://127.0.0.1:${ports.upstream}`,
      },
    ],
    administratorContact: 'it@example.org',
    sms: { kind: 'none' },
    logLevel: 'warn',
  };
}

/** Everything that happens to a person before the first request that passes, without a browser. */
async function admitIvanov(store: Store): Promise<Client> {
  const { login, displayName, password } = CAST.ivanov;
  const { account } = await createAccount(
    { accounts: store.accounts, hasher: createPasswordHasher({ random }), random, clock },
    { login, displayName, password },
    ACTOR,
  );
  const authority = createCertificateAuthority({
    port: store.enrolment,
    clock,
    random,
    options: {
      rootName: 'Propusk Root CA',
      issuingName: 'Propusk Access CA',
      organisation: 'Propusk',
      keyAlgorithm: 'p-256',
      distributionUrl: `http://${HOSTS.portal}/pki`,
    },
  });
  await authority.ensureCreated(ACTOR);
  const service = createEnrolmentService({
    port: store.enrolment,
    accounts: store.accounts,
    outbox: store.outbox,
    authority,
    clock,
    random,
    logger,
    options: { ...DEFAULT_ENROLMENT_OPTIONS, passwordDelivery: 'none' },
  });
  const issued = await service.issueToFile({ accountId: account.id, actor: ACTOR });
  const { certificates, privateKeyPkcs8 } = openPkcs12(issued.file, issued.password);
  const [certificate] = certificates;
  if (certificate === undefined || privateKeyPkcs8 === undefined) throw new Error('the file is not whole');

  const now = clock.now();
  const [token, binding, code] = Array.from({ length: 3 }, () => makeToken(random));
  const session = await store.sessions.startSession({
    accountId: account.id,
    portalTokenHash: hashToken(makeToken(random)),
    address: '127.0.0.1',
    userAgent: 'bench',
    now,
    idleSeconds: DAY_SECONDS,
    absoluteSeconds: DAY_SECONDS,
  });
  const expiresAt = new Date(now.getTime() + 30_000);
  const bindingHash = hashToken(binding ?? '');
  const codeHash = hashToken(code ?? '');
  await store.portal.createHandOver({
    codeHash,
    sessionId: session.id,
    applicationId: APPLICATION,
    bindingHash,
    returnPath: '/',
    now,
    expiresAt,
  });
  const newTokenHash = hashToken(token ?? '');
  const entered = await store.gate.redeemHandOver({
    codeHash,
    bindingHash,
    applicationId: APPLICATION,
    newTokenHash,
    now,
  });
  if (entered === undefined) throw new Error('the hand-over was not redeemed');
  return {
    certificatePem: encodePem('CERTIFICATE', certificate.der),
    keyPem: encodePem('PRIVATE KEY', privateKeyPkcs8),
    cookie: `__Host-propusk-session=${token}`,
  };
}
