import { z } from 'zod';
import { warning } from '../authority/contract.ts';

const instant = z.iso.datetime();

/** Why the last attempt to hand the journal on failed. */
const RECEIVER_FAILURES = [
  'unreachable',
  'timeout',
  'tls',
  'cut',
  'refused',
  'too-large',
  'server-error',
] as const;

/** `GET /api/overview?period=day|fortnight` -> how things stand. */
export const overviewQuery = z.object({ period: z.enum(['day', 'fortnight']).default('day') });

const certificateOf = z.object({
  id: z.string(),
  accountId: z.string(),
  login: z.string(),
  displayName: z.string(),
  notAfter: instant,
});

export const overviewView = z.object({
  at: instant,
  accounts: z.object({ active: z.int(), blocked: z.int(), withoutCertificate: z.int() }),
  /** With a live session. */
  present: z.object({
    people: z.int(),
    sessions: z.int(),
    /** Seen last, newest first. */
    newest: z.array(
      z.object({
        accountId: z.string(),
        login: z.string(),
        displayName: z.string(),
        lastSeenAt: instant,
        address: z.string(),
      }),
    ),
  }),
  /** Of those that are somebody's current one. */
  certificates: z.object({
    active: z.int(),
    expired: z.int(),
    suspended: z.int(),
    revoked: z.int(),
  }),
  /** Active ones that end within so many days; the first of them. */
  expiring: z.object({ in7: z.int(), in30: z.int(), first: z.array(certificateOf) }),
  /** In the period that was asked for, in equal steps that end now. */
  refusals: z.object({
    from: instant,
    stepSeconds: z.int(),
    /** One count for each step, by reason; the most frequent reason first. */
    series: z.array(z.object({ reason: z.string(), total: z.int(), counts: z.array(z.int()) })),
    entries: z.int(),
  }),
  signInFailures: z.int(),
  /** Queued in the period. */
  messages: z.object({
    delivered: z.int(),
    waiting: z.int(),
    failed: z.int(),
    failures: z.array(z.object({ category: z.string(), count: z.int() })),
  }),
  warnings: z.array(warning),
  /** Receivers of the journal that have not got what is some minutes old. */
  lateReceivers: z.array(
    z.object({
      receiver: z.string(),
      behind: z.int(),
      since: instant,
      failure: z.enum(RECEIVER_FAILURES).nullable(),
    }),
  ),
});

export type OverviewView = z.infer<typeof overviewView>;
export type OverviewPeriod = z.infer<typeof overviewQuery>['period'];
