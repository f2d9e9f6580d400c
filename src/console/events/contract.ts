import { z } from 'zod';

export const eventView = z.object({
  id: z.string(),
  /** `expires`, `certificate-revoked`, `certificate-status`, `fetch-failed`, and those of other parts. */
  kind: z.string(),
  payload: z.record(z.string(), z.string()),
  count: z.number(),
  at: z.iso.datetime(),
  isRead: z.boolean(),
});

export const eventsView = z.object({ unread: z.number(), events: z.array(eventView) });

/** Without `ids`: all of them. */
export const readBody = z.object({ ids: z.array(z.string().max(200)).max(300).optional() });

export type EventView = z.infer<typeof eventView>;
export type EventsView = z.infer<typeof eventsView>;
