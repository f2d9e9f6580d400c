import type { FastifyInstance } from 'fastify';
import { formatListQuery, parseListQuery } from '../list-query.ts';
import { renderListPage } from '../pages/list-page.ts';
import { renderTicketPage } from '../pages/ticket-page.ts';
import { contextOf, personOf } from '../people.ts';
import { streamReport } from '../report.ts';
import { type CrmParts, findTicket } from './parts.ts';

const REPORT_MAX_MEGABYTES = 4096;

/** Everything that only reads. */
export function registerPages(app: FastifyInstance, { tickets, sessions, live }: CrmParts): void {
  app.get('/', (request, reply) => {
    const filter = parseListQuery(new URL(request.url, 'http://crm').searchParams);
    sessions.remember(personOf(request).token, { list: formatListQuery(filter) });
    const page = renderListPage(contextOf(request), {
      filter,
      ...tickets.list(filter),
      counts: tickets.countByStatus(filter.text),
    });
    return reply.type('text/html').send(page);
  });

  app.get<{ Params: { id: string } }>('/tickets/:id', (request, reply) => {
    const ticket = findTicket(tickets, request);
    if (!ticket) return reply.callNotFound();
    const { state } = personOf(request).session;
    const page = renderTicketPage(contextOf(request), {
      ticket,
      comments: tickets.listComments(ticket.id),
      files: tickets.listFiles(ticket.id),
      draft: state.drafts[ticket.id] ?? '',
      listQuery: state.list,
    });
    return reply.type('text/html').send(page);
  });

  app.get<{ Querystring: { mb?: string } }>('/report', (request, reply) => {
    const asked = Number(request.query.mb ?? 5);
    const megabytes = asked > 0 && asked <= REPORT_MAX_MEGABYTES ? asked : 5;
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="tickets.csv"')
      .send(streamReport(tickets.listAll(), megabytes));
  });

  app.get('/events', (request, reply) => {
    reply.hijack();
    live.addStream(request.raw, reply.raw);
  });

  /** Who the CRM thinks is there: for the curious, and for tests that follow a session through the gate. */
  app.get('/whoami.json', (request) => {
    const { identity, session } = personOf(request);
    const { login, startedAt, requests } = session;
    return { identity, session: { login, startedAt, requests } };
  });
}
