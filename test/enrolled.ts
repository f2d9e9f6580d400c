import type { Account } from '../src/accounts/account.ts';
import { createAccount } from '../src/accounts/create-account.ts';
import { createPasswordHasher } from '../src/accounts/password-hash.ts';
import { createCertificateAuthority } from '../src/enrolment/certificate-authority.ts';
import { createEnrolmentService } from '../src/enrolment/enrolment-service.ts';
import {
  DEFAULT_ENROLMENT_OPTIONS,
  type EnrolmentOptions,
  type IssuanceStep,
} from '../src/enrolment/options.ts';
import type { EmailAddress } from '../src/kernel/brand.ts';
import type { Clock } from '../src/kernel/clock.ts';
import { silentLogger } from '../src/kernel/logger.ts';
import type { PhoneNumber } from '../src/kernel/phone-number.ts';
import { systemRandom } from '../src/kernel/random.ts';
import type { Store } from '../src/store/store.ts';
import { CAST, type CastName } from './cast.ts';

/** Real hashing with little memory: the tests make many accounts. */
export const testHasher = createPasswordHasher({
  random: systemRandom,
  parameters: { memory: 64, passes: 1, parallelism: 1 },
});

/** One of the cast as an account of the store; his or her password is in the cast. */
export async function enrolPerson(store: Store, clock: Clock, name: CastName): Promise<Account> {
  const { login, displayName, phone, email, role, locale, password, status } = CAST[name];
  const { account } = await createAccount(
    { accounts: store.accounts, hasher: testHasher, random: systemRandom, clock },
    {
      login,
      displayName,
      phone: phone as PhoneNumber | undefined,
      email: email as EmailAddress | undefined,
      role,
      locale,
      password,
    },
    { kind: 'command-line' },
  );
  if (status === 'active') return account;
  return await store.accounts.setAccountStatus(account.id, status, { kind: 'command-line' }, clock.now());
}

/** The authority and the issuing over a real store, with the authority made. */
export async function createTestEnrolment(
  store: Store,
  clock: Clock,
  more: {
    readonly options?: Partial<EnrolmentOptions>;
    readonly onStep?: (step: IssuanceStep) => void;
    readonly distributionUrl?: string;
    readonly ocspUrl?: string;
  } = {},
) {
  const authority = createCertificateAuthority({
    port: store.enrolment,
    clock,
    random: systemRandom,
    options: {
      rootName: 'Propusk Root CA',
      issuingName: 'Propusk Access CA',
      organisation: 'Company',
      keyAlgorithm: 'p-256',
      distributionUrl: more.distributionUrl ?? 'http://id.propusk.localhost/pki',
      ...(more.ocspUrl !== undefined && { ocspUrl: more.ocspUrl }),
    },
  });
  await authority.ensureCreated({ kind: 'system' });
  const dependencies = {
    port: store.enrolment,
    accounts: store.accounts,
    outbox: store.outbox,
    authority,
    clock,
    random: systemRandom,
    logger: silentLogger,
    options: { ...DEFAULT_ENROLMENT_OPTIONS, timeZone: 'Europe/Moscow', ...more.options },
    ...(more.onStep ? { onStep: more.onStep } : {}),
  };
  return { authority, dependencies, service: createEnrolmentService(dependencies) };
}

/** What the telephone shows: the messages that are due, delivered. */
export async function takeMessages(store: Store, clock: Clock) {
  const messages = await store.outbox.claimDueMessages(clock.now(), 50, 60);
  for (const { id } of messages) await store.outbox.recordDelivered(id, undefined, clock.now());
  return messages.map(({ id, to, text }) => ({ id, to, text, password: text.split(' ').at(-1) ?? '' }));
}
