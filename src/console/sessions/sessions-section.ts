import { z } from 'zod';
import type { SessionId } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { actorOf } from '../actor.ts';
import type { ConsoleSection } from '../options.ts';
import { endedView, historyView, sessionsView } from './contract.ts';
import type { OwnSessionPort } from './ports.ts';
import { type NameOfApplication, presentHistoryEvent, presentSession } from './present-sessions.ts';

const HISTORY_MAX = 50;

export interface SessionsSectionOptions {
  readonly port: OwnSessionPort;
  readonly nameOfApplication: NameOfApplication;
}

/** «Мои сеансы»: where I am signed in, and what has happened with my sign-in. */
export function createSessionsSection({ port, nameOfApplication }: SessionsSectionOptions): ConsoleSection {
  return {
    name: 'sessions',
    register(app, { clock }) {
      app.get('/api/sessions', { schema: { response: { 200: sessionsView } } }, async (request) => {
        const actor = actorOf(request);
        const sessions = await port.listOwnSessions(actor.accountId, clock.now());
        const present = sessions.map((session) => presentSession(session, actor, nameOfApplication));
        return {
          sessions: [
            ...present.filter(({ isCurrent }) => isCurrent),
            ...present.filter(({ isCurrent }) => !isCurrent),
          ],
        };
      });

      app.get('/api/sessions/history', { schema: { response: { 200: historyView } } }, async (request) => {
        const { accountId, locale } = actorOf(request);
        const events = await port.listOwnHistory(accountId, HISTORY_MAX);
        return { events: events.map((event) => presentHistoryEvent(event, locale, nameOfApplication)) };
      });

      app.post(
        '/api/sessions/:id/end',
        { schema: { params: z.object({ id: z.uuid() }) } },
        async (request, reply) => {
          const { accountId, journal } = actorOf(request);
          const outcome = await port.endOwnSession({
            accountId,
            sessionId: request.params.id.toLowerCase() as SessionId,
            actor: journal,
            now: clock.now(),
          });
          if (outcome === 'missing') throw new ProblemError('not-found');
          return await reply.code(204).send();
        },
      );

      app.post('/api/sessions/end-others', { schema: { response: { 200: endedView } } }, async (request) => {
        const { accountId, sessionId, journal } = actorOf(request);
        const ended = await port.endOtherSessions({
          accountId,
          exceptSessionId: sessionId,
          actor: journal,
          now: clock.now(),
        });
        return { ended };
      });
    },
  };
}
