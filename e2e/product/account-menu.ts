import type { CDPSession, Page } from 'playwright-core';
import { waitUntil } from '../harness/wait-until.ts';

/** The account menu in an application's page. Its shadow root is closed: it is read as a screen reader reads it. */
export interface AccountMenu {
  /** Everything that is shown of it, in order; undefined where the page has none. */
  texts(): Promise<readonly string[] | undefined>;
  waitForText(text: string | RegExp): Promise<void>;
  waitUntilGone(text: string): Promise<void>;
  /** Presses a control with the mouse. */
  press(name: string | RegExp): Promise<void>;
  /** Name of the control that has the focus. */
  focused(): Promise<string | undefined>;
}

interface DomNode {
  readonly nodeName: string;
  readonly nodeType: number;
  readonly nodeValue: string;
  readonly backendNodeId: number;
  readonly children?: readonly DomNode[];
  readonly shadowRoots?: readonly DomNode[];
}

interface AxNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly backendDOMNodeId?: number;
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value?: unknown } }[];
}

const TEXT_NODE = 3;
const CONTROLS = ['button', 'link', 'menuitem'];

export async function readAccountMenu(page: Page): Promise<AccountMenu> {
  const session = await page.context().newCDPSession(page);
  const findRoot = async () => {
    const { root } = (await session.send('DOM.getDocument', { depth: -1, pierce: true })) as {
      root: DomNode;
    };
    return findHost(root)?.shadowRoots?.[0];
  };
  const texts = async () => {
    const root = await findRoot();
    return root && [...listTexts(root)];
  };
  const control = (name: string | RegExp) =>
    waitUntil(async () => (await listControls(session)).find((node) => matches(node.name?.value, name)), {
      what: `a control named ${name}`,
      timeoutMs: 15_000,
    });
  return {
    texts,
    async waitForText(text) {
      await waitUntil(async () => (await texts())?.some((each) => matches(each, text)) || undefined, {
        what: `the menu to say ${text}`,
        timeoutMs: 15_000,
      });
    },
    async waitUntilGone(text) {
      await waitUntil(async () => (await texts())?.every((each) => !each.includes(text)) || undefined, {
        what: `the menu to say ${text} no more`,
        timeoutMs: 15_000,
      });
    },
    async press(name) {
      const { backendDOMNodeId } = await control(name);
      if (backendDOMNodeId === undefined) throw new Error(`${name} is nowhere`);
      const { model } = await session.send('DOM.getBoxModel', { backendNodeId: backendDOMNodeId });
      const [left = 0, top = 0, , , right = 0, bottom = 0] = model.content;
      await page.mouse.click((left + right) / 2, (top + bottom) / 2);
    },
    async focused() {
      const found = (await listControls(session)).find(({ properties }) =>
        properties?.some(({ name, value }) => name === 'focused' && value.value === true),
      );
      return found?.name?.value;
    },
  };
}

function matches(found: string | undefined, wanted: string | RegExp): boolean {
  if (found === undefined) return false;
  return typeof wanted === 'string' ? found.includes(wanted) : wanted.test(found);
}

async function listControls(session: CDPSession): Promise<AxNode[]> {
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: AxNode[] };
  return nodes.filter(({ ignored, role }) => !ignored && CONTROLS.includes(role?.value ?? ''));
}

function findHost(node: DomNode): DomNode | undefined {
  if (node.nodeName === 'PROPUSK-MENU') return node;
  for (const child of node.children ?? []) {
    const found = findHost(child);
    if (found) return found;
  }
  return undefined;
}

function* listTexts(node: DomNode): Generator<string> {
  if (node.nodeType === TEXT_NODE && node.nodeValue.trim() !== '')
    yield node.nodeValue.replaceAll('\u00a0', ' ');
  for (const child of node.children ?? []) yield* listTexts(child);
}
