import { setTimeout as sleep } from 'node:timers/promises';
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

export interface PickerLine {
  readonly subject: string;
  readonly issuer: string;
  /** Hex as the dialog has it, in full even where the column is too narrow. */
  readonly serialNumber: string;
}

export interface PickerContent {
  /** In the browser's own language: «Select a certificate», «Выберите сертификат». */
  readonly title: string;
  /** The sentence that names the host and the port. */
  readonly prompt: string;
  readonly lines: readonly PickerLine[];
}

/** By subject, by position from the top (0 is the first), or by a test on the line. */
export type WhichLine = string | number | ((line: PickerLine) => boolean);

/** Chromium's native dialog for a client certificate, read and operated as a person would. */
export interface ChromiumPicker {
  isOpen(): Promise<boolean>;
  waitForPicker(timeoutMs?: number): Promise<PickerContent>;
  /** Waits for the dialog, clicks the line, then OK. Resolves with the line when the dialog is gone. */
  choose(which: WhichLine, timeoutMs?: number): Promise<PickerLine>;
  /** Waits for the dialog and clicks «Cancel». */
  cancel(timeoutMs?: number): Promise<void>;
  /** Waits for the dialog and presses Escape. */
  escape(timeoutMs?: number): Promise<void>;
  /**
   * For an act that does not end before the picker is answered, such as `page.goto` or a `page.click` that loads a page:
   * starts it, lets `answer` operate the picker, and waits for both.
   */
  openedBy<T>(act: () => Promise<unknown>, answer: (picker: ChromiumPicker) => Promise<T>): Promise<T>;
  /** @throws Error when a picker shows up within `durationMs`; after a finished navigation a short time is enough */
  expectNoPicker(durationMs: number): Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 20_000;

/**
 * So that nobody confirms a dialog by accident, Chromium ignores clicks and keys for half a second after it has opened, and again
 * after each ignored one (views::InputEventActivationProtector).
 */
const ACTIVATION_DELAY_MS = 600;

/** Long, because an act that comes after the dialog has closed hits the page behind it. */
const REPEAT_AFTER_MS = 2500;

interface OpenPicker {
  readonly content: PickerContent;
  readonly dialog: AccessibleNode;
  /** In milliseconds of `performance.now()`. */
  readonly seenAt: number;
  readonly rows: readonly AccessibleNode[];
  readonly okButton: AccessibleNode;
  readonly cancelButton: AccessibleNode;
}

function parsePicker(dialog: AccessibleTree): OpenPicker | undefined {
  const [table] = withRole(dialog, Role.table);
  // The header's row has column headers instead of cells.
  const rows = table?.children.filter((row) => withRole(row, Role.tableCell).length === 3) ?? [];
  const buttons = withRole(dialog, Role.pushButton);
  const okButton = buttons.at(-1);
  const cancelButton = buttons.at(-2);
  if (okButton === undefined || cancelButton === undefined || rows.length === 0) return undefined;
  const lines = rows.map((row): PickerLine => {
    const [subject = '', issuer = '', serialNumber = ''] = withRole(row, Role.tableCell).map(
      (cell) => cell.name,
    );
    return { subject, issuer, serialNumber };
  });
  const prompt = flatten(dialog).find((node) => node.name.includes(':') && node.name !== dialog.name);
  return {
    content: { title: dialog.name, prompt: prompt?.name ?? '', lines },
    dialog: dialog.node,
    seenAt: performance.now(),
    rows: rows.flatMap((row) => withRole(row, Role.tableCell).slice(0, 1)).map((cell) => cell.node),
    okButton: okButton.node,
    cancelButton: cancelButton.node,
  };
}

function describe(content: PickerContent): string {
  return content.lines.map((line) => `${line.subject} (${line.serialNumber})`).join(', ');
}

function findLine(content: PickerContent, which: WhichLine): number {
  const matching = content.lines.flatMap((line, index) => {
    const matches =
      typeof which === 'function'
        ? which(line)
        : typeof which === 'number'
          ? which === index
          : line.subject === which;
    return matches ? [index] : [];
  });
  const [index] = matching;
  if (index === undefined) throw new Error(`no line ${which} in the picker: ${describe(content)}`);
  if (matching.length > 1) throw new Error(`${matching.length} lines match ${which}: ${describe(content)}`);
  return index;
}

/** @param application gives the running browser's root on the accessibility bus */
export function chromiumPicker(display: Display, application: () => Promise<AccessibleNode>): ChromiumPicker {
  const { accessibility } = display;

  const findDialogs = async (): Promise<readonly AccessibleNode[]> => {
    const frames = await accessibility.children(await application());
    const found = await Promise.all(
      frames.map(async (frame) => {
        const children = (await unlessGone(accessibility.children(frame))) ?? [];
        const roles = await Promise.all(children.map((child) => unlessGone(accessibility.role(child))));
        return children.filter((_, index) => roles[index] === Role.dialog);
      }),
    );
    return found.flat();
  };
  const read = async (): Promise<OpenPicker | undefined> => {
    for (const dialog of await findDialogs()) {
      const tree = await unlessGone(accessibility.readTree(dialog));
      const picker = tree === undefined ? undefined : parsePicker(tree);
      if (picker !== undefined) return picker;
    }
    return undefined;
  };
  const wait = (timeoutMs: number) => waitUntil(read, { what: 'the certificate picker opens', timeoutMs });

  const clickOn = async (node: AccessibleNode) => {
    const { x, y, width, height } = await accessibility.bounds(node);
    await display.click({ x: x + width / 2, y: y + height / 2 });
  };
  const isStillOpen = async (picker: OpenPicker) =>
    (await findDialogs()).some((dialog) => dialog.path === picker.dialog.path);

  /** Acts once more only when the dialog has not closed for a while. */
  const actUntilGone = async (picker: OpenPicker, act: () => Promise<void>) => {
    await sleep(picker.seenAt + ACTIVATION_DELAY_MS - performance.now());
    let lastActAt = Number.NEGATIVE_INFINITY;
    await waitUntil(
      async () => {
        if (!(await isStillOpen(picker))) return true;
        if (performance.now() - lastActAt < REPEAT_AFTER_MS) return undefined;
        lastActAt = performance.now();
        await unlessGone(act());
        return undefined;
      },
      { what: `the picker closes (${describe(picker.content)})`, timeoutMs: 15_000, intervalMs: 20 },
    );
  };

  const picker: ChromiumPicker = {
    openedBy: async (act, answer) => {
      const [, answered] = await Promise.all([act(), answer(picker)]);
      return answered;
    },
    isOpen: async () => (await read()) !== undefined,
    waitForPicker: async (timeoutMs = DEFAULT_TIMEOUT_MS) => (await wait(timeoutMs)).content,
    choose: async (which, timeoutMs = DEFAULT_TIMEOUT_MS) => {
      const picker = await wait(timeoutMs);
      const index = findLine(picker.content, which);
      const row = picker.rows[index];
      const line = picker.content.lines[index];
      if (row === undefined || line === undefined) throw new Error(`the picker has no line ${index}`);
      await waitUntil(
        async () => {
          await clickOn(row);
          return (await accessibility.isSelected(row)) ? true : undefined;
        },
        { what: `the line of ${line.subject} is selected`, timeoutMs: 10_000 },
      );
      await actUntilGone(picker, () => clickOn(picker.okButton));
      return line;
    },
    cancel: async (timeoutMs = DEFAULT_TIMEOUT_MS) => {
      const picker = await wait(timeoutMs);
      await actUntilGone(picker, () => clickOn(picker.cancelButton));
    },
    escape: async (timeoutMs = DEFAULT_TIMEOUT_MS) => {
      const picker = await wait(timeoutMs);
      await actUntilGone(picker, () => display.press('Escape'));
    },
    expectNoPicker: async (durationMs) => {
      const deadline = performance.now() + durationMs;
      do {
        const picker = await read();
        if (picker !== undefined) throw new Error(`a picker opened: ${describe(picker.content)}`);
        await sleep(40);
      } while (performance.now() < deadline);
    },
  };
  return picker;
}
