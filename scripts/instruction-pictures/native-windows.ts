import { setTimeout as sleep } from 'node:timers/promises';
import { type AccessibleNode, type Bounds, unlessGone } from '../../e2e/harness/accessibility.ts';
import type { Display } from '../../e2e/harness/display.ts';
import { runToSuccess } from '../../e2e/harness/run-command.ts';
import { waitUntil } from '../../e2e/harness/wait-until.ts';

const TIMEOUT_MS = 30_000;
/** Windows fade and slide in. */
const SETTLED_MS = 1000;
const NOTHING_CLOSED: ReadonlySet<number> = new Set();

/** The windows of a running browser, found by the words in them as a person finds them. */
export interface NativeWindows {
  /** Scrolls it into view. */
  show(role: number, name: string): Promise<void>;
  click(role: number, name: string, which?: 'first' | 'last'): Promise<void>;
  type(text: string): Promise<void>;
  settle(): Promise<void>;
}

/** @param profile the folder that stands in the browser's command line */
export async function nativeWindows(display: Display, profile: string): Promise<NativeWindows> {
  const { accessibility } = display;
  const processId = await runToSuccess('pgrep', ['--oldest', '--full', profile]);
  const application = await waitUntil(() => accessibility.findApplication(Number(processId.trim())), {
    what: 'the browser is on the accessibility bus',
    timeoutMs: TIMEOUT_MS,
  });
  const find = async (role: number, name: string, which: 'first' | 'last'): Promise<AccessibleNode> =>
    await waitUntil(
      async () => {
        const nodes = await accessibility.find(application, role, NOTHING_CLOSED);
        const names = await Promise.all(nodes.map((node) => unlessGone(accessibility.name(node))));
        return nodes.filter((_, index) => names[index] === name).at(which === 'first' ? 0 : -1);
      },
      { what: `«${name}» is there`, timeoutMs: TIMEOUT_MS },
    );
  const settle = () => sleep(SETTLED_MS);
  /** Where it stands once it no longer moves. */
  const restingBounds = async (node: AccessibleNode): Promise<Bounds> => {
    let before = await accessibility.bounds(node);
    return await waitUntil(
      async () => {
        await sleep(SETTLED_MS / 2);
        const now = await accessibility.bounds(node);
        const rests = now.x === before.x && now.y === before.y && now.width > 0;
        before = now;
        return rests ? now : undefined;
      },
      { what: 'it stands still', timeoutMs: TIMEOUT_MS },
    );
  };
  return {
    async show(role, name) {
      await unlessGone(accessibility.grabFocus(await find(role, name, 'first')));
      await settle();
    },
    async click(role, name, which = 'first') {
      const node = await find(role, name, which);
      await unlessGone(accessibility.grabFocus(node));
      const { x, y, width, height } = await restingBounds(node);
      await display.click({ x: x + width / 2, y: y + height / 2 });
      await settle();
    },
    type: (text) => typeText(display, text),
    settle,
  };
}

/** Real keyboard, letter by letter, into whatever has the focus. */
async function typeText(display: Display, text: string): Promise<void> {
  await runToSuccess('xdotool', ['type', '--clearmodifiers', text], { env: display.env });
}
