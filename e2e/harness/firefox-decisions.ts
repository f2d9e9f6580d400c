import { type AccessibleNode, Role, unlessGone } from './accessibility.ts';
import type { Display } from './display.ts';
import { waitUntil } from './wait-until.ts';

export interface FirefoxDecision {
  readonly host: string;
  /** The rest of the line: the certificate's name and its serial number, or that none is sent. */
  readonly certificate: string;
}

/** What Firefox remembers of its certificate dialog: the tab «Authentication Decisions», read and used as a person would. */
export interface FirefoxDecisions {
  list(): Promise<readonly FirefoxDecision[]>;
  /** Selects the line and presses «Delete…». */
  delete(host: string): Promise<void>;
}

/** In the words of the English Firefox, which is the one that these tests start, whatever language it asks pages for. */
const LABELS = {
  category: 'Privacy and security',
  section: 'Advanced settings',
  manager: 'Manage certificates',
  tab: 'Authentication Decisions',
  delete: 'Delete…',
} as const;
const SERIAL_NUMBER = /(?:[0-9A-F]{2}:)+[0-9A-F]{2}$/;
const TIMEOUT_MS = 20_000;
const NOTHING_CLOSED: ReadonlySet<number> = new Set();

/** @param application gives the running browser's root on the accessibility bus */
export function firefoxDecisions(
  display: Display,
  application: () => Promise<AccessibleNode>,
): FirefoxDecisions {
  const { accessibility } = display;
  const named = async (role: number, fits: (name: string) => boolean) => {
    const nodes = await accessibility.find(await application(), role, NOTHING_CLOSED);
    const names = await Promise.all(nodes.map((node) => unlessGone(accessibility.name(node))));
    return nodes.filter((_, index) => fits(names[index] ?? ''));
  };
  const find = async (role: number, name: string, which: 'first' | 'last' = 'first') =>
    (await named(role, (found) => found === name)).at(which === 'first' ? 0 : -1);
  const clickOn = async (node: AccessibleNode) => {
    // Settings are long: what takes the focus is scrolled into view.
    await unlessGone(accessibility.grabFocus(node));
    const { x, y, width, height } = await accessibility.bounds(node);
    await display.click({ x: x + width / 2, y: y + height / 2 });
  };
  /** A page that is still being laid out swallows a click: again until what it leads to is there. */
  const clickFor = async <T>(
    target: () => Promise<AccessibleNode | undefined>,
    what: string,
    reached: () => Promise<T | undefined>,
  ) => {
    let lastClickAt = Number.NEGATIVE_INFINITY;
    return await waitUntil(
      async () => {
        const there = await reached();
        if (there !== undefined) return there;
        if (performance.now() - lastClickAt < 1500) return undefined;
        const node = await target();
        if (node === undefined) return undefined;
        lastClickAt = performance.now();
        await unlessGone(clickOn(node));
        return undefined;
      },
      { what, timeoutMs: TIMEOUT_MS },
    );
  };
  const rows = async () => {
    const lines = await named(
      Role.listItem,
      (name) => SERIAL_NUMBER.test(name) || / no .*certificate/i.test(name),
    );
    return await Promise.all(
      lines.map(async (node) => {
        const [host = '', ...rest] = (await accessibility.name(node)).split(' ');
        return { node, host, certificate: rest.join(' ') };
      }),
    );
  };
  const inManager = async <T>(act: () => Promise<T>): Promise<T> => {
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
      () => find(Role.pageTab, LABELS.tab),
    );
    await clickFor(
      async () => tab,
      `the tab ${LABELS.tab} is chosen`,
      async () => ((await accessibility.isSelected(tab)) ? true : undefined),
    );
    const result = await act();
    await display.press('Escape', 'ctrl+w');
    return result;
  };
  return {
    list: () => inManager(async () => (await rows()).map(({ host, certificate }) => ({ host, certificate }))),
    delete: (host) =>
      inManager(async () => {
        const row = await waitUntil(async () => (await rows()).find((line) => line.host === host), {
          what: `a decision for ${host}`,
          timeoutMs: TIMEOUT_MS,
        });
        await clickFor(
          async () => row.node,
          'the decision is selected',
          async () => ((await accessibility.isSelected(row.node)) ? true : undefined),
        );
        // Each tab of the manager has such a button, in the order of the tabs: «Your Certificates», then this one.
        const [, button] = await named(Role.pushButton, (name) => name === LABELS.delete);
        if (button === undefined) throw new Error('no button to delete a decision');
        await clickFor(
          async () => button,
          `the decision for ${host} is deleted`,
          async () => ((await rows()).some((line) => line.host === host) ? undefined : true),
        );
      }),
  };
}
