import type { FastifyInstance } from 'fastify';
import { isTicketStatus } from '../data/ticket.ts';
import { renderMessagePage } from '../pages/layout.ts';
import { TEXTS } from '../pages/texts.ts';
import { contextOf, personOf } from '../people.ts';
import { type CrmParts, findTicket, seeTicket } from './parts.ts';

const TEXT_MAX_CHARACTERS = 4000;

type Form<Field extends string> = {
  Params: { id: string };
  Body: Partial<Record<Field, unknown>> | undefined;
};

/** Comments, their drafts, and the status. */
export function registerTicketChanges(app: FastifyInstance, { tickets, sessions, live }: CrmParts): void {
  app.post<Form<'text'>>('/tickets/:id/comments', (request, reply) => {
    const ticket = findTicket(tickets, request);
    if (!ticket) return reply.callNotFound();
    const text = readText(request.body?.text);
    if (text === undefined || text === '') {
      const context = contextOf(request);
      const { refused, refusedHint } = TEXTS[context.language];
      return reply
        .code(400)
        .type('text/html')
        .send(renderMessagePage(context, refused, refusedHint));
    }
    const { identity, token } = personOf(request);
    tickets.addComment(ticket.id, identity.name, text, new Date());
    sessions.rememberDraft(token, ticket.id, '');
    live.announce({ type: 'comment', ticketId: ticket.id, subject: ticket.subject, author: identity.name });
    return seeTicket(reply, ticket, '#text');
  });

  app.post<Form<'text'>>('/tickets/:id/draft', (request, reply) => {
    const ticket = findTicket(tickets, request);
    const text = readText(request.body?.text);
    if (!ticket || text === undefined) return reply.code(400).send();
    sessions.rememberDraft(personOf(request).token, ticket.id, text);
    return reply.code(204).send();
  });

  app.post<Form<'status'>>('/tickets/:id/status', (request, reply) => {
    const ticket = findTicket(tickets, request);
    if (!ticket) return reply.callNotFound();
    const status = request.body?.status;
    if (!isTicketStatus(status)) return reply.code(400).send();
    const { identity } = personOf(request);
    tickets.setStatus(ticket.id, status, identity.name, new Date());
    live.announce({ type: 'status', ticketId: ticket.id, subject: ticket.subject, author: identity.name });
    return seeTicket(reply, ticket);
  });
}

function readText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.replaceAll('\r\n', '\n').trim();
  return text.length <= TEXT_MAX_CHARACTERS ? text : undefined;
}
