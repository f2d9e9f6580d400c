import { type Html, html } from '../../web/html.ts';
import { renderFrame } from '../../web/page-frame.ts';
import { FAULT_KINDS, FAULT_PLACES, type Faults } from '../faults.ts';
import { type DssUser, findUser, PIN, USERS } from '../users.ts';
import { type Language, PAGE_TEXTS, type PageTexts } from './page-texts.ts';
import { renderRequest, renderRow } from './render-request.ts';
import type { PhoneRequest } from './requests.ts';

export interface PageInput {
  readonly language: Language;
  /** Whose telephone is open; the one with the newest waiting request where nobody is named. */
  readonly login: string | null;
  /** Of everybody, oldest first. */
  readonly requests: readonly PhoneRequest[];
  readonly faults: Faults;
  /** Of the DSS, as clients are told it. */
  readonly origin: string;
  readonly now: Date;
}

export function renderPage(input: PageInput): string {
  const texts = PAGE_TEXTS[input.language];
  const newest = input.requests.findLast(({ state }) => state === 'waiting');
  const login = input.login ?? newest?.login ?? '';
  const user = findUser(login) ?? USERS.find(({ methods }) => methods.length > 0);
  return renderFrame({
    language: input.language,
    title: texts.title,
    simulated: texts.simulated,
    styles: ['/page.css', '/device.css', '/phone.css'],
    script: '/phone.js',
    announcements: html` data-new-request="${texts.newRequest}"`,
    address: (other) => address(other, input.login),
    content: html`${renderPeople(input, texts, user)}
  ${user && renderDevice(input, texts, user)}
  ${user && renderPanel(input, texts, user)}`,
  });
}

function address(language: Language, login: string | null): string {
  return `/?${new URLSearchParams({ lang: language, ...(login === null ? {} : { user: login }) })}`;
}

function renderPeople(input: PageInput, texts: PageTexts, open: DssUser | undefined): Html {
  return html`<nav class="people" aria-label="${texts.people}">
    <h2>${texts.people}</h2>
    <ul>${USERS.map((user) => {
      const waiting = input.requests.filter(
        ({ login, state }) => login === user.login && state === 'waiting',
      ).length;
      return html`<li><a id="user-${user.login}" href="${address(input.language, user.login)}"${user === open && html` aria-current="page"`}>
        <span class="login">${user.login}</span>
        ${waiting > 0 && html`<span class="count">${waiting}<span class="hidden"> ${texts.waitingCount}</span></span>`}
        <span class="about">${user.about[input.language]}</span>
      </a></li>`;
    })}</ul>
  </nav>`;
}

function renderDevice(input: PageInput, texts: PageTexts, user: DssUser): Html {
  const own = input.requests.filter(({ login }) => login === user.login).reverse();
  const waiting = own.filter(({ state }) => state === 'waiting');
  const earlier = own.filter(({ state }) => state !== 'waiting' && state !== 'choosing').slice(0, 8);
  const back = address(input.language, user.login);
  return html`<section class="device" aria-label="${texts.phone}">
    <div class="screen">
      <div class="status-bar" aria-hidden="true"><span>${formatTime(input.now)}</span><span class="network">${user.offline === true ? '✈' : '●●●'}</span></div>
      <div class="owner"><span class="avatar" aria-hidden="true">${user.name.surname.slice(0, 1)}</span>
        <h2>${user.name.surname} ${user.name.givenName}</h2>
        <p>${[...new Set(user.methods.map((method) => texts.methods[method]))].join(' · ')}</p></div>
      ${waiting.map((request) => renderRequest(request, texts, back, input.now))}
      ${waiting.length === 0 && renderEmpty(texts, user)}
      ${
        earlier.length > 0 &&
        html`<h3>${texts.earlier}</h3><ol class="earlier">${earlier.map((request) => renderRow(request, texts, formatTime(request.createdAt)))}</ol>`
      }
    </div>
  </section>`;
}

function renderEmpty(texts: PageTexts, user: DssUser): Html {
  const hasPhone = user.methods.length > 0;
  return html`<div class="empty">
    <svg viewBox="0 0 64 64" width="72" height="72" aria-hidden="true"><path d="M32 6 54 14v16c0 14-9 24-22 28C19 54 10 44 10 30V14z"/><path class="mark" d="m22 32 7 7 14-15"/></svg>
    <p class="empty-title">${hasPhone ? texts.emptyTitle : texts.noPhoneTitle}</p>
    <p>${hasPhone ? texts.emptyHint : texts.noPhoneHint}</p>
  </div>`;
}

function renderPanel({ faults, language, origin }: PageInput, texts: PageTexts, user: DssUser): Html {
  const fault = faults.ownOf(user.login);
  const count = user.certificates.reduce(
    (sum, spec) => sum + ((spec.algorithm === 'rsa' && spec.count) || 1),
    0,
  );
  return html`<aside class="panel">
    <h2>${texts.signInData}</h2>
    <dl>
      <dt class="wide">${texts.authorizationServer}</dt><dd class="wide"><code>${origin}/STS/oauth</code></dd>
      <dt class="wide">${texts.dssServer}</dt><dd class="wide"><code>${origin}/SignServer/rest</code></dd>
      <dt>${texts.login}</dt><dd><code>${user.login}</code></dd>
      <dt>${texts.password}</dt><dd>${user.password === '' ? texts.noPassword : html`<code>${user.password}</code>`}</dd>
      <dt>${texts.certificates}</dt><dd>${count}</dd>
      ${user.certificates.some(({ pin }) => pin !== undefined) && html`<dt>${texts.pin}</dt><dd><code>${PIN}</code></dd>`}
    </dl>
    <form class="faults" method="post" action="/practice/faults" id="faults">
      <input type="hidden" name="back" value="${address(language, user.login)}">
      <input type="hidden" name="login" value="${user.login}">
      <fieldset><legend>${texts.faults}</legend>
      <p class="quiet">${texts.faultsHint}</p>
      ${FAULT_KINDS.map(
        (
          kind,
        ) => html`<label class="fault"><input type="radio" name="kind" id="fault-${kind}" value="${kind}"${kind === fault.kind && html` checked`}>
          <span>${texts.faultNames[kind]}</span></label>`,
      )}
      </fieldset>
      <label class="place">${texts.faultPlace}
        <select name="place" id="fault-place">${FAULT_PLACES.map(
          (place) =>
            html`<option value="${place}"${place === fault.place && html` selected`}>${texts.placeNames[place]}</option>`,
        )}</select></label>
      <button type="submit" class="apply">${texts.apply}</button>
    </form>
  </aside>`;
}

function formatTime(moment: Date): string {
  return new Intl.DateTimeFormat('ru-RU', { hour: '2-digit', minute: '2-digit' }).format(moment);
}
