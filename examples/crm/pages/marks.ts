import type { Priority, TicketStatus } from '../data/ticket.ts';
import { type Html, html } from '../html.ts';
import type { Texts } from './texts.ts';

/** Shape and word, so that nothing hangs on colour alone. */
export function renderStatus(status: TicketStatus, texts: Texts): Html {
  return html`<span class="pill ${status}">${STATUS_MARKS[status]}${texts.statuses[status]}</span>`;
}

export function renderPriority(priority: Priority, texts: Texts): Html {
  return html`<span class="mark ${priority}">${PRIORITY_MARKS[priority]}${texts.priorities[priority]}</span>`;
}

function icon(paths: Html): Html {
  return html`<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">${paths}</svg>`;
}

const STATUS_MARKS: Readonly<Record<TicketStatus, Html>> = {
  new: icon(html`<circle cx="8" cy="8" r="4" class="fill"/>`),
  'in-progress': icon(
    html`<circle cx="8" cy="8" r="5.5"/><path d="M8 2.5a5.5 5.5 0 0 1 0 11z" class="fill"/>`,
  ),
  waiting: icon(html`<circle cx="8" cy="8" r="5.5"/><path d="M8 5v3.200l2 1.300"/>`),
  solved: icon(html`<path d="M3 8.5l3.300 3.300L13 5"/>`),
  closed: icon(html`<path d="M4 8h8"/>`),
};

const PRIORITY_MARKS: Readonly<Record<Priority, Html>> = {
  high: icon(html`<path d="M8 13V3.5M4 7l4-4 4 4"/>`),
  normal: icon(html`<path d="M4 8h8"/>`),
  low: icon(html`<path d="M8 3v9.5M4 9l4 4 4-4"/>`),
};
