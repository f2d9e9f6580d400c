import { z } from 'zod';

/** For the table of titles. */
export type { AuditEventType } from '../../kernel/audit-event.ts';

const instant = z.iso.datetime();

export const CHANGED_FIELDS = ['displayName', 'phone', 'email', 'role', 'status'] as const;

export const person = z.object({ id: z.string(), login: z.string(), displayName: z.string() });

/** Who did it. */
export const actorView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('account'), person }),
  z.object({ kind: z.enum(['command-line', 'system', 'anonymous']) }),
]);

/** A value of an event, as it stands in the journal. */
export const detail = z.union([
  z.string(),
  z.number(),
  z.array(z.union([z.string(), z.number()])),
  z.record(z.string(), z.string()),
]);

export const auditLogEvent = z.object({
  sequence: z.int(),
  at: instant,
  /** An event's type; pages know the titles. */
  type: z.string(),
  actor: actorView,
  /** Whom it is about; null: nobody, or nobody by name. */
  person: person.nullable(),
  /** Without type and account. */
  details: z.record(z.string(), detail),
  /** What was another value before; telephone numbers by their last digits. Null: none. */
  changes: z.array(
    z.object({
      field: z.enum(CHANGED_FIELDS),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
});

/** What `GET /api/audit-log/events` and `…/export` may be asked for; everything given has to hold. */
export const auditLogFilter = {
  /** Types, separated by commas. */
  types: z
    .string()
    .regex(/^[a-z0-9-]{1,64}(?:,[a-z0-9-]{1,64}){0,99}$/)
    .optional(),
  /** A login: whom it is about, or who did it. */
  login: z.string().min(1).max(128).optional(),
  from: instant.optional(),
  /** Not included. */
  to: instant.optional(),
};

/** `GET /api/audit-log/events` -> newest first. */
export const auditLogQuery = z.object({
  ...auditLogFilter,
  /** Only older ones than this sequence number: the next page. */
  before: z.coerce.number().int().min(1).optional(),
  /** Only newer ones: what came since. */
  after: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const auditLogView = z.object({
  events: z.array(auditLogEvent),
  /** There are older ones, or with `after` newer ones that did not fit. */
  hasMore: z.boolean(),
  /** False: nobody has the login that was asked for. */
  loginKnown: z.boolean(),
});

/** `GET /api/audit-log/events/{sequence}` -> one of them; `not-found`. */

/** `GET /api/audit-log/export?format=csv|jsonl` -> all that fit, oldest first. Administrators only. */
export const auditLogExportQuery = z.object({ ...auditLogFilter, format: z.enum(['csv', 'jsonl']) });

/** `POST /api/audit-log/verify` {} -> the whole chain was read. Administrators only. */
export const auditLogReport = z.object({
  at: instant,
  events: z.int(),
  firstSequence: z.int(),
  lastSequence: z.int(),
  /** Signed heads outside the database that were compared. */
  heads: z.int(),
  findingCount: z.int(),
  /** The first of them. */
  findings: z.array(z.object({ kind: z.string(), sequence: z.int().nullable() })),
});

export type AuditLogEvent = z.infer<typeof auditLogEvent>;
export type AuditLogView = z.infer<typeof auditLogView>;
export type AuditLogReport = z.infer<typeof auditLogReport>;
export type AuditLogDetail = z.infer<typeof detail>;
