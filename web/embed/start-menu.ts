import { askStanding, type Language, type MenuData } from './menu-data.ts';
import { createMenuView } from './menu-view.ts';
import { type Closed, createRefusalView } from './refusal-view.ts';
import { STYLE } from './style.ts';
import { chooseLanguage, TEXTS } from './texts.ts';
import { watchRequests } from './watch-requests.ts';

const PAUSE_MS = 3_000;
/** For what nobody notices: a stream that the page opened before this script came. */
const HEARTBEAT_MS = 60_000;
/** The longest time that a browser's timer takes. */
const TIMER_MAX_MS = 2_147_483_647;
const ATTACH_MAX = 20;

/** One menu for one page: what is known of the entry, and what is shown of it. */
export function startMenu(ownFetch: typeof fetch): void {
  const host = document.createElement('propusk-menu');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const content = document.createElement('div');
  content.className = 'root';
  root.append(content);

  let first: MenuData | undefined;
  let closed: Closed | undefined;
  const refusal = createRefusalView(content);
  const menu = createMenuView(() => {
    if (closed) refusal.show(closed, language());
    ask();
  });
  content.append(menu.element);

  const language = (): Language =>
    chooseLanguage(document.documentElement.lang, navigator.languages, first?.defaultLocale ?? 'ru');

  function close(next: Closed): void {
    const isNew = JSON.stringify(closed) !== JSON.stringify(next);
    closed = next;
    if (!isNew) return;
    menu.showClosed(language());
    refusal.show(next, language());
  }

  let expiry: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;
  let askAgain = false;
  let lastAsked = Number.NEGATIVE_INFINITY;
  /** One question at a time, and a pause between two; what is asked in between is asked afterwards. */
  function ask(): void {
    if (isAsking) {
      askAgain = true;
      return;
    }
    isAsking = true;
    const waitMs = Math.max(0, lastAsked + PAUSE_MS - performance.now());
    setTimeout(async () => {
      lastAsked = performance.now();
      askAgain = false;
      apply(await askStanding(ownFetch));
      isAsking = false;
      if (askAgain) ask();
    }, waitMs);
  }

  function apply(standing: Awaited<ReturnType<typeof askStanding>>): void {
    if (standing.kind === 'unknown') return;
    attach();
    if (standing.kind === 'refused') {
      close({ kind: 'refused', code: standing.code, home: first?.home ?? '/' });
      return;
    }
    const { data } = standing;
    if (first !== undefined && first.login !== data.login) {
      close({ kind: 'other-account', from: first.login, to: data.login });
      return;
    }
    first = data;
    if (closed !== undefined) {
      closed = undefined;
      refusal.hide();
      menu.say(TEXTS[language()].openAgain);
    }
    menu.show(data, language());
    const leftMs = Date.parse(data.notAfter) - Date.parse(data.now) + 1_000;
    clearTimeout(expiry);
    if (leftMs < TIMER_MAX_MS) expiry = setTimeout(ask, leftMs);
  }

  let attached = 0;
  /** Beside the body, where frameworks that own its content do not look. */
  function attach(): void {
    if (host.isConnected || attached >= ATTACH_MAX) return;
    attached += 1;
    document.documentElement.append(host);
  }
  new MutationObserver(() => {
    if (attached > 0) attach();
  }).observe(document.documentElement, { childList: true });

  watchRequests(ask);
  for (const event of ['focus', 'online', 'pageshow']) window.addEventListener(event, ask);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') ask();
  });
  // A form that is sent now would be gone with the page that replaces this one.
  window.addEventListener(
    'submit',
    (event) => {
      if (closed === undefined) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      refusal.show(closed, language());
    },
    true,
  );
  setInterval(() => {
    if (document.visibilityState === 'visible') ask();
  }, HEARTBEAT_MS);
  whenSettled(ask);
}

/** After the page has built itself: whoever compares the document with what the server sent finds it unchanged. */
function whenSettled(act: () => void): void {
  if (document.readyState === 'complete') act();
  else window.addEventListener('load', act, { once: true });
}
