import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { afterEach, expect, test } from 'vitest';
import { type MailSimulator, startMailSimulator } from './server.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(dataDirectory?: string): Promise<MailSimulator> {
  const simulator = await startMailSimulator({
    port: 0,
    smtpPort: 0,
    host: '127.0.0.1',
    ...(dataDirectory === undefined ? {} : { dataDirectory }),
  });
  closers.push(() => simulator.close());
  return simulator;
}

function send({ smtpPort }: MailSimulator, to: string[], subject: string, text: string): Promise<void> {
  const connection = new SMTPConnection({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true });
  const message = `From: propusk@company.example\r\nSubject: ${subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`;
  return new Promise((resolve, reject) => {
    connection.on('error', reject);
    connection.connect(() => {
      connection.send({ from: 'propusk@company.example', to }, message, (error) => {
        connection.quit();
        if (error) reject(error);
        else resolve();
      });
    });
  });
}

test('what is sent is in the mailbox of each recipient, and on the page', async () => {
  const simulator = await start();
  await send(
    simulator,
    ['ivanov@company.example', 'petrov@company.example'],
    'Reminder',
    'Замените <b>его</b>',
  );
  expect(simulator.mails()).toMatchObject([
    { number: 1, to: 'ivanov@company.example', from: 'propusk@company.example', subject: 'Reminder' },
    { number: 2, to: 'petrov@company.example', text: 'Замените <b>его</b>' },
  ]);
  const page = await (await fetch(`${simulator.url}/?lang=ru&mail=1`)).text();
  expect(page).toContain('Почтовый ящик');
  expect(page).toContain('Замените &lt;b&gt;его&lt;/b&gt;');
  expect(page).not.toContain('<b>его');
});

test('mail survives a restart', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'propusk-mailbox-'));
  closers.push(() => rmSync(directory, { recursive: true }));
  const first = await start(directory);
  await send(first, ['ivanov@company.example'], 'Reminder', 'text');
  await first.close();
  closers.pop();
  const second = await start(directory);
  expect(second.mails()).toEqual(first.mails());
});

test('an empty mailbox says what comes, in both languages', async () => {
  const simulator = await start();
  expect(await (await fetch(`${simulator.url}/?lang=ru`)).text()).toContain('Писем пока нет');
  expect(await (await fetch(`${simulator.url}/?lang=en`)).text()).toContain('No messages yet');
});
