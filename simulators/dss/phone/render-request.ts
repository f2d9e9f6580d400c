import { type Html, html } from '../../web/html.ts';
import type { PageTexts } from './page-texts.ts';
import type { PhoneRequest } from './requests.ts';

/** A request that waits: buttons, or the codes that are to be typed elsewhere. */
export function renderRequest(request: PhoneRequest, texts: PageTexts, back: string, now: Date): Html {
  const secondsLeft = Math.max(0, Math.ceil((request.endsAt.getTime() - now.getTime()) / 1000));
  return html`<article class="request ${request.channel}" data-request="${request.id}">
    <header><span class="channel">${texts.channels[request.channel]}</span>
      <span class="left">${texts.expiresIn} <time data-seconds="${secondsLeft}">${formatLeft(secondsLeft)}</time></span></header>
    <h3>${texts.purposes[request.purpose.kind]}</h3>
    ${request.purpose.kind === 'transaction' && html`<ul class="documents">${request.purpose.documents.map((name) => html`<li>${name || '—'}</li>`)}</ul>`}
    ${request.purpose.kind === 'scope' && html`<p>${request.purpose.scope}</p>`}
    ${renderAnswer(request, texts, back)}
    <p class="id">${request.id}</p>
  </article>`;
}

/** A request that is over, in a line. */
export function renderRow(request: PhoneRequest, texts: PageTexts, time: string): Html {
  return html`<li class="${request.state}"><span>${texts.purposes[request.purpose.kind]}</span>
    <time datetime="${request.createdAt.toISOString()}">${time}</time>
    <strong>${texts.outcomes[request.state]}</strong></li>`;
}

function renderAnswer(request: PhoneRequest, texts: PageTexts, back: string): Html {
  switch (request.channel) {
    case 'sms':
    case 'email':
      return html`<div class="code"><span>${request.channel === 'sms' ? texts.codeFromSms : texts.codeFromEmail}</span>
        <output data-code>${formatCode(request.code)}</output><p class="quiet">${texts.codeHint}</p></div>`;
    case 'offline-application':
      return html`<p class="quiet">${texts.offlineHint}</p>${renderOfflineCodes(request, texts)}`;
    case 'application':
      return html`${renderButtons(request, texts, back)}
        <details><summary>${texts.withoutNetwork}</summary>${renderOfflineCodes(request, texts)}</details>`;
    case 'sim':
    case 'not-chosen':
      return html`<p class="quiet">${texts.simHint}</p>${renderButtons(request, texts, back)}`;
  }
}

function renderButtons(request: PhoneRequest, texts: PageTexts, back: string): Html {
  return html`<form class="answer" method="post" action="/practice/requests/${request.id}">
    <input type="hidden" name="back" value="${back}">
    <button name="answer" value="confirm" id="confirm-${request.id}">${texts.confirm}</button>
    <button name="answer" value="decline" id="decline-${request.id}" class="secondary">${texts.decline}</button>
  </form>`;
}

function renderOfflineCodes(request: PhoneRequest, texts: PageTexts): Html {
  return html`<dl class="codes">
    <div><dt>${texts.confirmCode}</dt><dd data-confirm-code>${formatCode(request.offlineCodes?.confirm)}</dd></div>
    <div><dt>${texts.declineCode}</dt><dd data-decline-code>${formatCode(request.offlineCodes?.decline)}</dd></div>
  </dl>`;
}

/** In two halves, as people read codes aloud. */
function formatCode(code: string | undefined): string {
  return code === undefined ? '' : `${code.slice(0, 3)} ${code.slice(3)}`;
}

function formatLeft(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
