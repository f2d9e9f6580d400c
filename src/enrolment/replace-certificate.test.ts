import { describe, expect, test } from 'vitest';
import type { CastName } from '../../test/cast.ts';
import { createTestEnrolment, enrolPerson, takeMessages } from '../../test/enrolled.ts';
import { createFrozenClock } from '../../test/frozen-clock.ts';
import { openRealStore } from '../../test/real-store.ts';
import type { Actor } from '../kernel/audit-event.ts';
import type { ApplicationId } from '../kernel/brand.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import { hashToken, makeToken, systemRandom } from '../kernel/random.ts';
import { openPkcs12 } from '../pki/pkcs12/open-pkcs12.ts';
import { makeCode, parseCode } from './one-time-code.ts';
import type { EnrolmentOptions } from './options.ts';
import { createReplaceCertificate, type ReplacementPermit, replace } from './replace-certificate.ts';

const machine: Actor = { kind: 'command-line' };
const CRM = 'crm' as ApplicationId;

/** Somebody whose certificate was issued an hour ago, signed in. */
async function openDesk(name: CastName = 'ivanov', options: Partial<EnrolmentOptions> = {}) {
  const clock = createFrozenClock();
  const store = await openRealStore(clock);
  const account = await enrolPerson(store, clock, name);
  const { service, dependencies } = await createTestEnrolment(store, clock, { options });
  const signIn = async () => {
    const session = await store.sessions.startSession({
      accountId: account.id,
      portalTokenHash: hashToken(makeToken(systemRandom)),
      address: '192.0.2.7',
      userAgent: 'Mozilla/5.0',
      now: clock.now(),
      idleSeconds: 86_400,
      absoluteSeconds: 86_400,
    });
    const sessionId = session.id;
    const actor: Actor = { kind: 'account', accountId: account.id, sessionId };
    return {
      sessionId,
      actor,
      replace: (code?: string) => service.replace({ accountId: account.id, sessionId, code, actor }),
      sendCode: () => service.sendReplacementCode(account.id, sessionId, actor),
      takes: () => service.readReplacement(account.id, sessionId),
      /** What the gate records when the session enters with the current certificate. */
      async enter() {
        const [binding, code] = [1, 2].map(() => hashToken(makeToken(systemRandom)));
        const newTokenHash = hashToken(makeToken(systemRandom));
        if (!binding || !code) throw new TypeError('two hashes');
        const now = clock.now();
        const later = new Date(now.getTime() + 30_000);
        await store.portal.createHandOver({
          codeHash: code,
          sessionId,
          applicationId: CRM,
          bindingHash: binding,
          returnPath: '/',
          now,
          expiresAt: later,
        });
        const handOver = { codeHash: code, bindingHash: binding, applicationId: CRM, newTokenHash, now };
        await store.gate.redeemHandOver(handOver);
        const entry = await store.gate.readEntry(newTokenHash, CRM, now);
        if (entry === undefined) throw new TypeError('the hand-over was not redeemed');
        await store.gate.recordPermit({ entry, applicationId: CRM, address: '192.0.2.7', now });
      },
    };
  };
  const session = await signIn();
  return {
    clock,
    store,
    account,
    service,
    dependencies,
    session,
    signIn,
    issue: async () => {
      await service.issue(account.id, session.actor);
      await takeMessages(store, clock);
      clock.advance(3600);
    },
    messages: () => takeMessages(store, clock),
    certificates: () => store.enrolment.listCertificates({ accountId: account.id, limit: 200 }),
    status: () => service.readStatus(account.id),
    current: async () => (await service.readStatus(account.id)).enrolment.current ?? expect.fail('none'),
  };
}

async function openIssued(name: CastName = 'ivanov', options: Partial<EnrolmentOptions> = {}) {
  const desk = await openDesk(name, options);
  await desk.issue();
  return desk;
}

/** The code in the newest message, as a person reads it. */
function codeIn(messages: readonly { readonly text: string }[]): string {
  return /\d{4} \d{4}$/.exec(messages.at(-1)?.text ?? '')?.[0] ?? expect.fail('no code came');
}

function another(code: string): string {
  return code.endsWith('1') ? `${code.slice(0, -1)}2` : `${code.slice(0, -1)}1`;
}

describe('replacing a certificate that was presented in this session', () => {
  test('issues another one, ends the former at that moment, and sends the new password', async () => {
    const { session, current, status, messages, service, account, store, clock } = await openIssued();
    await session.enter();
    const former = await current();
    expect(await session.takes()).toBe('confirm');
    expect(await session.replace()).toBe('issued');
    const { enrolment, former: shown, download } = await status();
    expect(enrolment.current?.id).not.toBe(former.id);
    expect(shown).toMatchObject({ id: former.id, status: 'superseded', statusChangedAt: clock.now() });
    expect(download.kind).toBe('again');
    const sent = await messages();
    expect(sent).toHaveLength(1);
    const { file } = await service.openFile(account.id, 'compatible', session.actor);
    const opened = openPkcs12(file, sent[0]?.password ?? '');
    expect(opened.certificates[0]?.sha256Fingerprint).toBe(enrolment.current?.sha256Fingerprint);
    const [event] = await store.audit.listEvents({ limit: 1, type: 'certificate-replaced' });
    expect(event).toMatchObject({
      actor: session.actor,
      event: { certificateId: enrolment.current?.id, formerId: former.id, proof: 'certificate' },
    });
  });

  test('pressed several times at once, also on two nodes, replaces once', async () => {
    const { session, store, clock, account, certificates, messages } = await openIssued();
    await session.enter();
    const { service: other } = await createTestEnrolment(store, clock);
    const { sessionId, actor } = session;
    const results = await Promise.all([
      session.replace(),
      other.replace({ accountId: account.id, sessionId, code: undefined, actor }),
      session.replace(),
    ]);
    expect(results.sort()).toEqual(['again', 'again', 'issued']);
    expect((await certificates()).map(({ status }) => status)).toEqual(['active', 'superseded']);
    expect(await messages()).toHaveLength(1);
  });

  test('repeats for ten minutes what it issued; then it takes a code', async () => {
    const { session, clock, certificates } = await openIssued();
    await session.enter();
    await session.replace();
    clock.advance(599);
    expect(await session.replace()).toBe('again');
    clock.advance(1);
    await expect(session.replace()).rejects.toMatchObject({ code: 'replacement-code-required', status: 403 });
    expect(await certificates()).toHaveLength(2);
  });

  test('replaces once more within the ten minutes where the new one was presented', async () => {
    const { session, certificates } = await openIssued();
    await session.enter();
    await session.replace();
    await session.enter();
    expect(await session.replace()).toBe('issued');
    expect(await certificates()).toHaveLength(3);
  });

  test('is no proof in another session', async () => {
    const { session, signIn } = await openIssued();
    await session.enter();
    const thief = await signIn();
    expect(await thief.takes()).toBe('code');
    await expect(thief.replace()).rejects.toMatchObject({ code: 'replacement-code-required' });
  });

  test('changes nothing where no more messages may be sent', async () => {
    const limit = { perHour: 1, perDay: 1 };
    const { session, service, account, current, store } = await openDesk('ivanov', {
      messageLimits: { account: limit, number: limit, total: { perHour: 100, perDay: 100 } },
    });
    await service.issue(account.id, session.actor);
    await session.enter();
    const former = await current();
    const limited = { code: 'message-limit', status: 429 };
    await expect(session.replace()).rejects.toMatchObject(limited);
    await expect(session.sendCode()).rejects.toMatchObject(limited);
    expect(await current()).toEqual(former);
    const intents = await store.audit.listEvents({ limit: 9, type: 'certificate-issuance-intended' });
    expect(intents).toHaveLength(1);
  });
});

describe('replacing a certificate that was not presented', () => {
  test('takes a code from the telephone, and the owner is told', async () => {
    const { session, messages, account, clock, current, store } = await openIssued();
    const former = await current();
    expect(await session.takes()).toBe('code');
    expect(await session.sendCode()).toEqual({
      phone: account.phone,
      expiresAt: new Date(clock.now().getTime() + 600_000),
      resendAt: new Date(clock.now().getTime() + 60_000),
    });
    const sent = await messages();
    expect(sent).toMatchObject([{ to: account.phone }]);
    expect(await session.replace(codeIn(sent))).toBe('issued');
    expect((await current()).id).not.toBe(former.id);
    const texts = (await messages()).map(({ text }) => text);
    expect(texts).toHaveLength(2);
    expect(texts.filter((text) => text.includes('сертификат ivanov заменён по коду'))).toHaveLength(1);
    const [event] = await store.audit.listEvents({ limit: 1, type: 'certificate-replaced' });
    expect(event?.event).toMatchObject({ proof: 'code' });
    expect(JSON.stringify(await store.audit.listEvents({ limit: 99 }))).not.toContain(codeIn(sent));
  });

  test('the owner is told by e-mail too, where there is a mail server and an address, and without any secret', async () => {
    const { session, messages, account, store, clock } = await openIssued('ivanov', { mail: 'smtp' });
    await session.sendCode();
    const code = codeIn(await messages());
    expect(await session.replace(code)).toBe('issued');
    const claimed = await store.outbox.claimDueMessages(clock.now(), 10, 60);
    const mails = claimed.flatMap((message) => (message.channel === 'email' ? [message] : []));
    expect(mails).toMatchObject([{ to: account.email, subject: 'Сертификат ivanov заменён' }]);
    expect(mails[0]?.text).toContain('сразу сообщите администратору');
    const password = claimed
      .find(({ text }) => text.includes('пароль файла'))
      ?.text.split(' ')
      .at(-1);
    expect(password).toMatch(/^[a-z0-9]{12,}$/);
    expect(mails[0]?.text).not.toContain(password);
    expect(mails[0]?.text).not.toContain(code);
  });

  test('takes the code with and without its gap, and once only', async () => {
    const { session, messages, clock, certificates } = await openIssued();
    await session.sendCode();
    const code = codeIn(await messages());
    expect(await session.replace(` ${code.replace(' ', '')} `)).toBe('issued');
    expect(await session.replace(code)).toBe('again');
    clock.advance(600);
    await expect(session.replace(code)).rejects.toMatchObject({ code: 'replacement-code-required' });
    expect(await certificates()).toHaveLength(2);
  });

  test('of two presses with the same code one replaces, the other gets the same', async () => {
    const { session, messages, certificates } = await openIssued();
    await session.sendCode();
    const code = codeIn(await messages());
    const results = await Promise.all([session.replace(code), session.replace(code)]);
    expect(results.sort()).toEqual(['again', 'issued']);
    expect(await certificates()).toHaveLength(2);
    expect(await messages()).toHaveLength(2);
  });

  test('counts wrong codes; after five the right one is refused, and a new code works', async () => {
    const { session, messages, clock, current } = await openIssued();
    const former = await current();
    await session.sendCode();
    const code = codeIn(await messages());
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      await expect(session.replace(another(code))).rejects.toMatchObject({
        code: 'replacement-code-wrong',
        triesLeft,
      });
    }
    await expect(session.replace(code)).rejects.toMatchObject({ code: 'replacement-code-required' });
    expect(await current()).toEqual(former);
    clock.advance(60);
    await session.sendCode();
    const next = codeIn(await messages());
    expect(await session.replace(next)).toBe('issued');
  });

  test.each(['1234 567', '123456789', 'abcd efgh', '', '1'.repeat(64)])(
    'what can be no code costs no try: %j',
    async (typed) => {
      const { session } = await openIssued();
      await session.sendCode();
      for (let time = 0; time < 2; time++) {
        await expect(session.replace(typed)).rejects.toMatchObject({
          code: 'replacement-code-wrong',
          triesLeft: 5,
        });
      }
    },
  );

  test('is over after ten minutes', async () => {
    const { session, messages, clock } = await openIssued();
    await session.sendCode();
    const code = codeIn(await messages());
    clock.advance(600);
    await expect(session.replace(code)).rejects.toMatchObject({ code: 'replacement-code-required' });
  });

  test('asked for again within a minute sends nothing; later another code, which makes the first void', async () => {
    const { session, messages, clock } = await openIssued();
    const first = await session.sendCode();
    clock.advance(59);
    const [second, third] = await Promise.all([session.sendCode(), session.sendCode()]);
    expect([second, third]).toEqual([first, first]);
    const code = codeIn(await messages());
    clock.advance(1);
    await session.sendCode();
    const sent = await messages();
    expect(sent).toHaveLength(1);
    await expect(session.replace(code)).rejects.toMatchObject({ triesLeft: 4 });
    expect(await session.replace(codeIn(sent))).toBe('issued');
  });

  test('is of no use in another session, and another session cannot use up its tries', async () => {
    const { session, signIn, messages } = await openIssued();
    await session.sendCode();
    const code = codeIn(await messages());
    const thief = await signIn();
    await expect(thief.replace(code)).rejects.toMatchObject({ code: 'replacement-code-required' });
    await thief.sendCode();
    for (let time = 0; time < 5; time++) {
      await expect(thief.replace('0000 0000')).rejects.toMatchObject({ code: 'replacement-code-wrong' });
    }
    expect(await session.replace(code)).toBe('issued');
  });

  test('is not sent where the password could not follow it', async () => {
    const limit = { perHour: 2, perDay: 2 };
    const { session, service, account } = await openDesk('ivanov', {
      messageLimits: { account: limit, number: limit, total: { perHour: 100, perDay: 100 } },
    });
    await service.issue(account.id, session.actor);
    await expect(session.sendCode()).rejects.toMatchObject({ code: 'message-limit' });
  });

  test('the owner is told also where that is one message more than the limit', async () => {
    const limit = { perHour: 2, perDay: 2 };
    const desk = await openIssued('ivanov', {
      messageLimits: { account: limit, number: limit, total: { perHour: 9, perDay: 9 } },
    });
    // The first password is of another day.
    desk.clock.advance(86_400);
    await desk.session.sendCode();
    expect(await desk.session.replace(codeIn(await desk.messages()))).toBe('issued');
    expect(await desk.messages()).toHaveLength(2);
  });
});

describe('nothing is replaced', () => {
  const nothing = { code: 'certificate-state', status: 409 };
  const administrator = { code: 'download-not-allowed', status: 409 };
  type Desk = Awaited<ReturnType<typeof openDesk>>;
  const revoke = (reason: 'keyCompromise' | 'certificateHold') => async (desk: Desk) => {
    await desk.store.enrolment.revokeCertificate({
      certificateId: (await desk.current()).id,
      reason,
      comment: undefined,
      actor: machine,
      now: desk.clock.now(),
    });
  };
  const TABLE: readonly (readonly [string, object, (desk: Desk) => Promise<unknown>])[] = [
    ['revoked', administrator, revoke('keyCompromise')],
    ['suspended', administrator, revoke('certificateHold')],
    ['past its end', nothing, async ({ clock }) => clock.advance(366 * 86_400)],
    [
      'of a blocked account',
      { code: 'account-blocked' },
      ({ store, account, clock }) =>
        store.accounts.setAccountStatus(account.id, 'blocked', machine, clock.now()),
    ],
    [
      'of an account without a telephone',
      { code: 'phone-missing' },
      ({ store, account, clock }) =>
        store.accountAdministration.changePhone({
          id: account.id,
          phone: undefined,
          actor: machine,
          now: clock.now(),
          holdSeconds: 0,
          notices: () => [],
        }),
    ],
  ];

  test.each(TABLE)(
    'where the certificate is one %s, also in a session that entered with it',
    async (_, refusal, happen) => {
      const desk = await openIssued();
      const { session } = desk;
      await session.enter();
      await happen(desk);
      await expect(session.replace()).rejects.toMatchObject(refusal);
      await expect(session.sendCode()).rejects.toMatchObject(refusal);
      expect(await session.takes()).toBe('not-possible');
      expect(await desk.messages()).toEqual([]);
      expect(await desk.certificates()).toHaveLength(1);
    },
  );

  test('where there is no certificate yet, or no message can be sent', async () => {
    const { session } = await openDesk();
    await expect(session.replace()).rejects.toMatchObject(nothing);
    const silent = await openDesk('ivanov', { passwordDelivery: 'none' });
    await silent.service.issueToFile({ accountId: silent.account.id, actor: machine });
    await expect(silent.session.replace()).rejects.toMatchObject(administrator);
  });

  test('that was revoked between the check and the record', async () => {
    const desk = await openIssued();
    await desk.session.enter();
    const { port } = desk.dependencies;
    const slow = {
      ...port,
      recordIntent: async (input: Parameters<typeof port.recordIntent>[0]) => {
        await revoke('keyCompromise')(desk);
        return port.recordIntent(input);
      },
    };
    const { sessionId, actor } = desk.session;
    const replacing = createReplaceCertificate({ ...desk.dependencies, port: slow });
    await expect(
      replacing({ accountId: desk.account.id, sessionId, code: undefined, actor }),
    ).rejects.toMatchObject(administrator);
    expect((await desk.status()).state).toBe('revoked');
    expect(await desk.certificates()).toHaveLength(1);
  });

  test('with a permit that nobody checked', async () => {
    const { dependencies, session } = await openIssued();
    const forged = Object.create(null) as ReplacementPermit;
    await expect(replace(dependencies, forged, session.actor)).rejects.toThrow(TypeError);
  });

  test('with a code that went to a number which the account has no more', async () => {
    const { session, messages, store, account, clock } = await openIssued();
    await session.sendCode();
    const code = codeIn(await messages());
    await store.accountAdministration.changePhone({
      id: account.id,
      phone: '+79161234799' as PhoneNumber,
      actor: machine,
      now: clock.now(),
      holdSeconds: 0,
      notices: () => [],
    });
    await expect(session.replace(code)).rejects.toMatchObject({ code: 'replacement-code-required' });
  });
});

describe('a one-time code', () => {
  test('has eight digits, each of which can be any', () => {
    const codes = Array.from({ length: 2000 }, () => makeCode(systemRandom));
    expect(codes.every((code) => /^\d{8}$/.test(code))).toBe(true);
    for (let place = 0; place < 8; place++) {
      expect(new Set(codes.map((code) => code[place])).size).toBe(10);
    }
  });

  test('is made of octets without making small ones likelier', () => {
    const octets = [Uint8Array.of(255, 255, 255, 255), Uint8Array.of(0, 0, 0, 7)];
    const random = { ...systemRandom, bytes: () => octets.shift() ?? expect.fail('asked too often') };
    expect(makeCode(random)).toBe('00000007');
  });

  test.each([
    ['1234 5678', '12345678'],
    ['1234\u{a0}5678', '12345678'],
    ['1234–5678\n', '12345678'],
    ['１２３４５６７８', '12345678'],
    ['1234 56789', undefined],
    ['1234 567x', undefined],
  ])('typed as %j is %j', (typed, code) => {
    expect(parseCode(typed)).toBe(code);
  });
});
