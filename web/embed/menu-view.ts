import { daysUntil, formatDate } from '../ui/dates.ts';
import { ICONS, icon, make } from './elements.ts';
import { nextCorner, recall, remember } from './memory.ts';
import type { Corner, Language, MenuData } from './menu-data.ts';
import { fill, formatDaysLeft, TEXTS } from './texts.ts';

/** Stable addresses of the gate; each leads to a page of the portal that asks before it does anything. */
const LINKS = {
  replace: '/.propusk/replace',
  certificates: '/.propusk/certificates',
  chooseAgain: '/.propusk/choose-again',
  signOut: '/.propusk/sign-out',
} as const;

export interface MenuView {
  readonly element: HTMLElement;
  show(data: MenuData, language: Language): void;
  /** The entry is closed: the handle says so and opens what `onClosed` shows. */
  showClosed(language: Language): void;
  say(text: string): void;
}

const SAID_MS = 8_000;

export function createMenuView(onClosed: () => void): MenuView {
  const box = make('div', { class: 'at' });
  let state: 'open' | 'soon' | 'closed' = 'open';
  let shown: { readonly data: MenuData; readonly language: Language } | undefined;
  let card: HTMLElement | undefined;
  let notice: HTMLElement | undefined;

  const label = make('span');
  const handle = make(
    'button',
    { type: 'button', class: 'handle', 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
    icon(ICONS.pass),
    label,
  );
  const down = icon(ICONS.down, 14);
  down.setAttribute('class', 'down');
  handle.append(down);
  handle.addEventListener('click', () => (card === undefined ? open('first') : close('handle')));
  handle.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') open('first');
    else if (event.key === 'ArrowUp') open('last');
    else return;
    event.preventDefault();
  });
  // The page's own shortcuts are not meant where the focus is in here.
  box.addEventListener('keydown', (event) => event.stopPropagation());
  box.append(handle);

  function close(focus: 'handle' | 'nothing'): void {
    const former = card;
    // First of all: the focus leaves with it, and that closes the menu, too.
    card = undefined;
    former?.remove();
    handle.setAttribute('aria-expanded', 'false');
    if (notice) notice.hidden = false;
    if (focus === 'handle') handle.focus();
  }

  function open(focus: 'first' | 'last'): void {
    if (state === 'closed') {
      onClosed();
      return;
    }
    if (shown === undefined || card !== undefined) return;
    card = makeCard(shown.data, shown.language);
    handle.setAttribute('aria-expanded', 'true');
    if (notice) notice.hidden = true;
    handle.after(card);
    const items = itemsOf(card);
    items.at(focus === 'first' ? 0 : -1)?.focus();
  }

  function makeCard(data: MenuData, language: Language): HTMLElement {
    const texts = TEXTS[language];
    const link = (text: string, href: string) =>
      make('a', { role: 'menuitem', href, tabindex: '-1', target: '_top' }, text);
    const act = (text: string, click: () => void) =>
      make('button', { role: 'menuitem', type: 'button', class: 'minor', tabindex: '-1', click }, text);
    const separator = () => make('div', { role: 'separator' });
    const { small = true } = recall();
    const who = make(
      'div',
      { class: 'who', id: 'who' },
      make('div', { class: 'name' }, data.name || data.login),
      data.name !== '' && data.name !== data.login && make('div', { class: 'dim' }, data.login),
      make(
        'div',
        { class: 'until' },
        fill(texts.validUntil, formatDate(data.notAfter)),
        ...near(data, language),
      ),
    );
    const menu = make(
      'div',
      { role: 'menu', 'aria-label': fill(texts.menuOf, data.login), 'aria-describedby': 'who' },
      link(texts.replace, LINKS.replace),
      link(texts.certificates, LINKS.certificates),
      link(texts.chooseAgain, LINKS.chooseAgain),
      separator(),
      link(texts.signOut, LINKS.signOut),
      separator(),
      act(texts.move, () => {
        remember({ corner: nextCorner(cornerOf(data)) });
        arrange();
      }),
      act(small ? texts.restore : texts.minimise, () => {
        remember({ small: !small });
        close('handle');
        arrange();
      }),
    );
    menu.addEventListener('keydown', (event) => onMenuKey(event, menu, close));
    const made = make('div', { class: 'card' }, who, menu);
    made.addEventListener('focusout', (event) => {
      const next = event.relatedTarget;
      if (event.isTrusted && next !== handle && !(next instanceof Node && made.contains(next)))
        close('nothing');
    });
    return made;
  }

  function cornerOf({ position }: MenuData): Corner {
    return recall().corner ?? position;
  }

  function arrange(): void {
    if (shown === undefined) return;
    box.dataset.corner = cornerOf(shown.data);
    box.classList.toggle('small', recall().small !== false);
  }

  function showNotice(data: MenuData, language: Language): void {
    notice?.remove();
    notice = undefined;
    const days = daysLeft(data);
    if (days > data.noticeDays || recall().putOff === today()) return;
    const texts = TEXTS[language];
    const until = `${fill(texts.validUntil, formatDate(data.notAfter))}, ${formatDaysLeft(language, days)}.`;
    const later = (): void => {
      remember({ putOff: today() });
      notice?.remove();
      notice = undefined;
    };
    notice = make(
      'section',
      { class: 'card notice', role: 'status', lang: language },
      make('div', { class: 'title' }, icon(ICONS.clock, 18), texts.noticeTitle),
      make('p', {}, until),
      make('p', { class: 'dim' }, texts.noticeText),
      make(
        'div',
        { class: 'row' },
        make('a', { class: 'primary', href: LINKS.replace, target: '_top' }, texts.replace),
        make('button', { class: 'plain', type: 'button', click: later }, texts.later),
      ),
    );
    notice.hidden = card !== undefined;
    box.append(notice);
  }

  const setHandle = (next: typeof state, text: string, name: string): void => {
    state = next;
    handle.dataset.state = next;
    label.textContent = text;
    handle.setAttribute('aria-label', name);
    handle.title = name;
  };

  return {
    element: box,
    show(data, language) {
      if (card !== undefined && shown?.data.notAfter === data.notAfter) return;
      shown = { data, language };
      box.lang = language;
      const isSoon = daysLeft(data) <= data.noticeDays;
      setHandle(isSoon ? 'soon' : 'open', data.login, fill(TEXTS[language].menuOf, data.login));
      arrange();
      showNotice(data, language);
    },
    showClosed(language) {
      close('nothing');
      notice?.remove();
      notice = undefined;
      box.lang = language;
      box.dataset.corner ??= recall().corner ?? 'top-right';
      setHandle('closed', TEXTS[language].closed, TEXTS[language].closed);
    },
    say(text) {
      const said = make('div', { class: 'card toast', role: 'status' }, icon(ICONS.good, 18), text);
      box.append(said);
      setTimeout(() => said.remove(), SAID_MS);
    },
  };
}

function near(data: MenuData, language: Language): Node[] {
  const days = daysLeft(data);
  if (days > data.noticeDays) return [];
  return [make('div', { class: 'soon' }, formatDaysLeft(language, days))];
}

/** By the server's clock: this computer's may be wrong. */
function daysLeft({ notAfter, now }: MenuData): number {
  return daysUntil(notAfter, new Date(now));
}

function today(): string {
  return formatDate(new Date().toISOString());
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
}

/** ARIA Authoring Practices, "Menu Button". */
function onMenuKey(
  event: KeyboardEvent,
  menu: HTMLElement,
  close: (focus: 'handle' | 'nothing') => void,
): void {
  const items = itemsOf(menu);
  const at = items.findIndex((item) => item === event.target);
  const go = (index: number): void => items.at(index % items.length)?.focus();
  switch (event.key) {
    case 'ArrowDown':
      go(at + 1);
      break;
    case 'ArrowUp':
      go(at - 1);
      break;
    case 'Home':
      go(0);
      break;
    case 'End':
      go(-1);
      break;
    case 'Escape':
      close('handle');
      break;
    case 'Tab':
      close('handle');
      return;
    case ' ':
      items[at]?.click();
      break;
    default:
      return;
  }
  event.preventDefault();
}
