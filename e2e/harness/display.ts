import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AccessibilityBus, openAccessibilityBus } from './accessibility.ts';
import { type ProcessGroup, startProcessGroup } from './process-group.ts';
import { runToSuccess } from './run-command.ts';
import { waitUntil } from './wait-until.ts';
import { xwdToPng } from './xwd-to-png.ts';

export const DISPLAY_WIDTH = 1280;
export const DISPLAY_HEIGHT = 900;

/** A screen without a window manager, one for each browser: its window then always has the focus and lies on top. */
export interface Display {
  /** For example `:3`. */
  readonly name: string;
  /** What a program needs to show its windows here and to be readable through the accessibility bus. */
  readonly env: Readonly<Record<string, string>>;
  readonly accessibility: AccessibilityBus;
  /** Everything a person would see, native dialogs included, as a PNG. */
  screenshot(): Promise<Buffer>;
  saveScreenshot(file: string): Promise<void>;
  /** Real mouse: moves there and presses the left button. Pixels from the upper left corner. */
  click(point: Point): Promise<void>;
  doubleClick(point: Point): Promise<void>;
  /** Real keyboard, in xdotool's key names: `Escape`, `Down`, `ctrl+l`. */
  press(...keys: readonly string[]): Promise<void>;
  /** Real keyboard, letter by letter, into whatever has the focus. */
  type(text: string): Promise<void>;
  close(): Promise<void>;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

async function startScreen(directory: string): Promise<readonly [ProcessGroup, string]> {
  const screen = await startProcessGroup(
    'Xvfb',
    [
      ['-displayfd', '1'],
      ['-screen', '0', `${DISPLAY_WIDTH}x${DISPLAY_HEIGHT}x24`],
      ['-fbdir', directory],
      ['-nolisten', 'tcp'],
      ['-noreset'],
    ].flat(),
    { logFile: join(directory, 'xvfb.log') },
  );
  const name = await waitUntil(
    async () => {
      const log = await screen.log();
      if (!screen.isRunning()) throw new Error(`Xvfb ended:\n${log}`);
      return /^\d+$/m.exec(log)?.[0];
    },
    { what: 'Xvfb names its display', timeoutMs: 10_000, intervalMs: 10 },
  );
  return [screen, `:${name}`];
}

async function startBus(
  directory: string,
  env: Readonly<Record<string, string>>,
): Promise<readonly [ProcessGroup, string]> {
  const address = `unix:path=${join(directory, 'session-bus')}`;
  const bus = await startProcessGroup(
    'dbus-daemon',
    ['--session', '--nofork', '--nopidfile', '--print-address=1', `--address=${address}`],
    { logFile: join(directory, 'dbus.log'), env },
  );
  await waitUntil(
    async () => {
      const log = await bus.log();
      if (!bus.isRunning()) throw new Error(`dbus-daemon ended:\n${log}`);
      return log.includes('unix:') ? true : undefined;
    },
    { what: 'dbus-daemon prints its address', timeoutMs: 10_000, intervalMs: 10 },
  );
  return [bus, address];
}

/**
 * Starts Xvfb and beside it a session bus with the accessibility bus, through which native dialogs can be read.
 *
 * @param directory an empty directory of its own; the caller removes it after `close()`
 * @throws Error when Xvfb, dbus-daemon or at-spi2-core is not installed
 */
export async function openDisplay(directory: string): Promise<Display> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const [screen, name] = await startScreen(directory);
  const env = { DISPLAY: name, XDG_RUNTIME_DIR: directory };
  const [bus, sessionBus] = await startBus(directory, env);
  const accessibility = await openAccessibilityBus(sessionBus);
  const xdotool = (...args: readonly string[]) => runToSuccess('xdotool', args, { env });
  const moveTo = (point: Point) => ['mousemove', String(Math.round(point.x)), String(Math.round(point.y))];
  const screenshot = async () => xwdToPng(await readFile(join(directory, 'Xvfb_screen0')));
  return {
    name,
    env: { ...env, DBUS_SESSION_BUS_ADDRESS: sessionBus },
    accessibility,
    screenshot,
    saveScreenshot: async (file) => writeFile(file, await screenshot()),
    click: async (point) => void (await xdotool(...moveTo(point), 'click', '1')),
    doubleClick: async (point) => void (await xdotool(...moveTo(point), 'click', '--repeat', '2', '1')),
    press: async (...keys) => void (await xdotool('key', '--clearmodifiers', ...keys)),
    type: async (text) => void (await xdotool('type', '--clearmodifiers', text)),
    close: async () => {
      accessibility.close();
      await bus.kill();
      await screen.kill();
    },
  };
}
