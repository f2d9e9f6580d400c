import { z } from 'zod';

const instant = z.iso.datetime();

/** What a browser says of itself; null: it says nothing that is known. */
export const deviceView = z.object({
  browser: z.enum(['chrome', 'chromium', 'edge', 'firefox', 'opera', 'safari', 'yandex']).nullable(),
  /** The first number of its version. */
  version: z.string().nullable(),
  system: z.enum(['windows', 'macos', 'linux', 'android', 'ios', 'chromeos']).nullable(),
});

export const sessionItem = z.object({
  id: z.string(),
  /** The one that asks. */
  isCurrent: z.boolean(),
  device: deviceView,
  userAgent: z.string(),
  /** Of the sign-in. */
  address: z.string(),
  startedAt: instant,
  lastSeenAt: instant,
  /** When it ends if nothing is done with it. */
  endsAt: instant,
  /** Presented in it last; null: it has entered no application yet. */
  certificate: z
    .object({
      subject: z.string(),
      /** Hexadecimal digits, lower case. */
      serialNumber: z.string(),
      issuedAt: instant,
      notAfter: instant,
    })
    .nullable(),
  /** Names of the applications that it has entered. */
  applications: z.array(z.string()),
});

/** `GET /api/sessions` -> where I am signed in; this one first, then by when they were seen last. */
export const sessionsView = z.object({ sessions: z.array(sessionItem) });

/** `POST /api/sessions/{id}/end` {} -> 204, also for one that is over already. `not-found` for somebody else's. */

/** `POST /api/sessions/end-others` {} -> how many were ended. */
export const endedView = z.object({ ended: z.int() });

const event = { at: instant, address: z.string() };

/** `GET /api/sessions/history` -> the last sign-ins, failed attempts and refusals, newest first. */
export const historyView = z.object({
  events: z.array(
    z.discriminatedUnion('kind', [
      z.object({ ...event, kind: z.literal('signed-in'), device: deviceView }),
      /** Counted per minute. */
      z.object({ ...event, kind: z.literal('sign-in-failed'), count: z.int() }),
      z.object({
        ...event,
        kind: z.literal('refused'),
        /** A code of `docs/errors.md`. */
        reason: z.string(),
        application: z.string(),
      }),
    ]),
  ),
});

export type DeviceView = z.infer<typeof deviceView>;
export type SessionItem = z.infer<typeof sessionItem>;
export type SessionsView = z.infer<typeof sessionsView>;
export type EndedView = z.infer<typeof endedView>;
export type HistoryView = z.infer<typeof historyView>;
export type HistoryEvent = HistoryView['events'][number];
