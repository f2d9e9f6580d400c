import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ticket } from '../data/ticket.ts';
import type { Tickets } from '../data/tickets.ts';
import type { Live } from '../live.ts';
import type { Sessions } from '../session.ts';

/** What the routes work with. */
export interface CrmParts {
  readonly tickets: Tickets;
  readonly sessions: Sessions;
  readonly live: Live;
  readonly filesFolder: string;
}

export type TicketRequest = FastifyRequest<{ Params: { id: string } }>;

export function findTicket(tickets: Tickets, request: TicketRequest): Ticket | undefined {
  const { id } = request.params;
  return /^\d{1,9}$/.test(id) ? tickets.find(Number(id)) : undefined;
}

/** After a form, the browser loads the page anew, so that a reload does not send the form again. */
export function seeTicket(reply: FastifyReply, ticket: Ticket, fragment = ''): FastifyReply {
  return reply.code(303).header('location', `/tickets/${ticket.id}${fragment}`).send();
}
