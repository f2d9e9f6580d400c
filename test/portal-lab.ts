import { mkdir, writeFile } from 'node:fs/promises';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { createPasswordChange } from '../src/accounts/change-password.ts';
import { createSignIn, type SignInLimits } from '../src/accounts/sign-in.ts';
import type { EnrolmentOptions } from '../src/enrolment/options.ts';
import { createEntryTokens } from '../src/gate/entry-token.ts';
import { createRecoveryProofs } from '../src/gate/recovery-proof.ts';
import type { ApplicationId } from '../src/kernel/brand.ts';
import { type Logger, silentLogger } from '../src/kernel/logger.ts';
import { hashToken, makeToken, systemRandom } from '../src/kernel/random.ts';
import type { PortalOptions } from '../src/portal/options.ts';
import { createPortal } from '../src/portal/portal.ts';
import { createPasswordRecovery } from '../src/portal/recovery/recover-password.ts';
import { CAST, type CastName } from './cast.ts';
import { createTestEnrolment, enrolPerson, takeMessages, testHasher } from './enrolled.ts';
import { createFrozenClock } from './frozen-clock.ts';
import { createTestBrowser, type TestBrowser } from './portal-browser.ts';
import { type AtEnd, makeTestDirectory, openRealStore } from './real-store.ts';

export const PORTAL_ORIGIN = 'https://id.propusk.localhost:8443';
export const CRM = 'crm' as ApplicationId;
export const CRM_ORIGIN = 'https://crm.propusk.localhost:8443';

export interface PortalLabOptions {
  readonly enrolment?: Partial<EnrolmentOptions>;
  readonly signInLimits?: SignInLimits;
  readonly portal?: Partial<PortalOptions>;
  readonly pages?: 'built' | 'missing';
  readonly server?: Http2SecureServer;
  readonly logger?: Logger;
}

/** A portal over a real store, without a connection: browsers of the lab hand it their requests directly. */
export async function openPortalLab(more: PortalLabOptions = {}, atEnd: AtEnd = onTestFinished) {
  const clock = createFrozenClock();
  const logger = more.logger ?? silentLogger;
  const random = systemRandom;
  const store = await openRealStore(clock, atEnd);
  const { service, authority } = await createTestEnrolment(store, clock, { options: more.enrolment ?? {} });
  const secret = new Uint8Array(32).fill(7);
  const entryTokens = createEntryTokens(random.bytes(32), random);
  const recoveryProofs = createRecoveryProofs(random.bytes(32), random);
  const webDirectory = await makeTestDirectory(atEnd);
  if (more.pages !== 'missing') await writePages(webDirectory);
  const portal = await createPortal({
    origin: PORTAL_ORIGIN,
    applications: [
      { id: CRM, name: 'CRM «Обращения»', origins: [CRM_ORIGIN], homePath: '/tickets' },
      {
        id: 'wiki' as ApplicationId,
        name: 'Wiki',
        origins: ['https://wiki.propusk.localhost:8443', 'https://docs.propusk.localhost:8443'],
        homePath: '/',
      },
    ],
    productName: 'Propusk',
    administratorContact: 'Анна Смирнова, тел. 12-34',
    defaultLocale: 'ru',
    server: more.server ?? createSecureServer({ allowHTTP1: true }),
    webDirectory,
    secret,
    passwords: createPasswordChange({
      accounts: store.accounts,
      hasher: testHasher,
      throttle: store.throttle,
      clock,
    }),
    recovery: createPasswordRecovery({
      port: store.recovery,
      throttle: store.throttle,
      hasher: testHasher,
      proofs: recoveryProofs,
      clock,
      secret,
      channels: { sms: true, email: true },
      messageLimits: {
        account: { perHour: 5, perDay: 15 },
        number: { perHour: 5, perDay: 15 },
        total: { perHour: 200, perDay: 1_000 },
      },
      productName: 'Propusk',
      administratorContact: 'Анна Смирнова, тел. 12-34',
    }),
    signIn: createSignIn({
      accounts: store.accounts,
      sessions: store.sessions,
      throttle: store.throttle,
      journal: store.signInJournal,
      hasher: testHasher,
      clock,
      random,
      logger,
      secret,
      ...(more.signInLimits ? { limits: more.signInLimits } : {}),
    }),
    sessions: store.sessions,
    accounts: store.accounts,
    throttle: store.throttle,
    enrolment: service,
    notices: store.reminders,
    port: store.portal,
    entryTokens,
    clock,
    random,
    logger,
    ...more.portal,
  });
  atEnd(() => portal.close());

  const openBrowser = () => createTestBrowser(portal.app, PORTAL_ORIGIN);
  const makeEntryRequest = (returnPath: string, applicationId = CRM) => {
    const binding = makeToken(random);
    const request = entryTokens.seal({
      applicationId,
      bindingHash: hashToken(binding),
      returnPath,
      expiresAt: new Date(clock.now().getTime() + 3_600_000),
    });
    return { request, binding };
  };

  /** The way of a signed-in person into an application; gives the hash of its token. */
  const enter = async (browser: TestBrowser, returnPath: string, applicationId = CRM) => {
    const { request, binding } = makeEntryRequest(returnPath, applicationId);
    const answer = await browser.get(`/enter?request=${request}`);
    const code = new URL(answer.headers.location ?? '').searchParams.get('code') ?? '';
    const newTokenHash = hashToken(makeToken(random));
    await store.gate.redeemHandOver({
      codeHash: hashToken(code),
      bindingHash: hashToken(binding),
      applicationId,
      newTokenHash,
      now: clock.now(),
    });
    return newTokenHash;
  };

  return {
    portal,
    store,
    clock,
    service,
    authority,
    webDirectory,
    recoveryProofs,
    openBrowser,
    makeEntryRequest,
    enrol: (name: CastName) => enrolPerson(store, clock, name),
    messages: () => takeMessages(store, clock),
    /** A new browser in which the person, who gets an account first, is signed in. */
    async openAs(name: CastName) {
      const account = await enrolPerson(store, clock, name);
      const browser = await openBrowser();
      await signInAs(browser, name);
      return { account, browser };
    },
    enter,
    /** What the gate does: the person asks for the page, comes back from the portal, and is refused. */
    async refuse(browser: TestBrowser, returnPath: string) {
      const newTokenHash = await enter(browser, returnPath);
      const entry = await store.gate.readEntry(newTokenHash, CRM, clock.now());
      if (entry === undefined) throw new TypeError('the hand-over was not redeemed');
      return await store.gate.recordRefusal({
        entry,
        applicationId: CRM,
        reason: 'certificate-missing',
        presented: undefined,
        returnPath,
        address: '192.0.2.1',
        now: clock.now(),
      });
    },
  };
}

export type PortalLab = Awaited<ReturnType<typeof openPortalLab>>;

/** One lab for all tests of a file or a group that leave it as they found it. */
export function sharePortalLab(more: PortalLabOptions = {}): () => PortalLab {
  const ends: (() => Promise<void>)[] = [];
  let lab: PortalLab | undefined;
  beforeAll(async () => {
    lab = await openPortalLab(more, (end) => ends.unshift(end));
  });
  afterAll(async () => {
    for (const end of ends) await end();
  });
  return () => {
    if (lab === undefined) throw new TypeError('the lab is opened before the first test');
    return lab;
  };
}

export async function signInAs(browser: TestBrowser, name: CastName) {
  const { login, password } = CAST[name];
  return await browser.post('/api/sign-in', { login, password });
}

async function writePages(webDirectory: string): Promise<void> {
  await mkdir(join(webDirectory, 'portal'));
  await mkdir(join(webDirectory, 'assets'));
  const page =
    '<!doctype html><meta name="nonce" content="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style><div id="root"></div>';
  await writeFile(join(webDirectory, 'portal', 'index.html'), page);
  await writeFile(
    join(webDirectory, 'assets', 'portal-abc123.js'),
    'export const page = "portal";\n'.repeat(200),
  );
  await writeFile(
    join(webDirectory, 'assets', 'golos-abc123.woff2'),
    new Uint8Array([0x77, 0x4f, 0x46, 0x32]),
  );
  await writeFile(join(webDirectory, 'assets', 'notes.txt'), 'not a file of the pages');
}
