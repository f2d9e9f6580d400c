import { z } from 'zod';
import type { AuditEvent } from '../../kernel/audit-event.ts';

const instant = z.iso.datetime();
export const journalSectionSchema = z.enum(['certificates', 'fetching', 'access', 'sign-in', 'dss']);
export const journalLevelSchema = z.enum(['information', 'warning', 'error']);

export const journalEntryView = z.object({
  sequence: z.int(),
  at: instant,
  type: z.string(),
  section: journalSectionSchema,
  level: journalLevelSchema,
  /** `own`: the person. `system`: by itself. `other`: an administrator, for example. */
  by: z.enum(['own', 'system', 'other']),
  /** What it is about; empty: nothing by name. */
  objects: z.array(z.object({ sha256: z.string().nullable(), name: z.string() })),
  /** The rest, name and value. */
  details: z.array(z.object({ name: z.string(), value: z.string() })),
});

export const journalFilter = {
  section: journalSectionSchema.optional(),
  level: journalLevelSchema.optional(),
  text: z.string().max(200).optional(),
  from: instant.optional(),
  /** Not included. */
  until: instant.optional(),
};
export const journalQuery = z.object({
  ...journalFilter,
  before: z.coerce.number().int().min(1).optional(),
});
export const journalView = z.object({
  entries: z.array(journalEntryView),
  /** For the next page; null: there is none. */
  before: z.int().nullable(),
});
export const exportQuery = z.object({ ...journalFilter, format: z.enum(['csv', 'json']) });

export const reportQuery = z.object({
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/u)
    .optional(),
  sequence: z.coerce.number().int().min(1).optional(),
});
/** What goes to the technical support, word for word. */
export const reportView = z.object({ text: z.string(), fileName: z.string(), email: z.string().nullable() });

/** Of an event, and not among the details of a line: said elsewhere in it, or a number that says nothing to people. */
export const LEFT_OUT = [
  'type',
  'accountId',
  'sha256',
  'sha256s',
  'sessionId',
  'decisionId',
  'certificateId',
  'supersededId',
  'formerId',
  'changeId',
  'connectionId',
  'subject',
  'passedOverDays',
] as const;
type FieldsOf<Event> = Event extends unknown ? keyof Event : never;
/** What `details` can name. */
export type JournalField = Exclude<FieldsOf<AuditEvent>, (typeof LEFT_OUT)[number]>;

export type JournalEntryView = z.infer<typeof journalEntryView>;
export type JournalView = z.infer<typeof journalView>;
export type JournalSectionName = z.infer<typeof journalSectionSchema>;
export type JournalLevel = z.infer<typeof journalLevelSchema>;
export type ReportView = z.infer<typeof reportView>;
