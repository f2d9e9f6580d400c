import { describe, expect, test } from 'vitest';
import type { AccountId, EmailAddress } from '../kernel/brand.ts';
import { silentLogger } from '../kernel/logger.ts';
import { parseLogin } from '../kernel/login.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import { ProblemError } from '../kernel/problem.ts';
import { DEFAULT_MESSAGE_LIMITS } from '../messaging/message-limits.ts';
import { accessCertificateReminders } from './access-certificate-texts.ts';
import type { ExpiringThing, ReminderPort } from './ports.ts';
import { type ReminderOptions, remindOnce } from './remind.ts';

const DAY_MS = 86_400_000;
const START = new Date('2026-11-22T09:30:00Z');

/** What the port promises, in memory. */
class MemoryReminders implements ReminderPort {
  readonly things: ExpiringThing[] = [];
  readonly rows: { id: string; days: number; outcome: 'sent' | 'passed-over' }[] = [];
  readonly sent: { id: string; days: number; channels: string[]; texts: string[] }[] = [];
  atLimit = false;

  async listDue({
    thresholdDays,
    after,
    through,
    afterId = '',
    limit,
  }: Parameters<ReminderPort['listDue']>[0]) {
    return this.things
      .filter(
        ({ id, notAfter }) =>
          notAfter > after && notAfter <= through && id > afterId && !this.#has(id, thresholdDays),
      )
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .slice(0, limit);
  }

  async recordReminder({
    thing,
    thresholdDays,
    passedDays,
    messages,
  }: Parameters<ReminderPort['recordReminder']>[0]) {
    if (this.atLimit) throw new ProblemError('message-limit');
    if (this.#has(thing.id, thresholdDays)) return 'already';
    this.rows.push({ id: thing.id, days: thresholdDays, outcome: 'sent' });
    for (const days of passedDays) {
      if (!this.#has(thing.id, days)) this.rows.push({ id: thing.id, days, outcome: 'passed-over' });
    }
    const channels = messages.map(({ channel }) => channel);
    this.sent.push({ id: thing.id, days: thresholdDays, channels, texts: messages.map(({ text }) => text) });
    return 'recorded';
  }

  #has(id: string, days: number): boolean {
    return this.rows.some((row) => row.id === id && row.days === days);
  }
}

const YEAR_DAYS = 365;

/** It ends so many days after the beginning of the test. */
function thing(
  id: string,
  days: number,
  owner: Partial<ExpiringThing['owner']> = {},
  validityDays = YEAR_DAYS,
): ExpiringThing {
  return {
    kind: 'access-certificate',
    id,
    accountId: id as AccountId,
    issuedAt: new Date(START.getTime() + (days - validityDays) * DAY_MS),
    notAfter: new Date(START.getTime() + days * DAY_MS),
    owner: {
      login: parseLogin('ivanov'),
      locale: 'ru',
      phone: '+79031234567' as PhoneNumber,
      email: 'ivanov@company.example' as EmailAddress,
      ...owner,
    },
  };
}

function setUp(
  channels: ReminderOptions['channels'] = { email: true, sms: true },
  thresholdDays = [14, 7, 3, 1],
) {
  const port = new MemoryReminders();
  let now = START;
  const options: ReminderOptions = {
    port,
    sources: [
      accessCertificateReminders({
        thresholdDays,
        replaceUrl: 'https://id.example.org/replace',
        productName: 'Propusk',
        administratorContact: 'Анна Смирнова, тел. 12-34',
        timeZone: 'Europe/Moscow',
      }),
    ],
    channels,
    messageLimits: DEFAULT_MESSAGE_LIMITS,
    clock: { now: () => now },
    logger: silentLogger,
  };
  return {
    port,
    options,
    pass: () => remindOnce(options),
    wait: (days: number) => {
      now = new Date(now.getTime() + days * DAY_MS);
    },
  };
}

describe('reminders', () => {
  test('come at each threshold, once, however often it is looked', async () => {
    const { port, pass, wait } = setUp();
    port.things.push(thing('c1', 20));
    const told: number[][] = [];
    for (let day = 0; day < 21; day += 0.5) {
      await pass();
      await pass();
      told.push(port.sent.splice(0).map(({ days }) => days));
      wait(0.5);
    }
    expect(told.flatMap((days, index) => days.map((threshold) => [20 - index / 2, threshold]))).toEqual([
      [14, 14],
      [7, 7],
      [3, 3],
      [1, 1],
    ]);
  });

  test('begin exactly at the threshold, not a moment before', async () => {
    const { port, pass, wait } = setUp();
    port.things.push(thing('c1', 14 + 1 / DAY_MS));
    expect(await pass()).toBe(0);
    wait(1 / DAY_MS);
    expect(await pass()).toBe(1);
  });

  test('after a long pause are one, the nearest; what was passed is recorded', async () => {
    const { port, pass } = setUp();
    port.things.push(thing('c1', 2.5));
    expect(await pass()).toBe(1);
    expect(await pass()).toBe(0);
    expect(port.rows).toEqual([
      { id: 'c1', days: 3, outcome: 'sent' },
      { id: 'c1', days: 14, outcome: 'passed-over' },
      { id: 'c1', days: 7, outcome: 'passed-over' },
    ]);
  });

  test.each([
    [
      'for ten days',
      10,
      [
        [7, 7],
        [3, 3],
        [1, 1],
      ],
    ],
    [
      'for exactly as long as a threshold',
      14,
      [
        [7, 7],
        [3, 3],
        [1, 1],
      ],
    ],
    [
      'for a day more than a threshold',
      15,
      [
        [14, 14],
        [7, 7],
        [3, 3],
        [1, 1],
      ],
    ],
    ['for half a day', 0.5, []],
  ] as const)(
    'of a certificate issued %s begin with the first threshold after its issue',
    async (_name, validity, told) => {
      const { port, pass, wait } = setUp();
      port.things.push(thing('c1', validity, {}, validity));
      const messages: number[][] = [];
      const pages: number[] = [];
      for (let day = 0; day <= validity; day += 0.5) {
        await pass();
        for (const { days, channels } of port.sent.splice(0)) {
          if (channels.length > 0) messages.push([validity - day, days]);
          else pages.push(validity - day);
        }
        wait(0.5);
      }
      expect(messages).toEqual(told);
      // The pages say it from the beginning where a threshold had passed already.
      expect(pages).toEqual(validity > 14 ? [] : [validity]);
    },
  );

  test('do not come for what has ended', async () => {
    const { port, pass } = setUp();
    port.things.push(thing('c1', 0), thing('c2', -3));
    expect(await pass()).toBe(0);
  });

  test('without thresholds there are none', async () => {
    const { port, pass } = setUp(undefined, []);
    port.things.push(thing('c1', 1));
    expect(await pass()).toBe(0);
  });

  test('of a thousand things all come in one pass', async () => {
    const { port, pass } = setUp();
    for (let index = 0; index < 1000; index += 1)
      port.things.push(thing(`c${String(index).padStart(4, '0')}`, 10));
    expect(await pass()).toBe(1000);
    expect(await pass()).toBe(0);
  });

  test.each([
    ['both ways', { email: true, sms: true }, {}, ['email', 'sms']],
    ['e-mail only', { email: true, sms: false }, {}, ['email']],
    ['no known address', { email: true, sms: false }, { email: undefined }, []],
    ['no telephone', { email: false, sms: true }, { phone: undefined }, []],
    ['the pages only', { email: false, sms: false }, {}, []],
  ])('go the ways that there are: %s', async (_name, channels, owner, expected) => {
    const { port, pass } = setUp(channels);
    port.things.push(thing('c1', 10, owner));
    expect(await pass()).toBe(1);
    expect(port.sent[0]?.channels).toEqual(expected);
  });

  test('that the limits of SMS put off come later, and are not lost', async () => {
    const { port, pass } = setUp();
    port.things.push(thing('c1', 10), thing('c2', 10));
    port.atLimit = true;
    expect(await pass()).toBe(0);
    port.atLimit = false;
    expect(await pass()).toBe(2);
  });
});

describe('the texts', () => {
  async function texts(days: number, locale: 'ru' | 'en') {
    const { port, pass } = setUp();
    port.things.push(thing('c1', days, { locale }));
    await pass();
    const [mail = '', sms = ''] = port.sent[0]?.texts ?? [];
    return { mail, sms };
  }

  test('say in Russian what ends, when, what to do and whom to ask', async () => {
    const { mail, sms } = await texts(14, 'ru');
    expect(sms).toBe(
      'Propusk: сертификат ivanov истекает через 14 дней, 06.12.2026. Замените: https://id.example.org/replace',
    );
    expect(mail).toBe(
      [
        'Сертификат учётной записи ivanov действует до 6 декабря 2026 г. в 12:30, он истекает через 14 дней. После этого войти с ним будет нельзя.',
        'Замените его сейчас, это займёт несколько минут:\nhttps://id.example.org/replace',
        'Прежний сертификат перестанет действовать сразу, как только будет выпущен новый. Установите новый на всех компьютерах, где вы работаете.',
        'Если не получается, обратитесь к администратору: Анна Смирнова, тел. 12-34',
        'Это письмо отправил Propusk. Отвечать на него не нужно.',
      ].join('\n\n'),
    );
  });

  test('say it in English', async () => {
    const { mail, sms } = await texts(7, 'en');
    expect(sms).toBe(
      'Propusk: the certificate of ivanov expires in 7 days, on 29 Nov 2026. Replace it: https://id.example.org/replace',
    );
    expect(mail).toContain('is valid until 29 November 2026 at 12:30: it expires in 7 days.');
    expect(mail).toContain('turn to your administrator: Анна Смирнова, тел. 12-34');
  });

  test.each([
    [14, 'через 14 дней', 'in 14 days'],
    [3, 'через 3 дня', 'in 3 days'],
    [1, 'завтра', 'tomorrow'],
    [0.1, 'сегодня', 'today'],
  ])('%d days before the end: %s, %s', async (days, russian, english) => {
    expect((await texts(days, 'ru')).mail).toContain(`он истекает ${russian}.`);
    expect((await texts(days, 'en')).mail).toContain(`it expires ${english}.`);
  });
});
