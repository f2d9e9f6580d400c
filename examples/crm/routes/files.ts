import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { formatDisposition, receiveFile } from '../files.ts';
import { renderMessagePage } from '../pages/layout.ts';
import { TEXTS } from '../pages/texts.ts';
import { contextOf, personOf } from '../people.ts';
import { type CrmParts, findTicket, seeTicket } from './parts.ts';

/** Files of a ticket: in and out as streams. */
export function registerFiles(app: FastifyInstance, { tickets, live, filesFolder }: CrmParts): void {
  app.post<{ Params: { id: string } }>('/tickets/:id/files', async (request, reply) => {
    const ticket = findTicket(tickets, request);
    if (!ticket) return reply.callNotFound();
    const stored = await receiveFile(request.raw, filesFolder);
    if (!stored) {
      const context = contextOf(request);
      const { refused, refusedHint } = TEXTS[context.language];
      return reply
        .code(400)
        .type('text/html')
        .send(renderMessagePage(context, refused, refusedHint));
    }
    const author = personOf(request).identity.name;
    tickets.addFile(ticket.id, { ...stored, author, createdAt: new Date() });
    live.announce({ type: 'file', ticketId: ticket.id, subject: ticket.subject, author });
    return seeTicket(reply, ticket);
  });

  app.get<{ Params: { id: string; file: string } }>('/tickets/:id/files/:file', (request, reply) => {
    const ticket = findTicket(tickets, request);
    const file = ticket && tickets.findFile(ticket.id, Number(request.params.file) || 0);
    if (!file) return reply.callNotFound();
    return reply
      .type('application/octet-stream')
      .header('content-length', file.sizeBytes)
      .header('content-disposition', formatDisposition(file.name))
      .send(createReadStream(join(filesFolder, file.storedAs)));
  });
}
