import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import type { EmailAddress } from '../kernel/brand.ts';
import type { MailMessage } from './mail-transport.ts';
import type { SmtpConfig } from './smtp-config.ts';
import { createSmtpTransport } from './smtp-transport.ts';
import { makeMailCertificate, startMailServer, type TestMailServer } from './testing/mail-server.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const certificate = makeMailCertificate();

async function serve(options: SMTPServerOptions = {}): Promise<TestMailServer> {
  const server = await startMailServer({ ...certificate, ...options });
  closers.push(() => server.close());
  return server;
}

const base: SmtpConfig = {
  host: 'localhost',
  port: 0,
  security: 'starttls',
  credentials: undefined,
  authoritiesPem: certificate.cert,
  from: { name: 'Пропуск', address: 'propusk@company.example' as EmailAddress },
  replyTo: undefined,
  timeoutMs: 2_000,
};

const message: MailMessage = {
  to: 'ivanov@company.example' as EmailAddress,
  subject: 'Сертификат ivanov истекает через 14 дней',
  text: 'Замените его сейчас:\nhttps://id.example.org/replace\n\n.Строка с точкой',
  id: '5c1f0f0e-7e0b-4b59-9f5f-000000000001',
  at: new Date('2026-11-22T09:30:00Z'),
};

function send(
  server: { readonly port: number },
  config: Partial<SmtpConfig> = {},
  more: Partial<MailMessage> = {},
) {
  const transport = createSmtpTransport({ ...base, port: server.port, ...config });
  return transport.send({ ...message, ...more }, AbortSignal.timeout(10_000));
}

const refuse = (responseCode: number) =>
  Object.assign(new Error('secret words of the server'), { responseCode });

describe('an e-mail', () => {
  test('arrives whole over STARTTLS, with the headers that robots and mail programs look at', async () => {
    const server = await serve();
    expect(await send(server, { replyTo: 'it@company.example' as EmailAddress })).toEqual({
      kind: 'accepted',
    });
    const [mail] = server.received;
    expect(mail).toMatchObject({
      from: 'propusk@company.example',
      to: ['ivanov@company.example'],
      secure: true,
      parsed: {
        from: { name: 'Пропуск', address: 'propusk@company.example' },
        to: [{ address: 'ivanov@company.example' }],
        replyTo: [{ address: 'it@company.example' }],
        subject: message.subject,
        messageId: `<${message.id}@company.example>`,
        date: '2026-11-22T09:30:00.000Z',
      },
    });
    expect(mail?.parsed.text?.trimEnd()).toBe(message.text);
    expect(mail?.parsed.html).toBeUndefined();
    const headers = Object.fromEntries(mail?.parsed.headers.map(({ key, value }) => [key, value]) ?? []);
    expect(headers['auto-submitted']).toBe('auto-generated');
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(Object.keys(headers).filter((name) => name.startsWith('list-'))).toEqual([]);
  });

  test('arrives over TLS from the first octet', async () => {
    const server = await serve({ secure: true });
    expect(await send(server, { security: 'tls' })).toEqual({ kind: 'accepted' });
    expect(server.received[0]?.secure).toBe(true);
  });

  test('arrives without TLS at a server on this machine', async () => {
    const server = await serve({ disabledCommands: ['STARTTLS'] });
    expect(await send(server, { host: '127.0.0.1', security: 'none' })).toEqual({ kind: 'accepted' });
    expect(server.received[0]?.secure).toBe(false);
  });

  test('is the same message at every attempt', async () => {
    const server = await serve();
    await send(server);
    await send(server);
    const [first, second] = server.received;
    expect(second?.parsed.messageId).toBe(first?.parsed.messageId);
    expect(second?.parsed.date).toBe(first?.parsed.date);
  });

  test.each([
    ['the subject', {}, { subject: 'ivanov\r\nBcc: thief@evil.example\r\n\r\nbody' }],
    ['the sender’s name', { from: { ...base.from, name: 'Propusk\r\nBcc: thief@evil.example' } }, {}],
  ])('keeps a line break in %s from becoming a header', async (_name, config, more) => {
    const server = await serve();
    expect(await send(server, config, more)).toEqual({ kind: 'accepted' });
    const [mail] = server.received;
    expect(mail?.to).toEqual(['ivanov@company.example']);
    expect(mail?.parsed.headers.map(({ key }) => key)).not.toContain('bcc');
    expect(mail?.parsed.text?.trimEnd()).toBe(message.text);
  });
});

describe('a mail server that asks for a password', () => {
  const asking: SMTPServerOptions = {
    authOptional: false,
    onAuth({ username, password }, _session, done) {
      if (username === 'propusk' && password === 'right') done(null, { user: 'propusk' });
      else done(refuse(535));
    },
  };

  test('gets user and password, after TLS', async () => {
    const server = await serve(asking);
    const credentials = { user: 'propusk', password: 'right' };
    expect(await send(server, { credentials })).toEqual({ kind: 'accepted' });
    expect(server.received).toHaveLength(1);
  });

  test('refuses a wrong one, which an administrator can put right while the message waits', async () => {
    const server = await serve(asking);
    const credentials = { user: 'propusk', password: 'wrong' };
    expect(await send(server, { credentials })).toEqual({
      kind: 'failed-temporarily',
      category: 'credentials',
    });
    expect(server.received).toEqual([]);
  });

  test('that has a fault of its own is asked again later', async () => {
    const server = await serve({ ...asking, onAuth: (_auth, _session, done) => done(refuse(454)) });
    const credentials = { user: 'propusk', password: 'right' };
    expect(await send(server, { credentials })).toEqual({
      kind: 'failed-temporarily',
      category: 'server-deferred',
    });
  });
});

describe('a mail server that says no', () => {
  test.each([
    [
      'that greylists',
      { onRcptTo: (_address, _session, done) => done(refuse(451)) },
      { kind: 'failed-temporarily', category: 'server-deferred' },
    ],
    [
      'whose disk is full',
      { onData: (stream, _session, done) => void stream.resume().on('end', () => done(refuse(452))) },
      { kind: 'failed-temporarily', category: 'server-deferred' },
    ],
    [
      'that does not know the mailbox',
      { onRcptTo: (_address, _session, done) => done(refuse(550)) },
      { kind: 'rejected-permanently', category: 'address-refused' },
    ],
    [
      'that does not take mail from us',
      { onMailFrom: (_address, _session, done) => done(refuse(553)) },
      { kind: 'rejected-permanently', category: 'sender-refused' },
    ],
    [
      'that takes the text for spam',
      { onData: (stream, _session, done) => void stream.resume().on('end', () => done(refuse(554))) },
      { kind: 'rejected-permanently', category: 'server-refused' },
    ],
    [
      'that wants nothing from this machine',
      { onConnect: (_session, done) => done(refuse(554)) },
      { kind: 'failed-temporarily', category: 'server-refused' },
    ],
    [
      'that is too busy',
      { onConnect: (_session, done) => done(refuse(421)) },
      { kind: 'failed-temporarily', category: 'server-deferred' },
    ],
  ] satisfies [string, SMTPServerOptions, object][])('%s', async (_name, options, expected) => {
    const server = await serve(options);
    const result = await send(server);
    expect(result).toEqual(expected);
    expect(JSON.stringify(result)).not.toContain('secret words');
  });
});

describe('TLS that is not what it has to be', () => {
  const tls = { kind: 'failed-temporarily', category: 'tls' } as const;

  test('an authority that nobody named is not trusted', async () => {
    const server = await serve();
    expect(await send(server, { authoritiesPem: undefined })).toEqual(tls);
    const implicit = await serve({ secure: true });
    expect(await send(implicit, { authoritiesPem: undefined, security: 'tls' })).toEqual(tls);
  });

  test('a certificate for another name is not accepted', async () => {
    const other = makeMailCertificate('mail.other.example');
    const server = await serve(other);
    expect(await send(server, { authoritiesPem: other.cert })).toEqual(tls);
  });

  test('without STARTTLS nothing is said, neither password nor message', async () => {
    const server = await serve({ disabledCommands: ['STARTTLS'] });
    const credentials = { user: 'propusk', password: 'right' };
    expect(await send(server, { credentials })).toEqual(tls);
    expect(server.received).toEqual([]);
  });

  test('a server without TLS at a port that should have it', async () => {
    const server = await serve();
    expect(await send(server, { security: 'tls' })).toMatchObject({
      kind: 'failed-temporarily',
      category: 'tls',
    });
  });

  test('"none" is refused at start for any server but one on this machine', () => {
    expect(() => createSmtpTransport({ ...base, host: 'mail.example.org', security: 'none' })).toThrow(
      expect.objectContaining({ code: 'configuration-invalid' }),
    );
  });
});

describe('a mail server that is not there', () => {
  async function listen(onConnection: (socket: Socket) => void) {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      onConnection(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(
      () =>
        new Promise((resolve) => {
          for (const socket of sockets) socket.destroy();
          server.close(() => resolve());
        }),
    );
    return { port: (server.address() as AddressInfo).port, sockets };
  }

  test('is tried again later', async () => {
    const { port } = await listen((socket) => socket.destroy());
    expect(await send({ port })).toEqual({ kind: 'failed-temporarily', category: 'unreachable' });
    for (const close of closers.splice(0)) await close();
    expect(await send({ port })).toEqual({ kind: 'failed-temporarily', category: 'unreachable' });
  });

  test('that says nothing is left after the time-out', async () => {
    const server = await listen(() => {});
    expect(await send(server, { timeoutMs: 150 })).toEqual({
      kind: 'failed-temporarily',
      category: 'timeout',
    });
  });

  test('that goes silent in the middle is left after the time-out', async () => {
    const server = await listen((socket) => socket.write('220 mail.example.org\r\n'));
    expect(await send(server, { timeoutMs: 150 })).toEqual({
      kind: 'failed-temporarily',
      category: 'timeout',
    });
  });

  test('that drips is left when the attempt is over, and its connection with it', async () => {
    const server = await listen((socket) => {
      const drip = setInterval(() => socket.write('220-wait\r\n'), 20);
      socket.on('close', () => clearInterval(drip));
    });
    const transport = createSmtpTransport({ ...base, port: server.port });
    expect(await transport.send(message, AbortSignal.timeout(200))).toEqual({
      kind: 'failed-temporarily',
      category: 'timeout',
    });
    const [socket] = server.sockets;
    if (socket && !socket.closed) await once(socket, 'close');
    expect(socket?.closed).toBe(true);
  });

  test('that never stops talking is not listened to for ever', async () => {
    const server = await listen((socket) => {
      socket.write(`220-${'x'.repeat(1000)}\r\n`.repeat(200));
    });
    expect((await send(server)).kind).toBe('failed-temporarily');
  });
});

describe('the check of a mail server', () => {
  test('connects, secures and signs in, and sends nothing', async () => {
    const server = await serve();
    const transport = createSmtpTransport({ ...base, port: server.port });
    expect(await transport.check(AbortSignal.timeout(5_000))).toEqual({ kind: 'accepted' });
    expect(server.received).toEqual([]);
  });
});
