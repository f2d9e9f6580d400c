import { describe, expect, test } from 'vitest';
import type { AccountId } from '../kernel/brand.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import { checkMessageLimits, type MessageLimits } from './message-limits.ts';
import type { OutboxPort } from './ports.ts';

const now = new Date('2026-11-22T12:00:00Z');
const ivanov = 'ivanov' as AccountId;
const petrov = 'petrov' as AccountId;
const phone = '+79031234567' as PhoneNumber;
const otherPhone = '+79037654321' as PhoneNumber;

const limits: MessageLimits = {
  account: { perHour: 2, perDay: 4 },
  number: { perHour: 3, perDay: 5 },
  total: { perHour: 6, perDay: 8 },
};

interface Queued {
  readonly accountId: AccountId;
  readonly to: PhoneNumber;
  readonly minutesAgo: number;
}

function portWith(messages: readonly Queued[]): Pick<OutboxPort, 'countSentSince'> {
  return {
    countSentSince: async (scope, since) =>
      messages.filter((message) => {
        if (now.getTime() - message.minutesAgo * 60_000 < since.getTime()) return false;
        if (scope.kind === 'account') return message.accountId === scope.accountId;
        return scope.kind === 'total' || message.to === scope.phone;
      }).length,
  };
}

function ask(messages: readonly Queued[], accountId: AccountId | undefined = ivanov, to = phone) {
  return checkMessageLimits(portWith(messages), limits, { accountId, to }, now);
}

function many(count: number, message: Queued): Queued[] {
  return Array.from({ length: count }, () => message);
}

describe('the limits on messages', () => {
  test('let the last one of an hour pass', async () => {
    await expect(ask([{ accountId: ivanov, to: phone, minutesAgo: 10 }])).resolves.toBeUndefined();
  });

  test.each([
    [
      'the account has had its hour',
      [
        { accountId: ivanov, to: otherPhone, minutesAgo: 10 },
        { accountId: ivanov, to: otherPhone, minutesAgo: 40 },
      ],
      'this account may get 2 messages per hour',
      21 * 60,
    ],
    [
      'the account has had its day',
      many(4, { accountId: ivanov, to: otherPhone, minutesAgo: 100 }),
      'this account may get 4 messages per day',
      (24 * 60 - 100 + 1) * 60,
    ],
    [
      'the number has had its hour from other accounts',
      many(3, { accountId: petrov, to: phone, minutesAgo: 59 }),
      'this number may get 3 messages per hour',
      2 * 60,
    ],
    [
      'the number has had its day from other accounts',
      many(5, { accountId: petrov, to: phone, minutesAgo: 23 * 60 }),
      'this number may get 5 messages per day',
      61 * 60,
    ],
    [
      'the server has had its hour',
      many(6, { accountId: petrov, to: otherPhone, minutesAgo: 1 }),
      'this server may get 6 messages per hour',
      60 * 60,
    ],
  ])('stop a message where %s', async (_name, messages, detail, retryAfterSeconds) => {
    await expect(ask(messages)).rejects.toMatchObject({ code: 'message-limit', detail, retryAfterSeconds });
  });

  test('are over when the time that was told has passed', async () => {
    const messages = many(2, { accountId: ivanov, to: phone, minutesAgo: 40 });
    await expect(ask(messages)).rejects.toMatchObject({ retryAfterSeconds: 21 * 60 });
    const later = messages.map((message) => ({ ...message, minutesAgo: message.minutesAgo + 21 }));
    await expect(ask(later)).resolves.toBeUndefined();
  });

  test('count only number and total for a message without an account', async () => {
    await expect(
      checkMessageLimits(
        portWith(many(2, { accountId: ivanov, to: otherPhone, minutesAgo: 1 })),
        limits,
        { accountId: undefined, to: phone },
        now,
      ),
    ).resolves.toBeUndefined();
  });

  test('of zero stop everything', async () => {
    const none = { ...limits, total: { perHour: 0, perDay: 0 } };
    await expect(
      checkMessageLimits(portWith([]), none, { accountId: ivanov, to: phone }, now),
    ).rejects.toMatchObject({ code: 'message-limit', detail: 'this server may get 0 messages per hour' });
  });
});
