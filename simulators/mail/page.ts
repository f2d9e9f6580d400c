import { type Html, html } from '../web/html.ts';
import { renderFrame } from '../web/page-frame.ts';
import type { ReceivedMail } from './mail-log.ts';
import { type Language, PAGE_TEXTS, type PageTexts } from './page-texts.ts';

export interface PageInput {
  readonly language: Language;
  readonly mails: readonly ReceivedMail[];
  /** The number of the one that is open; the newest where there is no such one. */
  readonly open: number;
}

export function renderPage({ language, mails, open }: PageInput): string {
  const texts = PAGE_TEXTS[language];
  const newestFirst = mails.toReversed();
  const shown = mails.find(({ number }) => number === open) ?? newestFirst[0];
  return renderFrame({
    language: language,
    title: texts.title,
    simulated: texts.simulated,
    styles: ['/page.css', '/mail.css'],
    script: '/mail.js',
    announcements: html` data-new-mail="${texts.newMail}"`,
    address: (other) => address(other, shown),
    content: shown
      ? [renderList(newestFirst, shown, texts, language), renderMail(shown, texts, language)]
      : renderEmpty(texts),
  });
}

function address(language: Language, mail: ReceivedMail | undefined): string {
  return `/?${new URLSearchParams({ lang: language, ...(mail ? { mail: String(mail.number) } : {}) })}`;
}

function renderEmpty(texts: PageTexts): Html {
  return html`<section class="empty"><h2>${texts.emptyTitle}</h2><p>${texts.emptyHint}</p></section>`;
}

function renderList(
  mails: readonly ReceivedMail[],
  shown: ReceivedMail,
  texts: PageTexts,
  language: Language,
): Html {
  return html`<nav class="list" aria-label="${texts.mails}"><ol>
    ${mails.map(
      (mail) =>
        html`<li><a href="${address(language, mail)}"${mail === shown && html` aria-current="true"`}>
          <span class="to">${mail.to}</span><time>${formatTime(mail.receivedAt, language)}</time>
          <span class="subject">${mail.subject}</span></a></li>`,
    )}
  </ol></nav>`;
}

function renderMail(mail: ReceivedMail, texts: PageTexts, language: Language): Html {
  return html`<article class="mail">
    <h2>${mail.subject}</h2>
    <dl>
      <dt>${texts.from}</dt><dd>${mail.from}</dd>
      <dt>${texts.to}</dt><dd>${mail.to}</dd>
      <dt>${texts.received}</dt><dd>${formatTime(mail.receivedAt, language)}</dd>
    </dl>
    <div class="text">${mail.text.split(/(https?:\/\/[^\s<>"]+)/).map((part, index) => (index % 2 === 1 ? html`<a href="${part}" rel="noreferrer">${part}</a>` : part))}</div>
    <details><summary>${texts.source}</summary><pre>${mail.raw}</pre></details>
  </article>`;
}

function formatTime(at: Date, language: Language): string {
  return new Intl.DateTimeFormat(language === 'ru' ? 'ru-RU' : 'en-GB', {
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(at);
}
