import { afterEach, describe, expect, test, vi } from 'vitest';
import type { AccountId, EmailAddress, OutboxMessageId } from '../kernel/brand.ts';
import { silentLogger } from '../kernel/logger.ts';
import type { PhoneNumber } from '../kernel/phone-number.ts';
import { type Delivery, deliverDueMessages, startDelivery } from './delivery.ts';
import type { MailMessage, MailResult, MailTransport } from './mail-transport.ts';
import { CHANNELS, type Channel, type ClaimedMessage, type OutboxPort } from './ports.ts';
import type { SmsMessage, SmsResult, SmsTransport } from './sms-transport.ts';

class FrozenClock {
  #now = new Date('2026-11-22T12:00:00Z');
  now(): Date {
    return this.#now;
  }
  advance(seconds: number): void {
    this.#now = new Date(this.#now.getTime() + seconds * 1000);
  }
}

interface Row {
  id: OutboxMessageId;
  channel: Channel;
  text: string | undefined;
  attempts: number;
  nextAttemptAt: Date;
  leasedUntil: Date;
  createdAt: Date;
  expiresAt: Date;
  state: string;
}

/** An outbox in memory that does what the port promises, lease included. */
class MemoryOutbox implements OutboxPort {
  readonly rows: Row[] = [];

  queue(id: string, now: Date, lifeSeconds = 3600, channel: Channel = 'sms'): void {
    const expiresAt = new Date(now.getTime() + lifeSeconds * 1000);
    const row = {
      text: `secret of ${id}`,
      attempts: 0,
      nextAttemptAt: now,
      leasedUntil: new Date(0),
      createdAt: now,
    };
    this.rows.push({ ...row, channel, id: id as OutboxMessageId, expiresAt, state: 'queued' });
  }
  get(id: string): Row {
    const row = this.rows.find((candidate) => candidate.id === id);
    if (!row) throw new Error(`no message ${id}`);
    return row;
  }
  async claimDueMessages(
    now: Date,
    limit: number,
    leaseSeconds: number,
    channels: readonly Channel[] = CHANNELS,
  ): Promise<ClaimedMessage[]> {
    const due = this.rows
      .filter(
        (row) =>
          channels.includes(row.channel) &&
          row.state === 'queued' &&
          row.nextAttemptAt <= now &&
          row.leasedUntil <= now,
      )
      .slice(0, limit);
    for (const row of due) row.leasedUntil = new Date(now.getTime() + leaseSeconds * 1000);
    return due.map((row) => {
      const { id, attempts, createdAt, expiresAt, text = '' } = row;
      const claim = { id, attempts, createdAt, expiresAt, accountId: 'ivanov' as AccountId, text };
      return row.channel === 'sms'
        ? { ...claim, channel: 'sms', to: '+79031234567' as PhoneNumber }
        : {
            ...claim,
            channel: 'email',
            to: 'ivanov@company.example' as EmailAddress,
            subject: `about ${id}`,
          };
    });
  }
  async recordDelivered(id: OutboxMessageId, gatewayId: string | undefined): Promise<void> {
    this.#end(id, `delivered ${gatewayId}`);
  }
  async recordRetry(id: OutboxMessageId, _category: string, nextAttemptAt: Date): Promise<void> {
    const row = this.get(id);
    Object.assign(row, { attempts: row.attempts + 1, nextAttemptAt, leasedUntil: new Date(0) });
  }
  async recordFailed(id: OutboxMessageId, category: string): Promise<void> {
    this.#end(id, `failed ${category}`);
  }
  async countSentSince(): Promise<number> {
    return this.rows.length;
  }
  #end(id: OutboxMessageId, state: string): void {
    const row = this.get(id);
    Object.assign(row, { attempts: row.attempts + 1, state, text: undefined });
  }
}

/** A transport that answers by the script and then accepts everything. */
function scripted(...script: SmsResult[]) {
  const sent: SmsMessage[] = [];
  const transport: SmsTransport = {
    send: async (message) => {
      sent.push(message);
      return script.shift() ?? { kind: 'accepted', gatewayId: 'g1' };
    },
  };
  return { transport, sent };
}

const temporary = { kind: 'failed-temporarily', category: 'unreachable' } as const;

function setUp(...script: SmsResult[]) {
  const clock = new FrozenClock();
  const port = new MemoryOutbox();
  const { transport, sent } = scripted(...script);
  const transports = { sms: transport };
  return { clock, port, sent, transport, options: { clock, port, transports, logger: silentLogger } };
}

describe('one pass over the outbox', () => {
  test('delivers a due message and wipes its text', async () => {
    const { port, clock, sent, options } = setUp();
    port.queue('m1', clock.now());
    expect(await deliverDueMessages(options)).toBe(1);
    expect(port.get('m1')).toMatchObject({ state: 'delivered g1', text: undefined, attempts: 1 });
    expect(sent).toEqual([{ to: '+79031234567', text: 'secret of m1', idempotencyKey: 'm1' }]);
  });

  test('tries again after 5 s, 15 s, 60 s, 5 min and then every 15 min, eight times in all', async () => {
    const { port, clock, sent, options } = setUp(...Array.from({ length: 9 }, () => temporary));
    port.queue('m1', clock.now(), 86_400);
    const pauses: number[] = [];
    for (let attempts = 1; attempts < 8; attempts += 1) {
      expect(await deliverDueMessages(options)).toBe(1);
      const pause = (port.get('m1').nextAttemptAt.getTime() - clock.now().getTime()) / 1000;
      pauses.push(pause);
      clock.advance(pause - 1);
      expect(await deliverDueMessages(options)).toBe(0);
      clock.advance(1);
    }
    expect(pauses).toEqual([5, 15, 60, 300, 900, 900, 900]);
    await deliverDueMessages(options);
    expect(port.get('m1')).toMatchObject({ state: 'failed unreachable', attempts: 8, text: undefined });
    expect(new Set(sent.map((message) => message.idempotencyKey))).toEqual(new Set(['m1']));
  });

  test('gives up at once what the gateway rejects for good', async () => {
    const { port, clock, options } = setUp({ kind: 'rejected-permanently', category: 'number-refused' });
    port.queue('m1', clock.now());
    await deliverDueMessages(options);
    expect(port.get('m1')).toMatchObject({ state: 'failed number-refused', text: undefined });
  });

  test('gives up when the next attempt would come after the end', async () => {
    const { port, clock, options } = setUp(temporary);
    port.queue('m1', clock.now(), 5);
    await deliverDueMessages(options);
    expect(port.get('m1').state).toBe('failed unreachable');
  });

  test('does not send a message that expired while it waited', async () => {
    const { port, clock, sent, options } = setUp();
    port.queue('m1', clock.now(), 60);
    clock.advance(60);
    await deliverDueMessages(options);
    expect(port.get('m1')).toMatchObject({ state: 'failed expired', text: undefined });
    expect(sent).toEqual([]);
  });

  test('sends a message again with the same key after a crash between sending and recording', async () => {
    const { port, clock, sent, options } = setUp();
    port.queue('m1', clock.now());
    const record = vi.spyOn(port, 'recordDelivered').mockRejectedValueOnce(new Error('killed'));
    await deliverDueMessages(options);
    expect(await deliverDueMessages(options)).toBe(0);
    clock.advance(60);
    expect(await deliverDueMessages(options)).toBe(1);
    expect(record).toHaveBeenCalledTimes(2);
    expect(sent.map((message) => message.idempotencyKey)).toEqual(['m1', 'm1']);
    expect(port.get('m1').state).toBe('delivered g1');
  });

  test('one message that cannot be recorded does not hold up the others', async () => {
    const { port, clock, options } = setUp();
    port.queue('m1', clock.now());
    port.queue('m2', clock.now());
    vi.spyOn(port, 'recordDelivered').mockRejectedValueOnce(new Error('disk full'));
    await deliverDueMessages(options);
    expect([port.get('m1').state, port.get('m2').state]).toEqual(['queued', 'delivered g1']);
  });

  test('two nodes never send the same message at once', async () => {
    const { port, clock, sent, options } = setUp();
    for (let index = 0; index < 12; index += 1) port.queue(`m${index}`, clock.now());
    await Promise.all([deliverDueMessages(options), deliverDueMessages(options)]);
    expect(sent).toHaveLength(12);
    expect(new Set(sent.map((message) => message.idempotencyKey)).size).toBe(12);
  });

  test('writes neither text nor number into the log', async () => {
    const lines: string[] = [];
    const log = (fields: object, message: string) => lines.push(JSON.stringify(fields) + message);
    const { port, clock, options } = setUp(temporary, { kind: 'rejected-permanently', category: 'balance' });
    port.queue('m1', clock.now());
    port.queue('m2', clock.now());
    port.queue('m3', clock.now());
    await deliverDueMessages({ ...options, logger: { debug: log, info: log, warn: log, error: log } });
    expect(lines).toHaveLength(3);
    expect(lines.join('\n')).not.toMatch(/secret|9031234567/);
  });
});

/** A mail server that answers by the script and then accepts everything. */
function scriptedMail(...script: MailResult[]) {
  const sent: MailMessage[] = [];
  const email: MailTransport = {
    send: async (message) => {
      sent.push(message);
      return script.shift() ?? { kind: 'accepted' };
    },
    check: async () => ({ kind: 'accepted' }),
  };
  return { email, sent };
}

describe('e-mail in the same outbox', () => {
  test('goes to the mail server, with its subject, its id and the time it was queued', async () => {
    const { port, clock, sent: sms, options } = setUp();
    const { email, sent } = scriptedMail();
    port.queue('m1', clock.now(), 3600, 'email');
    const queuedAt = clock.now();
    clock.advance(90);
    await deliverDueMessages({ ...options, transports: { ...options.transports, email } });
    expect(sent).toEqual([
      { to: 'ivanov@company.example', subject: 'about m1', text: 'secret of m1', id: 'm1', at: queuedAt },
    ]);
    expect(sms).toEqual([]);
    expect(port.get('m1').state).toBe('delivered undefined');
  });

  test('is left where it is where no mail server is configured, and the other way round', async () => {
    const { port, clock, options } = setUp();
    const { email } = scriptedMail();
    port.queue('mail', clock.now(), 3600, 'email');
    port.queue('text', clock.now());
    expect(await deliverDueMessages({ ...options, transports: { email } })).toBe(1);
    expect([port.get('mail').state, port.get('text').state]).toEqual(['delivered undefined', 'queued']);
    expect(await deliverDueMessages(options)).toBe(1);
    expect(port.get('text').state).toBe('delivered g1');
  });

  test('is tried with longer pauses than an SMS, until its own end', async () => {
    const { port, clock, options } = setUp();
    const deferred = { kind: 'failed-temporarily', category: 'server-deferred' } as const;
    const { email } = scriptedMail(...Array.from({ length: 30 }, () => deferred));
    port.queue('m1', clock.now(), 6 * 3600, 'email');
    const pauses: number[] = [];
    while (port.get('m1').state === 'queued') {
      await deliverDueMessages({ ...options, transports: { email } });
      const pause = (port.get('m1').nextAttemptAt.getTime() - clock.now().getTime()) / 1000;
      if (pause <= 0) break;
      pauses.push(pause);
      clock.advance(pause);
    }
    expect(pauses).toEqual([30, 120, 600, 1800, 3600, 3600, 3600, 3600, 3600]);
    expect(port.get('m1').state).toBe('failed server-deferred');
  });

  test('to an address that does not exist is given up at once', async () => {
    const { port, clock, options } = setUp();
    const { email } = scriptedMail({ kind: 'rejected-permanently', category: 'address-refused' });
    port.queue('m1', clock.now(), 3600, 'email');
    await deliverDueMessages({ ...options, transports: { email } });
    expect(port.get('m1')).toMatchObject({ state: 'failed address-refused', text: undefined });
  });
});

describe('the running delivery', () => {
  let delivery: Delivery | undefined;
  afterEach(() => delivery?.stop());

  test('sends everything that waits, more than one batch, at once', async () => {
    const { port, clock, options } = setUp();
    for (let index = 0; index < 20; index += 1) port.queue(`m${index}`, clock.now());
    delivery = startDelivery({ ...options, intervalMs: 60_000 });
    await vi.waitFor(() => expect(port.rows.every((row) => row.state === 'delivered g1')).toBe(true));
  });

  test('looks again when woken and does not wait for the interval', async () => {
    const { port, clock, options } = setUp();
    delivery = startDelivery({ ...options, intervalMs: 60_000 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    port.queue('m1', clock.now());
    delivery.wake();
    await vi.waitFor(() => expect(port.get('m1').state).toBe('delivered g1'));
  });

  test('a wake during a pass is not lost', async () => {
    const { port, clock, options, transport: whole } = setUp();
    const gate = Promise.withResolvers<void>();
    const send = whole.send;
    const transport: SmsTransport = {
      send: async (message, signal) => {
        await gate.promise;
        return send(message, signal);
      },
    };
    port.queue('m1', clock.now());
    delivery = startDelivery({ ...options, transports: { sms: transport }, intervalMs: 60_000 });
    await vi.waitFor(() => expect(port.get('m1').leasedUntil.getTime()).toBeGreaterThan(0));
    port.queue('m2', clock.now());
    delivery.wake();
    gate.resolve();
    await vi.waitFor(() => expect(port.get('m2').state).toBe('delivered g1'));
  });

  test('looks again at each interval', async () => {
    const { port, clock, options } = setUp();
    delivery = startDelivery({ ...options, intervalMs: 20 });
    await new Promise((resolve) => setTimeout(resolve, 30));
    port.queue('m1', clock.now());
    await vi.waitFor(() => expect(port.get('m1').state).toBe('delivered g1'));
  });

  test('goes on after the database was away', async () => {
    const { port, clock, options } = setUp();
    vi.spyOn(port, 'claimDueMessages').mockRejectedValueOnce(new Error('database is locked'));
    port.queue('m1', clock.now());
    delivery = startDelivery({ ...options, intervalMs: 20 });
    await vi.waitFor(() => expect(port.get('m1').state).toBe('delivered g1'));
  });

  test('stops only after the message under way is recorded, and takes no other', async () => {
    const { port, clock, options } = setUp();
    const gate = Promise.withResolvers<void>();
    const transport: SmsTransport = {
      send: async () => {
        await gate.promise;
        return { kind: 'accepted' };
      },
    };
    port.queue('m1', clock.now());
    delivery = startDelivery({ ...options, transports: { sms: transport }, intervalMs: 5 });
    await vi.waitFor(() => expect(port.get('m1').leasedUntil.getTime()).toBeGreaterThan(0));
    let stopped = false;
    const stopping = delivery.stop().then(() => {
      stopped = true;
    });
    port.queue('m2', clock.now());
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(stopped).toBe(false);
    gate.resolve();
    await stopping;
    expect(port.get('m1').state).toBe('delivered undefined');
    delivery.wake();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(port.get('m2').state).toBe('queued');
  });
});
