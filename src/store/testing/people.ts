import { randomBytes } from 'node:crypto';
import { CAST, type CastName } from '../../../test/cast.ts';
import type { Account } from '../../accounts/account.ts';
import type { Session } from '../../accounts/ports.ts';
import type { AccessCertificate, IssuedFile, Issuer } from '../../enrolment/ports.ts';
import type { Actor } from '../../kernel/audit-event.ts';
import type {
  AccessCertificateId,
  AccountId,
  ApplicationId,
  EmailAddress,
  IssuerId,
  SerialNumber,
  Sha256Fingerprint,
  TokenHash,
} from '../../kernel/brand.ts';
import type { Clock } from '../../kernel/clock.ts';
import { parseLogin } from '../../kernel/login.ts';
import type { PhoneNumber } from '../../kernel/phone-number.ts';
import { systemRandom } from '../../kernel/random.ts';
import type { OutgoingSms } from '../../messaging/ports.ts';
import type { Store } from '../store.ts';

export const SYSTEM: Actor = { kind: 'system' };
export const CRM = 'crm' as ApplicationId;
export const DAY_SECONDS = 86_400;

export function newHash(): TokenHash {
  return randomBytes(32).toString('hex') as TokenHash;
}

/** An account of the cast, without a real password; with another number where one is named. */
export function addPerson(
  store: Store,
  clock: Clock,
  name: CastName,
  phone: string | undefined = CAST[name].phone,
): Promise<Account> {
  const { login, displayName, email, role, locale } = CAST[name];
  return store.accounts.createAccount(
    {
      login: parseLogin(login),
      displayName,
      phone: phone as PhoneNumber | undefined,
      email: email as EmailAddress | undefined,
      role,
      locale,
      passwordHash: `hash of ${login}`,
    },
    SYSTEM,
    clock.now(),
  );
}

export interface SignedIn {
  readonly session: Session;
  readonly portalTokenHash: TokenHash;
}

export async function signIn(
  store: Store,
  clock: Clock,
  accountId: AccountId,
  limits: { readonly idleSeconds?: number; readonly absoluteSeconds?: number } = {},
): Promise<SignedIn> {
  const portalTokenHash = newHash();
  const session = await store.sessions.startSession({
    accountId,
    portalTokenHash,
    address: '192.0.2.7',
    userAgent: 'Mozilla/5.0',
    now: clock.now(),
    idleSeconds: limits.idleSeconds ?? 3600,
    absoluteSeconds: limits.absoluteSeconds ?? 7 * DAY_SECONDS,
  });
  return { session, portalTokenHash };
}

/** Hands the session over to the application as the gate and the portal do; returns the hash of its token. */
export async function handOver(
  store: Store,
  clock: Clock,
  { session }: SignedIn,
  applicationId: ApplicationId = CRM,
): Promise<TokenHash> {
  const [bindingHash, codeHash, newTokenHash] = [newHash(), newHash(), newHash()];
  const now = clock.now();
  await store.portal.createHandOver({
    codeHash,
    sessionId: session.id,
    applicationId,
    bindingHash,
    returnPath: '/tickets?page=2',
    now,
    expiresAt: later(clock, 30),
  });
  const redeemed = await store.gate.redeemHandOver({
    codeHash,
    bindingHash,
    applicationId,
    newTokenHash,
    now,
  });
  if (redeemed === undefined) throw new Error('the hand-over failed');
  return newTokenHash;
}

export function later(clock: Clock, seconds: number): Date {
  return new Date(clock.now().getTime() + seconds * 1000);
}

export function newIssuer(role: Issuer['role'], clock: Clock): Issuer {
  return {
    id: systemRandom.id<IssuerId>(),
    role,
    certificateDer: systemRandom.bytes(300),
    privateKeyPkcs8: systemRandom.bytes(138),
    createdAt: clock.now(),
  };
}

export async function addIssuers(store: Store, clock: Clock): Promise<{ root: Issuer; issuing: Issuer }> {
  const [root, issuing] = [newIssuer('root', clock), newIssuer('issuing', clock)];
  if (!(await store.enrolment.createIssuers(root, issuing, SYSTEM, clock.now()))) {
    throw new Error('there were issuers before');
  }
  return { root, issuing };
}

export function newSerialNumber(): SerialNumber {
  return `5${randomBytes(15).toString('hex')}1`.slice(0, 32) as SerialNumber;
}

/** The values of a certificate. The store does not read the DER, so any octets do. */
export function newCertificate(
  clock: Clock,
  accountId: AccountId,
  issuerId: IssuerId,
  serialNumber: SerialNumber,
  validitySeconds = 365 * DAY_SECONDS,
) {
  return {
    id: systemRandom.id<AccessCertificateId>(),
    accountId,
    issuerId,
    serialNumber,
    sha256Fingerprint: randomBytes(32).toString('hex') as Sha256Fingerprint,
    certificateDer: systemRandom.bytes(700),
    notBefore: later(clock, -600),
    notAfter: later(clock, validitySeconds),
    issuedAt: clock.now(),
  };
}

export const FILE_PASSWORD = 'zq7mh4kx9tw3e';

export function newFile(clock: Clock): Omit<IssuedFile, 'certificateId'> {
  return {
    privateKeyPkcs8: Buffer.from('the private key of a person, in clear'),
    keyExpiresAt: later(clock, 600),
    password: FILE_PASSWORD,
    passwordExpiresAt: later(clock, DAY_SECONDS),
  };
}

export function newMessage(clock: Clock): OutgoingSms {
  return {
    channel: 'sms',
    admit: 'always',
    to: CAST.ivanov.phone as PhoneNumber,
    text: `Password of the file: ${FILE_PASSWORD}`,
    expiresAt: later(clock, 1800),
  };
}

/** Intent and certificate, as the enrolment records them. */
export async function issue(
  store: Store,
  clock: Clock,
  accountId: AccountId,
  issuerId: IssuerId,
  options: { readonly validitySeconds?: number; readonly withFile?: boolean } = {},
): Promise<AccessCertificate> {
  const serialNumber = newSerialNumber();
  await intend(store, clock, accountId, issuerId, serialNumber);
  const { current } = await store.enrolment.readEnrolment(accountId);
  const phone = (await store.accounts.findAccount(accountId))?.phone;
  return store.enrolment.recordIssued({
    certificate: newCertificate(clock, accountId, issuerId, serialNumber, options.validitySeconds),
    expectedCurrentId: current?.id,
    file: options.withFile === false ? undefined : newFile(clock),
    message:
      options.withFile === false || phone === undefined ? undefined : { ...newMessage(clock), to: phone },
    actor: { kind: 'account', accountId },
    now: clock.now(),
  });
}

export function intend(
  store: Store,
  clock: Clock,
  accountId: AccountId,
  issuerId: IssuerId,
  serialNumber = newSerialNumber(),
) {
  return store.enrolment.recordIntent({
    accountId,
    issuerId,
    serialNumber,
    leaseSeconds: 30,
    actor: { kind: 'account', accountId },
    now: clock.now(),
  });
}

/** The types of the newest events, newest first. */
export async function newestEvents(store: Store, count: number): Promise<readonly string[]> {
  const events = await store.audit.listEvents({ limit: count });
  return events.map(({ event }) => event.type);
}
