import { describe, expect, test } from 'vitest';
import { DATABASES } from '../../test/databases.ts';
import { openEnrolled } from './testing/open-enrolled.ts';
import { DAY_SECONDS, issue, newMessage, signIn } from './testing/people.ts';

describe.each(DATABASES)('recovering a password, on $name', ({ create }) => {
  async function open() {
    const lab = await openEnrolled(create);
    const { store, clock, ivanov, issuing } = lab;
    const { id, sha256Fingerprint } = await issue(store, clock, ivanov.id, issuing.id);
    const find = () => store.recovery.findRecoverable(sha256Fingerprint, clock.now());
    return { ...lab, id, sha256Fingerprint, find };
  }

  test('finds the owner of an active certificate, until it ends', async () => {
    const { clock, find, ivanov, id } = await open();
    expect(await find()).toMatchObject({
      account: { id: ivanov.id },
      certificateId: id,
      passwordHash: expect.any(String),
    });
    clock.advance(366 * DAY_SECONDS);
    expect(await find()).toBeUndefined();
  });

  test('sets the password once, ends every session, and tells the owner', async () => {
    const { store, clock, find, ivanov, sha256Fingerprint } = await open();
    const found = await find();
    if (found === undefined) throw new Error('not found');
    const { portalTokenHash } = await signIn(store, clock, ivanov.id);
    await store.recovery.queueRecoveryCode(ivanov.id, newMessage(clock), clock.now());
    const recover = (passwordHash: string) =>
      store.recovery.recoverPassword({
        found,
        fingerprint: sha256Fingerprint,
        passwordHash,
        notices: [{ ...newMessage(clock), text: 'replaced' }],
        now: clock.now(),
      });
    const outcomes = await Promise.allSettled([recover('one'), recover('two')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(['one', 'two']).toContain(await store.accounts.findPasswordHash(ivanov.id));
    expect(await store.sessions.findPortalSession(portalTokenHash, clock.now())).toBeUndefined();
    const messages = await store.outbox.claimDueMessages(clock.now(), 10, 60);
    expect(messages.filter(({ text }) => text === 'replaced')).toHaveLength(1);
  });
});
