import { ICONS, icon, make } from './elements.ts';
import type { Language } from './menu-data.ts';
import { REFUSALS, type RefusalTexts } from './refusal-texts.ts';
import { fill, TEXTS } from './texts.ts';

export type Closed =
  | { readonly kind: 'refused'; readonly code: string; readonly home: string }
  | { readonly kind: 'other-account'; readonly from: string; readonly to: string };

export interface RefusalView {
  show(closed: Closed, language: Language): void;
  hide(): void;
}

/**
 * Over the page, which stays as it is below: what was typed is not lost. The way out is a new tab; there the gate
 * refuses the page as a whole and leads to the portal, which explains and helps.
 */
export function createRefusalView(root: Node): RefusalView {
  let dialog: HTMLDialogElement | undefined;
  let shownFor = '';

  function hide(): void {
    dialog?.close();
    dialog?.remove();
    dialog = undefined;
    shownFor = '';
  }

  return {
    show(closed, language) {
      const key = `${language} ${JSON.stringify(closed)}`;
      if (shownFor === key) return;
      hide();
      shownFor = key;
      dialog = makeDialog(closed, language, hide);
      // The page must not see the keys that are meant for the dialog.
      dialog.addEventListener('keydown', (event) => event.stopPropagation());
      dialog.addEventListener('close', hide);
      root.appendChild(dialog);
      dialog.showModal();
    },
    hide,
  };
}

function makeDialog(closed: Closed, language: Language, hide: () => void): HTMLDialogElement {
  const texts = TEXTS[language];
  const code = closed.kind === 'refused' ? closed.code : 'other-account';
  const refusal = textsOf(code, language);
  const said =
    closed.kind === 'refused'
      ? refusal.text
      : refusal.text.replace('{from}', () => closed.from).replace('{to}', () => closed.to);
  const back = make('button', { class: 'plain', type: 'button', click: hide }, texts.back);
  const title = make('h2', { id: 'title' }, icon(ICONS.closed, 24), refusal.title);
  const box = make('div', { class: 'said' }, said, make('small', {}, fill(texts.code, code)));
  const frame = { lang: language, 'aria-labelledby': 'title' };
  if (closed.kind === 'other-account') {
    const reload = (): void => location.reload();
    return make(
      'dialog',
      frame,
      title,
      box,
      make(
        'div',
        { class: 'row' },
        make('button', { class: 'primary', type: 'button', click: reload }, refusal.act),
        back,
      ),
      make('p', { class: 'elsewhere' }, texts.hereWarning),
    );
  }
  const way = { href: closed.home };
  return make(
    'dialog',
    frame,
    title,
    box,
    make('p', {}, make('b', {}, texts.kept), ' ', texts.newTab),
    make(
      'div',
      { class: 'row' },
      make('a', { ...way, class: 'primary', target: '_blank', rel: 'noopener' }, refusal.act),
      back,
    ),
    make(
      'p',
      { class: 'elsewhere' },
      make('a', { ...way, target: '_top' }, texts.here),
      ` — ${texts.hereWarning}`,
    ),
  );
}

function textsOf(code: string, language: Language): RefusalTexts {
  const list = REFUSALS[language];
  const found = Object.hasOwn(list, code) ? list[code] : undefined;
  return found ?? list.unknown ?? { title: code, text: code, act: code };
}
