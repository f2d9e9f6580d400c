import { z } from 'zod';

const instant = z.iso.datetime();

const account = z.object({ id: z.string(), login: z.string(), displayName: z.string() });

export const presented = z.object({
  sha256Fingerprint: z.string(),
  subject: z.string(),
  /** Hexadecimal digits, lower case. */
  serialNumber: z.string(),
  notBefore: instant,
  /** Whose it is; null: nobody's of ours. */
  owner: account.nullable(),
});

export const refusalItem = z.object({
  id: z.string(),
  at: instant,
  /** A code of `docs/errors.md`. */
  reason: z.string(),
  account,
  address: z.string(),
  application: z.string(),
  presented: presented.nullable(),
});

/** `GET /api/refusals` -> newest first. */
export const refusalsQuery = z.object({
  /** A part of login or name, an address, a serial number or a fingerprint of a certificate. */
  search: z.string().min(1).max(128).optional(),
  reason: z
    .string()
    .regex(/^[a-z-]{1,64}$/)
    .optional(),
  from: instant.optional(),
  /** Not included. */
  to: instant.optional(),
  /** The last one of the page before. */
  before: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const refusalsView = z.object({
  refusals: z.array(refusalItem),
  hasMore: z.boolean(),
  /** What `search` was taken for. */
  searchedBy: z.enum(['person', 'address', 'serial', 'fingerprint']).nullable(),
});

/** One question of the rules, and its answer. */
export const traceStep = z.object({ question: z.string(), answer: z.enum(['holds', 'does-not-hold']) });

export const certificateFact = z.object({
  id: z.string(),
  serialNumber: z.string(),
  sha256Fingerprint: z.string(),
  notBefore: instant,
  notAfter: instant,
  status: z.enum(['active', 'superseded', 'suspended', 'revoked']),
});

/** What an administrator can do about it here. */
export const fix = z.enum([
  /** `POST /api/refusals/{id}/allow-download` {} -> 204. Administrators. */
  'allow-download',
  /** `POST /api/refusals/{id}/send-password` {} -> 204. */
  'send-password',
  /** At the account's page. */
  'correct-phone',
  'unblock',
  'resume',
]);

/** `GET /api/refusals/{id}` -> everything about one of them; `not-found`. */
export const refusalView = refusalItem.extend({
  userAgent: z.string().nullable(),
  returnPath: z.string().nullable(),
  /** The account's own certificate at that time. */
  certificate: certificateFact.nullable(),
  /** The rules asked again with the facts of that time. */
  trace: z.array(traceStep),
  /** The rules asked now, with the same certificate presented. */
  now: z.object({
    outcome: z.enum(['permit', 'deny']),
    reason: z.string().nullable(),
    trace: z.array(traceStep),
    accountStatus: z.enum(['active', 'blocked']),
    certificate: certificateFact.nullable(),
  }),
  /** The first entry after it into the same application; null: none. */
  enteredAt: instant.nullable(),
  /** How the last SMS with a password of a file went; null: there was none. */
  delivery: z
    .object({
      status: z.enum(['queued', 'retrying', 'delivered', 'failed']),
      attempts: z.int(),
      at: instant,
      failure: z.string().nullable(),
    })
    .nullable(),
  hasPhone: z.boolean(),
  fixes: z.array(fix),
});

export type RefusalItem = z.infer<typeof refusalItem>;
export type RefusalsView = z.infer<typeof refusalsView>;
export type RefusalView = z.infer<typeof refusalView>;
export type TraceStep = z.infer<typeof traceStep>;
export type Fix = z.infer<typeof fix>;
