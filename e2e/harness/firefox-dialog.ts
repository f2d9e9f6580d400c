import {
  type AccessibleNode,
  type AccessibleTree,
  flatten,
  Role,
  unlessGone,
  withRole,
} from './accessibility.ts';
import type { Display } from './display.ts';
import { waitUntil } from './wait-until.ts';

/** How long Firefox keeps the answer; the order of its own list. */
const REMEMBER = ['once', 'permanently', 'for-this-session'] as const;
export type Remember = (typeof REMEMBER)[number];

export interface FirefoxDialogLine {
  readonly nickname: string;
  /** Upper-case hex without colons. */
  readonly serialNumber: string;
}

export interface FirefoxDialogContent {
  /** The sentence that names the host. */
  readonly prompt: string;
  readonly lines: readonly FirefoxDialogLine[];
  /** Offered by default. */
  readonly remember: Remember;
}

/** Firefox's native «User Identification Request», read and operated as a person would. */
export interface FirefoxDialog {
  isOpen(): Promise<boolean>;
  waitForDialog(timeoutMs?: number): Promise<FirefoxDialogContent>;
  /** Chooses the line by nickname or position, sets how long to remember it if given, and presses OK. */
  accept(which: string | number, remember?: Remember): Promise<FirefoxDialogLine>;
  /** «Don't send a certificate», which is remembered like a certificate. */
  cancel(remember?: Remember): Promise<void>;
  /** As the Chromium picker's: for an act that does not end before the dialog is answered. */
  openedBy<T>(act: () => Promise<unknown>, answer: (dialog: FirefoxDialog) => Promise<T>): Promise<T>;
  /** @throws Error when a dialog shows up within `durationMs` */
  expectNoDialog(durationMs: number): Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 20_000;

interface OpenDialog {
  readonly content: FirefoxDialogContent;
  readonly dialog: AccessibleNode;
  readonly certificateList: AccessibleTree;
  readonly rememberList: AccessibleTree;
  readonly okButton: AccessibleNode;
  readonly cancelButton: AccessibleNode;
}

function parseLine(item: AccessibleTree): FirefoxDialogLine {
  const [, nickname = item.name, serialNumber = ''] = /^(.*) \[([0-9A-F:]+)\]$/.exec(item.name) ?? [];
  return { nickname, serialNumber: serialNumber.replaceAll(':', '') };
}

function parseDialog(dialog: AccessibleTree): OpenDialog | undefined {
  const [certificateList, rememberList] = withRole(dialog, Role.comboBox);
  const [cancelButton, okButton] = withRole(dialog, Role.pushButton).slice(-2);
  if (certificateList === undefined || rememberList === undefined) return undefined;
  if (cancelButton === undefined || okButton === undefined) return undefined;
  const choices = withRole(rememberList, Role.menuItem).map((item) => item.name);
  // The list's only child bears the name of what is chosen in it.
  const remembered = REMEMBER[choices.indexOf(rememberList.children[0]?.name ?? '')];
  const prompt = flatten(dialog).find((node) => node.role === Role.label)?.name ?? '';
  // The dialog is shown before its texts are filled in: without a host name it is not ready.
  if (remembered === undefined || !/[\p{L}\d]\.[\p{L}\d]/u.test(prompt)) return undefined;
  return {
    content: {
      prompt,
      lines: withRole(certificateList, Role.menuItem).map(parseLine),
      remember: remembered,
    },
    dialog: dialog.node,
    certificateList,
    rememberList,
    okButton: okButton.node,
    cancelButton: cancelButton.node,
  };
}

/** Menus and tool bars hold hundreds of nodes and never a dialog; pages belong to the site. */
const CLOSED: ReadonlySet<number> = new Set([Role.menu, Role.toolBar, Role.documentWeb]);

/** @param application gives the running browser's root on the accessibility bus */
export function firefoxDialog(display: Display, application: () => Promise<AccessibleNode>): FirefoxDialog {
  const { accessibility } = display;
  /** When it is read for the first time before its document is complete, Firefox calls it a panel for ever. */
  const isDialog = async (node: AccessibleNode) => {
    const role = await unlessGone(accessibility.role(node));
    return role === Role.dialog || role === Role.panel;
  };
  const findDialogs = async (): Promise<readonly AccessibleNode[]> => {
    const frames = await accessibility.find(await application(), Role.internalFrame, CLOSED);
    const found = await Promise.all(
      frames.map(async (frame) => {
        const children = (await unlessGone(accessibility.children(frame))) ?? [];
        const fitting = await Promise.all(children.map(isDialog));
        return children.filter((_, index) => fitting[index] === true);
      }),
    );
    return found.flat();
  };
  const read = async (): Promise<OpenDialog | undefined> => {
    for (const node of await findDialogs()) {
      const tree = await unlessGone(accessibility.readTree(node));
      const open = tree === undefined ? undefined : parseDialog(tree);
      if (open !== undefined) return open;
    }
    return undefined;
  };
  const wait = (timeoutMs: number) =>
    waitUntil(read, { what: "Firefox's certificate dialog opens", timeoutMs });

  const clickOn = async (node: AccessibleNode) => {
    const { x, y, width, height } = await accessibility.bounds(node);
    await display.click({ x: x + width / 2, y: y + height / 2 });
  };
  /** Closed lists answer to the arrow keys once they have the focus. */
  const choose = async (list: AccessibleTree, index: number) => {
    const items = withRole(list, Role.menuItem);
    const wanted = items[index];
    if (wanted === undefined) throw new Error(`no line ${index} in ${items.map((item) => item.name)}`);
    const shown = async () => accessibility.name((await accessibility.children(list.node))[0] ?? list.node);
    if ((await shown()) === wanted.name) return;
    await accessibility.grabFocus(list.node);
    await display.press('Home', ...Array.from({ length: index }, () => 'Down'));
    await waitUntil(async () => ((await shown()) === wanted.name ? true : undefined), {
      what: `«${wanted.name}» is chosen`,
      timeoutMs: 10_000,
    });
  };
  const setRemember = async (open: OpenDialog, remember: Remember | undefined) => {
    if (remember !== undefined) await choose(open.rememberList, REMEMBER.indexOf(remember));
  };
  const clickUntilGone = async (open: OpenDialog, button: AccessibleNode) => {
    let lastClickAt = Number.NEGATIVE_INFINITY;
    await waitUntil(
      async () => {
        if (!(await findDialogs()).some((dialog) => dialog.path === open.dialog.path)) return true;
        if (performance.now() - lastClickAt < 2500) return undefined;
        lastClickAt = performance.now();
        await unlessGone(clickOn(button));
        return undefined;
      },
      { what: "Firefox's certificate dialog closes", timeoutMs: 15_000 },
    );
  };

  const dialog: FirefoxDialog = {
    isOpen: async () => (await read()) !== undefined,
    waitForDialog: async (timeoutMs = DEFAULT_TIMEOUT_MS) => (await wait(timeoutMs)).content,
    accept: async (which, remember) => {
      const open = await wait(DEFAULT_TIMEOUT_MS);
      const { lines } = open.content;
      const index = typeof which === 'number' ? which : lines.findIndex((line) => line.nickname === which);
      const line = lines[index];
      if (line === undefined) {
        throw new Error(`no line ${which} in the dialog: ${lines.map((shown) => shown.nickname).join(', ')}`);
      }
      await choose(open.certificateList, index);
      await setRemember(open, remember);
      await clickUntilGone(open, open.okButton);
      return line;
    },
    cancel: async (remember) => {
      const open = await wait(DEFAULT_TIMEOUT_MS);
      await setRemember(open, remember);
      await clickUntilGone(open, open.cancelButton);
    },
    openedBy: async (act, answer) => {
      const [, answered] = await Promise.all([act(), answer(dialog)]);
      return answered;
    },
    expectNoDialog: async (durationMs) => {
      const deadline = performance.now() + durationMs;
      do {
        if ((await read()) !== undefined) throw new Error("Firefox's certificate dialog opened");
      } while (performance.now() < deadline);
    },
  };
  return dialog;
}
