import type { NoticePort } from '../../reminders/ports.ts';
import type { NotificationPort } from '../../workspace/events/ports.ts';
import { actorOf } from '../actor.ts';
import type { ConsoleSection } from '../options.ts';
import { type EventView, eventsView, readBody } from './contract.ts';

export interface EventsSectionOptions {
  readonly port: NotificationPort;
  readonly notices: NoticePort;
}

/** The bell «События»: what ends soon and what has happened, in one list. */
export function createEventsSection({ port, notices }: EventsSectionOptions): ConsoleSection {
  return {
    name: 'events',
    register(app, { clock }) {
      app.get('/api/events', { schema: { response: { 200: eventsView } } }, async (request) => {
        const { accountId } = actorOf(request);
        const now = clock.now();
        const [endings, notifications] = await Promise.all([
          notices.listNotices(accountId, now),
          port.listNotifications(accountId, now),
        ]);
        const events: EventView[] = [
          ...endings.map(({ kind, id, notAfter, createdAt, isRead }) => ({
            id,
            kind: 'expires',
            payload: { about: kind, id, at: notAfter.toISOString() },
            count: 1,
            at: createdAt.toISOString(),
            isRead,
          })),
          ...notifications.map(({ at, payload, ...rest }) => ({
            ...rest,
            payload: { ...payload },
            at: at.toISOString(),
          })),
        ].toSorted((a, b) => Number(a.isRead) - Number(b.isRead) || b.at.localeCompare(a.at));
        return { unread: events.filter(({ isRead }) => !isRead).length, events };
      });

      app.post('/api/events/read', { schema: { body: readBody } }, async (request, reply) => {
        const { accountId } = actorOf(request);
        await port.markRead(accountId, request.body.ids, clock.now());
        return await reply.code(204).send();
      });
    },
  };
}
