import { expect, test } from 'vitest';
import { presentEntry } from './present-entry.ts';
import { formatSyslogMessage, frameSyslogMessage } from './syslog-message.ts';
import { entry } from './testing/entries.ts';
import { parseSyslogMessage } from './testing/syslog-server.ts';

const HEADER = {
  facility: 'audit',
  hostName: 'id.example.org',
  appName: 'Propusk',
  enterpriseNumber: 32_473,
} as const;

test('a message says who did what to whom from where, and holds the whole event', () => {
  const message = parseSyslogMessage(formatSyslogMessage(presentEntry(entry()), HEADER));
  expect(message).toMatchObject({
    facility: 13,
    severity: 4,
    timestamp: '2026-11-22T09:30:00.123Z',
    hostName: 'id.example.org',
    appName: 'Propusk',
    messageId: 'account-role-changed',
    dataName: 'propusk@32473',
    data: {
      sequence: '7',
      event: 'account-role-changed',
      actor: 'account',
      actorLogin: 'admin',
      accountLogin: 'иванов',
      address: '192.0.2.8',
    },
    hasMark: true,
  });
  expect(JSON.parse(message.text)).toEqual({
    sequence: 7,
    at: '2026-11-22T09:30:00.123Z',
    type: 'account-role-changed',
    actor: { kind: 'account', id: expect.any(String), login: 'admin' },
    account: { id: expect.any(String), login: 'иванов' },
    address: '192.0.2.8',
    details: { before: 'user', after: 'operator' },
  });
});

test('what would end a value of the structured data is escaped, and no line is broken', () => {
  const accountLogin = 'a"b]c\\d\ne';
  const octets = formatSyslogMessage(presentEntry(entry({ accountLogin })), HEADER);
  expect(parseSyslogMessage(octets).data.accountLogin).toBe('a"b]c\\d e');
  expect(octets.includes(0x0a)).toBe(false);
});

test('names that the header cannot hold are made so that it can', () => {
  const octets = formatSyslogMessage(
    presentEntry(entry({ event: { type: 'instance-created' }, accountLogin: undefined })),
    { ...HEADER, appName: 'Пропуск', hostName: 'id example' },
  );
  expect(parseSyslogMessage(octets)).toMatchObject({ appName: '-', hostName: 'idexample' });
});

test('a frame counts octets, not characters', () => {
  const message = formatSyslogMessage(presentEntry(entry()), HEADER);
  const frame = frameSyslogMessage(message);
  expect(message.length).toBeGreaterThan(message.toString('utf8').length);
  expect(frame.subarray(0, frame.indexOf(0x20)).toString()).toBe(String(message.length));
});
