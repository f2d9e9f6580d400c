import { expect, test } from 'vitest';
import { REVOCATION_REASONS } from '../../src/kernel/audit-event.ts';
import { MAIL_FAILURE_CATEGORIES } from '../../src/messaging/mail-transport.ts';
import { SMS_FAILURE_CATEGORIES } from '../../src/messaging/sms-transport.ts';
import { auditLogValuesEn, auditLogValuesRu } from '../../web/console/audit-log/value-words.ts';
import { deliveryFailuresEn, deliveryFailuresRu } from '../../web/console/delivery-failures.ts';
import { en as refusalsEn } from '../../web/console/refusals/en.ts';
import { REFUSAL_REASONS } from '../../web/console/refusals/reason-key.ts';
import { ru as refusalsRu } from '../../web/console/refusals/ru.ts';
import { en as statusEn } from '../../web/console/status/en.ts';
import { ru as statusRu } from '../../web/console/status/ru.ts';

const DELIVERY_FAILURES = [...new Set([...SMS_FAILURE_CATEGORIES, ...MAIL_FAILURE_CATEGORIES]), 'expired'];
const AUDIT_LOG_VALUES = [
  ...['user', 'operator', 'administrator'].flatMap((role) => [
    `role.${role}`,
    `before.${role}`,
    `after.${role}`,
  ]),
  'role.root',
  'role.issuing',
  'channel.sms',
  'channel.email',
  'delivery.sms',
  'delivery.shown',
  'proof.certificate',
  'proof.code',
];

test.for<[what: string, codes: readonly string[], ru: object, en: object]>([
  ['why a message was not delivered', DELIVERY_FAILURES, deliveryFailuresRu, deliveryFailuresEn],
  ['why somebody was refused', REFUSAL_REASONS, refusalsRu.reasons, refusalsEn.reasons],
  [
    'why a certificate was revoked',
    REVOCATION_REASONS,
    statusRu.revocationReasons,
    statusEn.revocationReasons,
  ],
  ['what the journal notes', AUDIT_LOG_VALUES, auditLogValuesRu, auditLogValuesEn],
])('every code has words: %s', ([, codes, ru, en]) => {
  expect(codes.length).toBeGreaterThan(2);
  for (const words of [ru, en]) {
    const without = codes.filter(
      (code) => !Object.entries(words).some(([name, text]) => name === code && text),
    );
    expect(without).toEqual([]);
  }
});
