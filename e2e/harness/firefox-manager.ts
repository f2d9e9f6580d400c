import { type AccessibleNode, Role, unlessGone } from './accessibility.ts';
import type { Display } from './display.ts';
import { waitUntil } from './wait-until.ts';

/** Firefox's own certificate manager, opened by the way through its settings that a person goes. */
export interface FirefoxManager {
  /** Opens the tab, acts in it, and closes the manager and the settings. */
  inTab<T>(tab: string, act: () => Promise<T>): Promise<T>;
  named(role: number, fits: (name: string) => boolean): Promise<readonly AccessibleNode[]>;
  isSelected(node: AccessibleNode): Promise<true | undefined>;
  /** A window that is still being laid out swallows a click: again until what it leads to is there. */
  clickFor<T>(
    target: () => Promise<AccessibleNode | undefined>,
    what: string,
    reached: () => Promise<T | undefined>,
  ): Promise<T>;
}

/** In the words of the English Firefox, which is the one that these tests start, whatever language it asks pages for. */
const LABELS = {
  category: 'Privacy and security',
  section: 'Advanced settings',
  manager: 'Manage certificates',
} as const;
export const MANAGER_TIMEOUT_MS = 20_000;
const REPEAT_AFTER_MS = 1500;
const NOTHING_CLOSED: ReadonlySet<number> = new Set();

/** @param application gives the running browser's root on the accessibility bus */
export function firefoxManager(display: Display, application: () => Promise<AccessibleNode>): FirefoxManager {
  const { accessibility } = display;
  const named: FirefoxManager['named'] = async (role, fits) => {
    const nodes = await accessibility.find(await application(), role, NOTHING_CLOSED);
    const names = await Promise.all(nodes.map((node) => unlessGone(accessibility.name(node))));
    return nodes.filter((_, index) => fits(names[index] ?? ''));
  };
  const find = async (role: number, name: string, which: 'first' | 'last' = 'first') =>
    (await named(role, (found) => found === name)).at(which === 'first' ? 0 : -1);
  const isSelected = async (node: AccessibleNode) =>
    (await accessibility.isSelected(node)) ? true : undefined;
  const clickOn = async (node: AccessibleNode) => {
    // Settings are long: what takes the focus is scrolled into view.
    await unlessGone(accessibility.grabFocus(node));
    const { x, y, width, height } = await accessibility.bounds(node);
    await display.click({ x: x + width / 2, y: y + height / 2 });
  };
  const clickFor: FirefoxManager['clickFor'] = async (target, what, reached) => {
    let lastClickAt = Number.NEGATIVE_INFINITY;
    return await waitUntil(
      async () => {
        const there = await reached();
        if (there !== undefined) return there;
        if (performance.now() - lastClickAt < REPEAT_AFTER_MS) return undefined;
        const node = await target();
        if (node === undefined) return undefined;
        lastClickAt = performance.now();
        await unlessGone(clickOn(node));
        return undefined;
      },
      { what, timeoutMs: MANAGER_TIMEOUT_MS },
    );
  };
  return {
    named,
    isSelected,
    clickFor,
    inTab: async (label, act) => {
      await display.press('ctrl+t', 'ctrl+l');
      await display.type('about:preferences');
      await display.press('Return');
      await clickFor(
        () => find(Role.pageTab, LABELS.category),
        `the category ${LABELS.category} opens`,
        () => find(Role.pushButton, LABELS.section),
      );
      await clickFor(
        () => find(Role.pushButton, LABELS.section, 'last'),
        'the section of certificates opens',
        () => find(Role.pushButton, LABELS.manager),
      );
      const tab = await clickFor(
        () => find(Role.pushButton, LABELS.manager),
        'the certificate manager opens',
        () => find(Role.pageTab, label),
      );
      await clickFor(
        async () => tab,
        `the tab ${label} is chosen`,
        () => isSelected(tab),
      );
      const result = await act();
      await display.press('Escape', 'ctrl+w');
      return result;
    },
  };
}
