import { z } from 'zod';

const file = z.string().min(1).max(4_096);
const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'up to 32 of a-z, 0-9 and -, beginning with a letter')
  .describe(
    'Short name of the receiver. How far it has got is kept under it: another name is another receiver that begins anew.',
  );
const begin = z
  .enum(['oldest', 'now'])
  .default('oldest')
  .describe('Where a new receiver begins: with the oldest event that is kept, or with the next one.');
const caFile = file
  .optional()
  .describe(
    'PEM file with the authorities that the receiver’s certificate comes from, where they are a company’s own. Default: the well-known ones.',
  );

const syslog = z.strictObject({
  name,
  transport: z
    .enum(['tls', 'tcp', 'udp'])
    .default('tls')
    .describe(
      '`tls`: RFC 5425. `tcp`: octet counting of RFC 6587, readable on the way. `udp`: RFC 5426, readable and without any acknowledgement: events may be lost.',
    ),
  host: z.string().min(1).max(253).describe('Host name or address of the syslog server.'),
  port: z.int().min(1).max(65_535).default(6_514).describe('Port: mostly 6514 with `tls`, 514 otherwise.'),
  facility: z
    .enum([
      'auth',
      'authpriv',
      'audit',
      'local0',
      'local1',
      'local2',
      'local3',
      'local4',
      'local5',
      'local6',
      'local7',
    ])
    .default('audit')
    .describe('Facility of the messages (RFC 5424, 6.2.1).'),
  enterpriseNumber: z
    .int()
    .min(0)
    .max(4_294_967_295)
    .default(32_473)
    .describe(
      'IANA private enterprise number in the name of the structured data, `propusk@32473`. The default is the one kept for examples (RFC 5612).',
    ),
  caFile,
  certificateFile: file
    .optional()
    .describe('PEM file with our certificate, where the receiver asks for one. Belongs to `keyFile`.'),
  keyFile: file.optional().describe('PEM file with the private key of `certificateFile`.'),
  begin,
});

const webhook = z.strictObject({
  name,
  url: z
    .url({ protocol: /^https?$/, error: 'an address that begins with https://' })
    .describe('Where events are posted as JSON lines. http:// only on this machine.'),
  secretFile: file.describe(
    'File with the secret, at least 32 characters, that signs every body (HMAC-SHA-256, field `Propusk-Signature`).',
  ),
  authorizationFile: file
    .optional()
    .describe('File with the value of the field `Authorization`, where the receiver wants one besides.'),
  caFile,
  begin,
});

/** Where the journal is handed on to. */
export const journalDeliverySchema = z
  .strictObject({
    syslog: z.array(syslog).max(8).default([]).describe('Syslog servers (RFC 5424).'),
    webhooks: z.array(webhook).max(8).default([]).describe('Web addresses.'),
  })
  .prefault({});
