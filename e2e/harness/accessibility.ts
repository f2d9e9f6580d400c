import { connectToBus, type DbusConnection, DbusError } from './dbus-connection.ts';
import type { DbusArgument, DbusValue } from './dbus-wire.ts';

/** Numbers of AT-SPI's roles (atspi-constants.h): unlike their names, they did not change between versions. */
export const Role = {
  comboBox: 11,
  dialog: 16,
  internalFrame: 28,
  label: 29,
  listItem: 32,
  menu: 33,
  menuItem: 35,
  pageTab: 37,
  panel: 39,
  pushButton: 43,
  table: 55,
  tableCell: 56,
  toolBar: 63,
  tableRow: 90,
  documentWeb: 95,
} as const;

/** AT-SPI's STATE_SELECTED (atspi-constants.h). */
const STATE_SELECTED = 23;

const INTERFACE = 'org.a11y.atspi.Accessible';
const ROOT = '/org/a11y/atspi/accessible/root';

/** Something a screen reader would announce. */
export interface AccessibleNode {
  readonly busName: string;
  readonly path: string;
}

/** A node as it was when it was read, with everything below it. */
export interface AccessibleTree {
  readonly node: AccessibleNode;
  readonly role: number;
  readonly name: string;
  readonly children: readonly AccessibleTree[];
}

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The bus through which a screen reader reads native windows, dialogs included. */
export interface AccessibilityBus {
  /** The root of the program with this process id, or undefined while it is not readable. */
  findApplication(processId: number): Promise<AccessibleNode | undefined>;
  children(node: AccessibleNode): Promise<readonly AccessibleNode[]>;
  role(node: AccessibleNode): Promise<number>;
  name(node: AccessibleNode): Promise<string>;
  isSelected(node: AccessibleNode): Promise<boolean>;
  grabFocus(node: AccessibleNode): Promise<void>;
  /** In pixels of the display. */
  bounds(node: AccessibleNode): Promise<Bounds>;
  readTree(node: AccessibleNode): Promise<AccessibleTree>;
  /** All nodes with this role that can be reached without entering a `closed` role; unreadable ones are passed over. */
  find(root: AccessibleNode, role: number, closed: ReadonlySet<number>): Promise<readonly AccessibleNode[]>;
  /** For a person who wants to know why something was not found: a line for each node, errors included. */
  outline(root: AccessibleNode): Promise<string>;
  close(): void;
}

function references(value: DbusValue | undefined): AccessibleNode[] {
  if (!Array.isArray(value)) return [];
  return value
    .map((reference): AccessibleNode => {
      const [busName, path] = Array.isArray(reference) ? reference : [];
      return { busName: String(busName), path: String(path) };
    })
    .filter((node) => node.path !== '/org/a11y/atspi/null');
}

/** All nodes of a tree, in reading order. */
export function flatten(tree: AccessibleTree): readonly AccessibleTree[] {
  return [tree, ...tree.children.flatMap(flatten)];
}

export function withRole(tree: AccessibleTree, role: number): readonly AccessibleTree[] {
  return flatten(tree).filter((node) => node.role === role);
}

/** A dialog may vanish while it is being read: then there is no answer, which is not a failure. */
export async function unlessGone<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof DbusError) return undefined;
    throw error;
  }
}

async function accessibilityAddress(sessionBus: string): Promise<string> {
  const session = await connectToBus(sessionBus);
  try {
    const [address] = await session.call({
      destination: 'org.a11y.Bus',
      path: '/org/a11y/bus',
      interface: 'org.a11y.Bus',
      member: 'GetAddress',
    });
    return String(address);
  } finally {
    session.close();
  }
}

async function processIdOf(bus: DbusConnection, busName: string): Promise<number | undefined> {
  const answer = await unlessGone(
    bus.call({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'GetConnectionUnixProcessID',
      arguments: [{ type: 's', value: busName }],
    }),
  );
  return answer === undefined ? undefined : Number(answer[0]);
}

/** @throws Error when at-spi2-core is not installed */
export async function openAccessibilityBus(sessionBus: string): Promise<AccessibilityBus> {
  const bus = await connectToBus(await accessibilityAddress(sessionBus));
  const ask = (node: AccessibleNode, member: string, ...args: readonly DbusArgument[]) =>
    bus.call({ destination: node.busName, path: node.path, interface: INTERFACE, member, arguments: args });
  const children = async (node: AccessibleNode) => references((await ask(node, 'GetChildren'))[0]);
  const role = async (node: AccessibleNode) => Number((await ask(node, 'GetRole'))[0]);
  const name = async (node: AccessibleNode) => {
    const [value] = await bus.call({
      destination: node.busName,
      path: node.path,
      interface: 'org.freedesktop.DBus.Properties',
      member: 'Get',
      arguments: [
        { type: 's', value: INTERFACE },
        { type: 's', value: 'Name' },
      ],
    });
    return String(value);
  };
  const readTree: AccessibilityBus['readTree'] = async (node) => {
    const [itsRole, itsName, below] = await Promise.all([role(node), name(node), children(node)]);
    return { node, role: itsRole, name: itsName, children: await Promise.all(below.map(readTree)) };
  };
  const find: AccessibilityBus['find'] = async (root, wanted, closed) => {
    const itsRole = await unlessGone(role(root));
    if (itsRole === wanted) return [root];
    if (itsRole === undefined || closed.has(itsRole)) return [];
    const below = (await unlessGone(children(root))) ?? [];
    return (await Promise.all(below.map((child) => find(child, wanted, closed)))).flat();
  };
  const outline = async (root: AccessibleNode, depth = 0): Promise<string> => {
    const described = await Promise.all([role(root), name(root)]).then(
      ([itsRole, itsName]) => `${itsRole} ${itsName}`,
      String,
    );
    const below = (await unlessGone(children(root))) ?? [];
    const lines = await Promise.all(below.map((child) => outline(child, depth + 1)));
    return [`${'  '.repeat(depth)}${described} ${root.path}`, ...lines].join('\n');
  };
  return {
    findApplication: async (processId) => {
      const [names] = await bus.call({
        destination: 'org.freedesktop.DBus',
        path: '/org/freedesktop/DBus',
        interface: 'org.freedesktop.DBus',
        member: 'ListNames',
      });
      for (const busName of Array.isArray(names) ? names.map(String) : []) {
        if (!busName.startsWith(':') || (await processIdOf(bus, busName)) !== processId) continue;
        return { busName, path: ROOT };
      }
      return undefined;
    },
    children,
    role,
    name,
    readTree,
    find,
    outline: (root) => outline(root),
    isSelected: async (node) => {
      const [states] = await ask(node, 'GetState');
      const low = Array.isArray(states) ? Number(states[0]) : 0;
      return ((low >>> STATE_SELECTED) & 1) === 1;
    },
    grabFocus: async (node) => {
      await bus.call({
        destination: node.busName,
        path: node.path,
        interface: 'org.a11y.atspi.Component',
        member: 'GrabFocus',
      });
    },
    bounds: async (node) => {
      const [extents] = await bus.call({
        destination: node.busName,
        path: node.path,
        interface: 'org.a11y.atspi.Component',
        member: 'GetExtents',
        // 0: ATSPI_COORD_TYPE_SCREEN
        arguments: [{ type: 'u', value: 0 }],
      });
      const [x, y, width, height] = Array.isArray(extents) ? extents.map(Number) : [];
      return { x: x ?? 0, y: y ?? 0, width: width ?? 0, height: height ?? 0 };
    },
    close: () => bus.close(),
  };
}
