import { type AccessibleNode, Role } from './accessibility.ts';
import type { Display } from './display.ts';
import { firefoxManager, MANAGER_TIMEOUT_MS } from './firefox-manager.ts';
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

const TAB = 'Authentication Decisions';
const DELETE = 'Delete…';
const SERIAL_NUMBER = /(?:[0-9A-F]{2}:)+[0-9A-F]{2}$/;

/** @param application gives the running browser's root on the accessibility bus */
export function firefoxDecisions(
  display: Display,
  application: () => Promise<AccessibleNode>,
): FirefoxDecisions {
  const { accessibility } = display;
  const { inTab, named, isSelected, clickFor } = firefoxManager(display, application);
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
  return {
    list: () =>
      inTab(TAB, async () => (await rows()).map(({ host, certificate }) => ({ host, certificate }))),
    delete: (host) =>
      inTab(TAB, async () => {
        const row = await waitUntil(async () => (await rows()).find((line) => line.host === host), {
          what: `a decision for ${host}`,
          timeoutMs: MANAGER_TIMEOUT_MS,
        });
        await clickFor(
          async () => row.node,
          'the decision is selected',
          () => isSelected(row.node),
        );
        // Each tab of the manager has such a button, in the order of the tabs: «Your Certificates», then this one.
        const [, button] = await named(Role.pushButton, (name) => name === DELETE);
        if (button === undefined) throw new Error('no button to delete a decision');
        await clickFor(
          async () => button,
          `the decision for ${host} is deleted`,
          async () => ((await rows()).some((line) => line.host === host) ? undefined : true),
        );
      }),
  };
}
