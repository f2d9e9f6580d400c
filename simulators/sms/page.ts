import { type Html, html } from '../web/html.ts';
import { renderFrame } from '../web/page-frame.ts';
import { FAULT_KINDS, type Fault } from './faults.ts';
import type { Conversation, ReceivedMessage } from './message-log.ts';
import { type Language, PAGE_TEXTS, type PageTexts } from './page-texts.ts';

export interface PageInput {
  readonly language: Language;
  readonly conversations: readonly Conversation[];
  /** The number whose messages are open; the one with the newest message where it is not known. */
  readonly phone: string | null;
  readonly fault: Fault;
  readonly now: Date;
}

export function renderPage(input: PageInput): string {
  const texts = PAGE_TEXTS[input.language];
  const open = input.conversations.find(({ phone }) => phone === input.phone) ?? input.conversations[0];
  return renderFrame({
    language: input.language,
    title: texts.title,
    simulated: texts.simulated,
    styles: ['/page.css', '/device.css', '/phone.css'],
    script: '/phone.js',
    announcements: html` data-new-message="${texts.newMessage}" data-copied="${texts.copied}"`,
    address: (other) => address(other, input.phone),
    content: html`${renderPhones(input, open)}
  <section class="device" aria-label="${texts.messages}">
    <div class="screen">
      ${renderStatusBar(input.now)}
      ${open ? renderConversation(open, texts, input.now, input.language) : renderEmpty(texts)}
    </div>
  </section>
  ${renderFaults(input, texts, open)}`,
  });
}

function address(language: Language, phone: string | null | undefined): string {
  const query = new URLSearchParams({ lang: language, ...(phone ? { to: phone } : {}) });
  return `/?${query}`;
}

function renderPhones({ conversations, language, now }: PageInput, open: Conversation | undefined): Html {
  const texts = PAGE_TEXTS[language];
  return html`<nav class="phones" aria-label="${texts.phones}">
    <h2>${texts.phones}</h2>
    ${conversations.length === 0 && html`<p class="quiet">${texts.emptyTitle}</p>`}
    <ul>${conversations.map(({ phone, messages }) => {
      const last = messages.at(-1);
      return html`<li><a id="phone-${phone.slice(1)}" href="${address(language, phone)}"${phone === open?.phone && html` aria-current="page"`}>
        <span class="number">${formatPhone(phone)}</span>
        <time>${last && formatMoment(last.receivedAt, now)}</time>
        <span class="preview">${last?.text}</span>
        <span class="count">${messages.length}</span>
      </a></li>`;
    })}</ul>
  </nav>`;
}

function renderStatusBar(now: Date): Html {
  return html`<div class="status-bar" aria-hidden="true"><span>${formatTime(now)}</span>
    <svg viewBox="0 0 62 14" width="62" height="14"><path d="M1 13V9h3v4zm5 0V7h3v6zm5 0V4h3v9zm5 0V1h3v12z"/><path d="M28 4.6a10 10 0 0 1 12 0l-1.6 2a7.4 7.4 0 0 0-8.8 0zm2.6 3.5a5.6 5.6 0 0 1 6.8 0L34 12.6z"/><rect x="46.5" y="1.5" width="13" height="11" rx="3" fill="none" stroke="currentColor"/><rect x="48.5" y="3.5" width="8" height="7" rx="1.5"/></svg>
  </div>`;
}

function renderEmpty(texts: PageTexts): Html {
  return html`<div class="empty">
    <svg viewBox="0 0 64 64" width="72" height="72" aria-hidden="true"><path d="M10 14h44a4 4 0 0 1 4 4v26a4 4 0 0 1-4 4H30L18 58V48h-8a4 4 0 0 1-4-4V18a4 4 0 0 1 4-4z"/></svg>
    <h2>${texts.emptyTitle}</h2>
    <p>${texts.emptyHint}</p>
  </div>`;
}

function renderConversation(
  { phone, messages }: Conversation,
  texts: PageTexts,
  now: Date,
  language: Language,
): Html {
  const newest = messages.at(-1);
  const earlier = messages.slice(0, -1).reverse();
  return html`<div class="sender"><span class="avatar" aria-hidden="true">P</span>
    <h2>Propusk</h2><p class="number">${formatPhone(phone)}</p></div>
  ${newest && renderNewest(newest, texts, now)}
  ${
    earlier.length > 0 &&
    html`<h3>${texts.earlier}</h3><ol class="earlier">${earlier.map(
      (message) =>
        html`<li class="bubble"><p>${message.text}</p><time datetime="${message.receivedAt.toISOString()}">${formatMoment(message.receivedAt, now, language)}</time></li>`,
    )}</ol>`
  }`;
}

function renderNewest(message: ReceivedMessage, texts: PageTexts, now: Date): Html {
  const password = findPassword(message.text);
  const text = password === undefined ? message.text : message.text.slice(0, -password.length);
  return html`<article class="newest" data-message="${message.gatewayId}">
    <p class="moment"><time datetime="${message.receivedAt.toISOString()}">${isSameDay(message.receivedAt, now) && `${texts.today}, `}${formatMoment(message.receivedAt, now)}</time></p>
    <div class="bubble"><p>${text}${password !== undefined && html`<b>${password}</b>`}</p></div>
    ${
      password !== undefined &&
      html`<div class="password"><span>${texts.passwordLabel}</span>
      <output id="password">${password}</output>
      <button type="button" id="copy" data-copy="${password}">${texts.copy}</button></div>`
    }
  </article>`;
}

/** What stands after the last colon and has no space: the password or code that the message was sent for. */
function findPassword(text: string): string | undefined {
  return /: (\S{4,128})$/u.exec(text)?.[1];
}

function renderFaults(
  { fault, language }: PageInput,
  texts: PageTexts,
  open: Conversation | undefined,
): Html {
  return html`<form class="faults" method="post" action="/faults" id="faults">
    <input type="hidden" name="back" value="${address(language, open?.phone)}">
    <fieldset><legend>${texts.faults}</legend>
    <p class="quiet">${texts.faultsHint}</p>
    ${FAULT_KINDS.map(
      (
        kind,
      ) => html`<label class="fault"><input type="radio" name="kind" id="fault-${kind}" value="${kind}"${kind === fault.kind && html` checked`}>
        <span><strong>${texts.faultNames[kind]}</strong><small>${texts.faultHints[kind]}</small></span></label>`,
    )}
    </fieldset>
    <button type="submit" class="apply">${texts.apply}</button>
  </form>`;
}

function formatPhone(phone: string): string {
  const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone);
  return russian ? `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}` : phone;
}

function isSameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}

function formatTime(moment: Date): string {
  return new Intl.DateTimeFormat('ru-RU', { hour: '2-digit', minute: '2-digit' }).format(moment);
}

function formatMoment(moment: Date, now: Date, language: Language = 'ru'): string {
  if (isSameDay(moment, now)) return formatTime(moment);
  const locale = language === 'ru' ? 'ru-RU' : 'en-GB';
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(moment);
  return `${day}, ${formatTime(moment)}`;
}
