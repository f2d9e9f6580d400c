import { type Comment, TICKET_STATUSES, type Ticket, type TicketFile } from '../data/ticket.ts';
import { type Html, html } from '../html.ts';
import { formatFull, formatMoment, formatSize } from './format.ts';
import { type PageContext, renderAvatar, renderLayout } from './layout.ts';
import { renderPriority, renderStatus } from './marks.ts';
import { TEXTS, type Texts } from './texts.ts';

export interface TicketInput {
  readonly ticket: Ticket;
  readonly comments: readonly Comment[];
  readonly files: readonly TicketFile[];
  readonly draft: string;
  /** The query of the list that the person came from. */
  readonly listQuery: string;
}

export function renderTicketPage(context: PageContext, input: TicketInput): string {
  const texts = TEXTS[context.language];
  const { ticket } = input;
  const content = html`<p class="back"><a class="back-link" href="/${input.listQuery}">← ${texts.back}</a></p>
  <div class="ticket" data-ticket="${ticket.id}">
    <header class="ticket-head">
      <p class="number">№ ${ticket.id}</p>
      <h1>${ticket.subject}</h1>
      <p class="facts">${renderStatus(ticket.status, texts)} ${renderPriority(ticket.priority, texts)}
        <span class="quiet">${texts.received} ${formatMoment(ticket.createdAt, context.now, context.language)}, ${texts.updated} ${formatMoment(ticket.updatedAt, context.now, context.language)}</span></p>
    </header>
    <section class="talks">
      <p class="description">${ticket.description}</p>
      <h2>${texts.comments}</h2>
      <div id="comments">${renderComments(input.comments, context, texts)}</div>
      ${renderCommentForm(ticket, input.draft, texts)}
    </section>
    <aside class="sides">${renderStatusForm(ticket, texts)}${renderCustomer(ticket, texts)}${renderFiles(input, context, texts)}</aside>
  </div>
  <p class="live" id="live" data-stream="live" hidden></p>`;
  return renderLayout(context, `№ ${ticket.id} ${ticket.subject}`, content);
}

function renderComments(comments: readonly Comment[], { now, language }: PageContext, texts: Texts): Html {
  if (comments.length === 0) return html`<p class="quiet">${texts.noComments}</p>`;
  return html`<ol class="comments">${comments.map(
    ({ id, author, text, createdAt }) => html`<li id="comment-${id}">${renderAvatar(author)}
      <div><p class="byline"><strong>${author}</strong> <time datetime="${createdAt.toISOString()}" title="${formatFull(createdAt, language)}">${formatMoment(createdAt, now, language)}</time></p>
      <p class="text">${text}</p></div></li>`,
  )}</ol>`;
}

function renderCommentForm(ticket: Ticket, draft: string, texts: Texts): Html {
  return html`<form class="comment-form" method="post" action="/tickets/${ticket.id}/comments">
    <label for="text">${texts.commentLabel}</label>
    <textarea id="text" name="text" rows="3" required maxlength="4000" placeholder="${texts.commentHint}" data-draft="/tickets/${ticket.id}/draft">${draft}</textarea>
    <div class="row"><button type="submit">${texts.send}</button><span class="quiet" id="draft-note"${draft === '' && html` hidden`}>${texts.draftKept}</span></div>
  </form>`;
}

function renderStatusForm(ticket: Ticket, texts: Texts): Html {
  return html`<section class="card"><form class="status-form" method="post" action="/tickets/${ticket.id}/status">
    <label for="status">${texts.status}</label>
    <div class="row"><select id="status" name="status">${TICKET_STATUSES.map(
      (status) =>
        html`<option value="${status}"${status === ticket.status && html` selected`}>${texts.statuses[status]}</option>`,
    )}</select><button type="submit" class="plain">${texts.changeStatus}</button></div>
    <dl><dt>${texts.columns.assignee}</dt><dd class="assignee">${
      ticket.assignee === undefined
        ? html`<span class="quiet">${texts.nobody}</span>`
        : html`${renderAvatar(ticket.assignee)}<span>${ticket.assignee}</span>`
    }</dd></dl>
  </form></section>`;
}

function renderCustomer(ticket: Ticket, texts: Texts): Html {
  return html`<section class="card"><h2>${texts.customer}</h2><dl>
    <dt class="hidden">${texts.customer}</dt><dd><strong>${ticket.company}</strong></dd>
    <dt>${texts.contact}</dt><dd>${ticket.contact}</dd>
    <dt>${texts.phone}</dt><dd><a href="tel:${ticket.phone.replace(/[^+\d]/g, '')}">${ticket.phone}</a></dd>
    <dt>${texts.channel}</dt><dd>${texts.channels[ticket.channel]}</dd>
  </dl></section>`;
}

function renderFiles({ ticket, files }: TicketInput, { language }: PageContext, texts: Texts): Html {
  return html`<section class="card"><h2>${texts.files}</h2>
    ${files.length === 0 && html`<p class="quiet">${texts.noFiles}</p>`}
    <ul class="files">${files.map(
      (file) =>
        html`<li><a href="/tickets/${ticket.id}/files/${file.id}">${file.name}</a> <span class="quiet">${formatSize(file.sizeBytes, language)}, ${file.author}</span></li>`,
    )}</ul>
    <form class="upload-form" method="post" action="/tickets/${ticket.id}/files" enctype="multipart/form-data">
      <label class="hidden" for="file">${texts.chooseFile}</label>
      <input type="file" id="file" name="file" required><button type="submit" class="plain">${texts.upload}</button>
    </form></section>`;
}
