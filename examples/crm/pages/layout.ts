import { type Html, html } from '../html.ts';
import type { Identity } from '../identity/identity.ts';
import { hueOf, initialsOf } from './format.ts';
import { type Language, TEXTS } from './texts.ts';

/** What every page knows. */
export interface PageContext {
  readonly language: Language;
  readonly identity: Identity | undefined;
  readonly now: Date;
  /** Path and query of this page without `lang`, for the switch of languages. */
  readonly here: URL;
}

export function renderLayout(context: PageContext, title: string, content: Html): string {
  const { language, identity } = context;
  const texts = TEXTS[language];
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${texts.company}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/crm.css">
<script src="/assets/crm.js" defer></script>
</head>
<body data-new-comment="${texts.newComment}" data-status-changed="${texts.statusChanged}" data-live="${texts.live}" data-lost="${texts.lost}">
<header class="top"><div class="bar">
  <a class="brand" href="/"><img src="/assets/icon.svg" alt="" width="28" height="28"><span>${texts.company}</span></a>
  ${
    identity &&
    html`<nav class="menu" aria-label="${texts.product}"><a class="menu-link" href="/" aria-current="page">${texts.tickets}</a><a class="menu-link" href="/report?mb=5" title="${texts.reportHint}" download>${texts.report}</a></nav>
  <div class="person">${renderAvatar(identity.name)}<span class="who"><strong id="who-name">${identity.name}</strong><small id="who-login">${identity.login}</small></span></div>`
  }
</div></header>
<main id="content">${content}</main>
<footer class="bottom">
  <span>${identity && (identity.source === 'assertion' ? texts.verified : texts.notVerified)}</span>
  <span class="languages">${(['ru', 'en'] as const).map(
    (other) =>
      html`<a class="language" href="${withLanguage(context.here, other)}" lang="${other}" hreflang="${other}"${other === language && html` aria-current="true"`}>${other === 'ru' ? 'Русский' : 'English'}</a>`,
  )}</span>
</footer>
<div class="toasts" role="status" id="toasts"></div>
</body>
</html>`.markup;
}

export function renderAvatar(name: string): Html {
  return html`<span class="avatar hue-${hueOf(name)}" aria-hidden="true">${initialsOf(name)}</span>`;
}

/** A page that says one thing: not found, not signed in. */
export function renderMessagePage(context: PageContext, title: string, hint: string): string {
  const content = html`<section class="message"><h1>${title}</h1><p>${hint}</p>
    ${context.identity && html`<a class="button" href="/">${TEXTS[context.language].back}</a>`}</section>`;
  return renderLayout(context, title, content);
}

function withLanguage(here: URL, language: Language): string {
  const query = new URLSearchParams(here.search);
  query.set('lang', language);
  return `${here.pathname}?${query}`;
}
