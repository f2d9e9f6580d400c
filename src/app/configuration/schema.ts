import { z } from 'zod';
import { accountMenuPositionSchema, accountMenuSchema } from './schema-account-menu.ts';
import { administrationSchema } from './schema-administration.ts';
import { authoritySchema } from './schema-authority.ts';
import { consoleSchema } from './schema-console.ts';
import { dssSchema } from './schema-dss.ts';
import { emailSchema } from './schema-email.ts';
import { hostName } from './schema-host-name.ts';
import { journalDeliverySchema } from './schema-journal-delivery.ts';
import { monitoringSchema } from './schema-monitoring.ts';
import { outgoingSchema, supportSchema } from './schema-outgoing.ts';
import { personalReminderDaysSchema, reminderDaysSchema, remindersSchema } from './schema-reminders.ts';
import { smsSchema } from './schema-sms.ts';

/**
 * The configuration as written in the file. Every option has a description, because `docs/configuration.md` and
 * `docs/configuration.schema.json` are generated from here. Secrets are never written into it: options that end in
 * `File` name a file that holds one.
 */

const port = z.int().min(0).max(65_535);
const file = z.string().min(1).max(4_096);

const httpUrl = z.url({ protocol: /^https?$/, error: 'an address that begins with http:// or https://' });

const application = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/, 'up to 32 of a-z, 0-9 and -, beginning with a letter')
    .describe('Short name of the application; the audience (`aud`) of its assertions.'),
  name: z.string().min(1).max(80).describe('How pages name the application, for example `CRM «Обращения»`.'),
  hosts: z
    .array(hostName)
    .min(1)
    .max(16)
    .describe('Host names at which people open the application. The first one is used in links.'),
  upstream: httpUrl.describe(
    'Where the application itself listens, for example `http://127.0.0.1:8080`. Only the gate should be able to reach it.',
  ),
  homePath: z
    .string()
    .regex(
      /^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/,
      'a path that begins with one /, other than ASCII percent-encoded',
    )
    .default('/')
    .describe('Where «На главную» leads.'),
  allowServiceWorkers: z
    .boolean()
    .default(false)
    .describe(
      'Lets the application register service workers. A service worker can imitate pages of its own host for ever; leave it off unless the application needs one.',
    ),
  accountMenu: accountMenuSchema,
  accountMenuPosition: accountMenuPositionSchema,
  connectTimeoutSeconds: z
    .int()
    .min(1)
    .max(120)
    .default(5)
    .describe('How long a connection to the application may take.'),
  answerTimeoutSeconds: z
    .int()
    .min(1)
    .max(3_600)
    .default(120)
    .describe('How long the application may take to begin its answer.'),
  idleTimeoutSeconds: z
    .int()
    .min(5)
    .max(86_400)
    .default(300)
    .describe('How long a body or a WebSocket may be silent in both directions.'),
});

function rateLimit(perHour: number, perDay: number) {
  return z
    .strictObject({
      perHour: z.int().min(1).max(1_000_000).default(perHour).describe('Messages in an hour.'),
      perDay: z.int().min(1).max(10_000_000).default(perDay).describe('Messages in a day.'),
    })
    .prefault({});
}

export const configurationSchema = z.strictObject({
  $schema: z.string().optional().describe('Address of the JSON schema, for editors.'),
  dataDirectory: file.describe(
    'Folder of the database and of the signed audit heads. Created with mode 0700 when it is missing.',
  ),
  secretFile: file.describe(
    'File with the secret that encrypts keys and passwords in the database: at least 32 characters. `propusk init` makes one. Keep a copy apart from the backups of the database.',
  ),
  databaseUrlFile: file
    .optional()
    .describe(
      'File with the address of a PostgreSQL database (`postgresql://…`). The environment variable `DATABASE_URL` wins over it. Without either, SQLite in the data directory.',
    ),
  listen: z
    .strictObject({
      host: z
        .string()
        .min(1)
        .default('::')
        .describe('Address to listen on; `::` is every address of the machine.'),
      port: port.default(443).describe('TCP port of all hosts.'),
    })
    .prefault({})
    .describe('Where Propusk listens for TLS connections.'),
  publicPort: port
    .optional()
    .describe(
      'The port that browsers see, where it is not the one that Propusk listens on (port forwarding).',
    ),
  plainHttp: z
    .strictObject({
      host: z.string().min(1).default('::').describe('Address to listen on.'),
      port: port.default(80).describe('TCP port without TLS.'),
    })
    .optional()
    .describe(
      'A listener without TLS: redirects to https and serves the authority’s certificates and revocation lists, which must not be behind TLS.',
    ),
  tls: z
    .strictObject({
      certificateFile: file.optional().describe('Server certificate and its intermediates as PEM.'),
      keyFile: file.optional().describe('Private key of the server certificate as PEM, without a password.'),
      pfxFile: file
        .optional()
        .describe(
          'Server certificate, intermediates and key as one PKCS#12 file, in place of the two options above.',
        ),
      pfxPasswordFile: file.optional().describe('File with the password of `pfxFile`.'),
      minVersion: z
        .enum(['TLSv1.2', 'TLSv1.3'])
        .default('TLSv1.2')
        .describe('The oldest TLS version that is accepted.'),
    })
    .describe(
      'The server certificate. It has to cover the hosts of the portal, of the console and of every application.',
    ),
  portal: z
    .strictObject({
      host: hostName.describe(
        'Host name of the portal, for example `id.example.org`. No application may have it.',
      ),
    })
    .describe('Sign-in, refusals and downloads.'),
  console: consoleSchema
    .optional()
    .describe(
      'The console: workspace, own sessions and administration, behind the gate like an application. Without it there is none, and everything is done on the command line.',
    ),
  applications: z.array(application).min(1).max(200).describe('The applications behind the gate.'),
  administratorContact: z
    .string()
    .min(3)
    .max(300)
    .describe(
      'Whom people turn to when they are stuck: shown on the pages, for example `Анна Смирнова, тел. 12-34, it@example.org`.',
    ),
  productName: z.string().min(1).max(40).default('Propusk').describe('Name in the header of the pages.'),
  defaultLocale: z
    .enum(['ru', 'en'])
    .default('ru')
    .describe('Language of the pages where neither the person nor the browser asks for one.'),
  authority: authoritySchema,
  certificates: z
    .strictObject({
      validityDays: z.int().min(1).max(1_095).default(365).describe('How long a certificate is valid.'),
      fileMinutes: z
        .int()
        .min(1)
        .max(60)
        .default(10)
        .describe('How long the same file can be downloaded again.'),
      passwordHours: z
        .int()
        .min(1)
        .max(168)
        .default(24)
        .describe('How long the password of the file can be sent again.'),
      reminderDays: reminderDaysSchema,
      personalReminderDays: personalReminderDaysSchema,
    })
    .prefault({})
    .describe('Certificates of people.'),
  sessions: z
    .strictObject({
      idleMinutes: z
        .int()
        .min(5)
        .max(43_200)
        .default(720)
        .describe('A session ends after so long without a request.'),
      absoluteHours: z
        .int()
        .min(1)
        .max(8_760)
        .default(168)
        .describe('A session ends so long after its sign-in.'),
    })
    .prefault({})
    .describe('Sessions; they outlive a restart of the browser within these limits.'),
  sms: smsSchema.describe('How the passwords of certificate files are sent.'),
  email: emailSchema
    .optional()
    .describe(
      'The mail server for reminders and for telling owners what was done in their name; never for passwords or codes. Without it no e-mail is sent.',
    ),
  administration: administrationSchema.describe('What administrators do in the console.'),
  reminders: remindersSchema.describe(
    'How owners are reminded that a certificate expires, besides the notice on the pages.',
  ),
  messageLimits: z
    .strictObject({
      account: rateLimit(5, 15).describe('To one account.'),
      number: rateLimit(5, 15).describe('To one telephone number.'),
      total: rateLimit(200, 1_000).describe('All together: a stop for the budget.'),
    })
    .prefault({})
    .describe('Limits on messages.'),
  retention: z
    .strictObject({
      decisionsDays: z
        .int()
        .min(1)
        .max(3_650)
        .default(90)
        .describe('How long decisions about entry are kept.'),
      auditDays: z
        .int()
        .min(30)
        .max(36_500)
        .default(1_825)
        .describe('How long the journal is kept; it is cut only at a signed checkpoint.'),
    })
    .prefault({})
    .describe('How long records are kept.'),
  outgoing: outgoingSchema.describe(
    'Requests of the server to addresses that are written in certificates: issuers and revocation lists.',
  ),
  support: supportSchema.describe('Technical support. Without it reports are saved as files.'),
  dss: dssSchema
    .prefault({})
    .describe('Cloud signatures: connections of people to CryptoPro DSS, made in the console.'),
  monitoring: monitoringSchema.optional(),
  journalDelivery: journalDeliverySchema.describe(
    'Where the journal is handed on to, for example a SIEM: every event, in order, at least once.',
  ),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('What the log says.'),
});

/** As written: not to be used beyond `src/app/configuration`. */
export type ConfigurationInput = z.input<typeof configurationSchema>;
/** Right in form, defaults filled in; files not yet read. */
export type ConfigurationValues = z.output<typeof configurationSchema>;
