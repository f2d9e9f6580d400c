import type { SortKey, Ticket, TicketFilter } from '../data/ticket.ts';
import { PAGE_SIZE } from '../data/tickets.ts';
import { type Html, html } from '../html.ts';
import { DEFAULT_FILTER, formatListQuery } from '../list-query.ts';
import { formatFull, formatMoment, shortenName } from './format.ts';
import { type PageContext, renderAvatar, renderLayout } from './layout.ts';
import { renderPriority, renderStatus } from './marks.ts';
import { TEXTS, type Texts } from './texts.ts';

export interface ListInput {
  readonly filter: TicketFilter;
  readonly tickets: readonly Ticket[];
  readonly total: number;
  readonly counts: Readonly<Record<TicketFilter['status'], number>>;
}

export function renderListPage(context: PageContext, input: ListInput): string {
  const texts = TEXTS[context.language];
  const content = html`<div class="list-head"><h1>${texts.tickets}</h1>${renderSearch(input.filter, texts)}</div>
  ${renderTabs(input, texts)}
  ${input.tickets.length === 0 ? renderNothing(input.filter, texts) : renderTable(context, input, texts)}
  ${renderPager(input, texts)}
  <p class="live" id="live" data-stream="events" hidden></p>`;
  return renderLayout(context, texts.tickets, content);
}

function address(filter: TicketFilter, change: Partial<TicketFilter>): string {
  return `/${formatListQuery({ ...filter, page: 1, ...change })}`;
}

function renderSearch(filter: TicketFilter, texts: Texts): Html {
  return html`<form class="search" role="search" action="/" method="get">
    ${filter.status !== DEFAULT_FILTER.status && html`<input type="hidden" name="status" value="${filter.status}">`}
    <label class="hidden" for="q">${texts.search}</label>
    <input type="search" id="q" name="q" value="${filter.text}" placeholder="${texts.searchHint}" maxlength="100">
    <button type="submit">${texts.find}</button>
    ${filter.text !== '' && html`<a class="clear" href="${address(filter, { text: '' })}">${texts.clear}</a>`}
  </form>`;
}

function renderTabs({ filter, counts }: ListInput, texts: Texts): Html {
  const tabs = ['open', 'new', 'in-progress', 'waiting', 'solved', 'closed', 'all'] as const;
  return html`<nav class="tabs" aria-label="${texts.status}">${tabs.map(
    (status) =>
      html`<a class="tab" href="${address(filter, { status })}"${status === filter.status && html` aria-current="true"`}>${texts.tabs[status]}<span>${counts[status]}</span></a>`,
  )}</nav>`;
}

function renderTable(context: PageContext, { filter, tickets }: ListInput, texts: Texts): Html {
  const { language, now } = context;
  return html`<table class="tickets">
    <thead><tr>
      ${renderColumn('number', filter, texts)}<th scope="col">${texts.columns.subject}</th>
      ${renderColumn('company', filter, texts)}${renderColumn('status', filter, texts)}
      ${renderColumn('priority', filter, texts)}<th scope="col">${texts.columns.assignee}</th>
      ${renderColumn('updated', filter, texts)}
    </tr></thead>
    <tbody>${tickets.map(
      (ticket) => html`<tr data-ticket="${ticket.id}">
      <td class="number">${ticket.id}</td>
      <td class="subject"><div class="subject-line"><a class="subject-link" href="/tickets/${ticket.id}">${ticket.subject}</a>${
        ticket.commentCount > 0 &&
        html`<span class="talk" title="${texts.comments}"><svg viewBox="0 0 16 16" width="13" height="13" aria-hidden="true"><path d="M2.5 2.5h11v8h-6l-3 3v-3h-2z"/></svg>${ticket.commentCount}</span>`
      }</div></td>
      <td class="company">${ticket.company}</td>
      <td class="status">${renderStatus(ticket.status, texts)}</td>
      <td class="priority">${renderPriority(ticket.priority, texts)}</td>
      <td class="assignee">${
        ticket.assignee === undefined
          ? html`<span class="quiet">${texts.nobody}</span>`
          : html`${renderAvatar(ticket.assignee)}<span>${shortenName(ticket.assignee)}</span>`
      }</td>
      <td class="updated"><time datetime="${ticket.updatedAt.toISOString()}" title="${formatFull(ticket.updatedAt, language)}">${formatMoment(ticket.updatedAt, now, language)}</time></td>
    </tr>`,
    )}</tbody></table>`;
}

function renderColumn(key: SortKey, filter: TicketFilter, texts: Texts): Html {
  const isSorted = filter.sort === key;
  // The first click brings what is wanted on top: newest, most urgent; names from А.
  const descending = isSorted ? !filter.descending : key !== 'company';
  const order = filter.descending ? 'descending' : 'ascending';
  return html`<th scope="col" class="${key}"${isSorted && html` aria-sort="${order}"`}><a class="column-link" href="${address(filter, { sort: key, descending })}">${texts.columns[key]}</a></th>`;
}

function renderNothing(filter: TicketFilter, texts: Texts): Html {
  return html`<section class="nothing"><h2>${texts.nothingFound}</h2><p>${texts.nothingFoundHint}</p>
    <a class="button" href="${address(filter, { status: 'all', text: '' })}">${texts.tabs.all}</a></section>`;
}

function renderPager({ filter, tickets, total }: ListInput, texts: Texts): Html {
  const from = (filter.page - 1) * PAGE_SIZE + 1;
  const to = from + tickets.length - 1;
  if (tickets.length === 0) return html``;
  return html`<nav class="pager" aria-label="${texts.next}">
    <span>${texts.shown(from, to, total)}</span>
    ${filter.page > 1 && html`<a class="button plain" rel="prev" href="${address(filter, { page: filter.page - 1 })}">${texts.previous}</a>`}
    ${to < total && html`<a class="button plain" rel="next" href="${address(filter, { page: filter.page + 1 })}">${texts.next}</a>`}
  </nav>`;
}
