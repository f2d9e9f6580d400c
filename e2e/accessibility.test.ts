import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONSOLE_SCENARIOS } from '../web/dev/console/scenarios.ts';
import { NOW } from '../web/dev/fixtures.ts';
import { SCENARIOS } from '../web/dev/scenarios.ts';
import { serveBuilt } from '../web/dev/serve-built.ts';
import { addAxe, findBarriers } from './harness/axe.ts';
import { type Lab, openLab } from './harness/lab.ts';
import { type Demo, startDemo } from './product/demo.ts';

interface Look {
  readonly colorScheme: 'light' | 'dark';
  readonly viewport: { readonly width: number; readonly height: number };
}

const WIDE_LIGHT: Look = { colorScheme: 'light', viewport: { width: 1366, height: 768 } };
const NARROW_DARK: Look = { colorScheme: 'dark', viewport: { width: 360, height: 740 } };
/** What may differ between light and dark, wide and narrow. */
const OF_LOOKS = ['color-contrast', 'scrollable-region-focusable', 'target-size', 'button-name', 'link-name'];

let built: Awaited<ReturnType<typeof serveBuilt>>;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  built = await serveBuilt();
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  page = await openPage();
});
afterAll(async () => {
  await browser.close();
  built.server.closeAllConnections();
  built.server.close();
});

async function openPage(): Promise<Page> {
  const context = await browser.newContext({
    locale: 'ru-RU',
    reducedMotion: 'reduce',
    ignoreHTTPSErrors: true,
  });
  await addAxe(context);
  const page = await context.newPage();
  await page.clock.install({ time: NOW });
  return page;
}

async function show(name: string, { colorScheme, viewport }: Look): Promise<void> {
  const scenario = SCENARIOS[name] ?? CONSOLE_SCENARIOS[name];
  if (scenario === undefined) throw new TypeError(`no scenario ${name}`);
  await page.context().addCookies([{ name: 'scenario', value: name, url: built.origin }]);
  // Before the page is there: axe would meet the colours half way between light and dark.
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize(viewport);
  await page.goto(built.origin + scenario.path);
  await page.waitForSelector('main', { state: 'attached' });
  const answersNever =
    'answers' in scenario
      ? Object.values(scenario.answers).some(({ kind }) => kind === 'hang')
      : scenario.fault === 'hangs';
  await page.waitForLoadState(answersNever ? 'load' : 'networkidle');
}

/** The first state of each page. */
function pagesOf(scenarios: Readonly<Record<string, { readonly path: string }>>): readonly string[] {
  const names = new Map<string, string>();
  for (const [name, { path }] of Object.entries(scenarios)) {
    const address = path.replace(/[?#].*$/, '');
    if (!names.has(address)) names.set(address, name);
  }
  return [...names.values()];
}

describe('nothing that axe finds stands in anybody’s way', () => {
  test.for([...Object.keys(SCENARIOS), ...Object.keys(CONSOLE_SCENARIOS)])(
    'in each state, wide and light: %s',
    async (name) => {
      await show(name, WIDE_LIGHT);
      expect(await findBarriers(page)).toEqual([]);
    },
  );

  test.for([...pagesOf(SCENARIOS), ...pagesOf(CONSOLE_SCENARIOS)])(
    'on each page, narrow and dark: %s',
    async (name) => {
      await show(name, NARROW_DARK);
      expect(await findBarriers(page, ...OF_LOOKS)).toEqual([]);
    },
  );
});

/** What shows itself only after a press: what is shown, how it is opened, and what is there then. */
const OPENED: readonly (readonly [
  title: string,
  scenario: string,
  open: () => Promise<unknown>,
  shown: string,
])[] = [
  ['a failed sign-in', 'sign-in', () => signInWith('wrong'), '[aria-invalid=true]'],
  ['too many sign-ins', 'sign-in', () => signInWith('often'), '[role=alert]'],
  [
    'the question before a replacement',
    'replace-confirm',
    () => page.locator('main .mantine-Button-root:not([data-variant="default"])').first().click(),
    'dialog[open]',
  ],
  [
    'the account menu',
    'sessions',
    () => page.locator('header button[aria-haspopup=menu]').last().click(),
    '[role=menu]',
  ],
  [
    'the choice of columns',
    'sessions',
    () => page.locator('main button[aria-haspopup=menu]').click(),
    '[role=menuitemcheckbox]',
  ],
  [
    'the end of all other sessions',
    'sessions',
    () => page.getByRole('button', { name: 'Завершить все остальные' }).click(),
    'dialog[open]',
  ],
  [
    'a revocation',
    'admin-certificate',
    () => page.locator('aside').getByRole('button', { name: 'Аннулировать' }).click(),
    'dialog[open]',
  ],
];

async function signInWith(password: string): Promise<void> {
  await page.getByLabel('Логин', { exact: true }).fill('ivanov');
  await page.getByLabel('Пароль', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Войти', exact: true }).click();
}

describe('nor what shows itself only after a press', () => {
  test.for(OPENED)('%s', async ([, scenario, open, shown]) => {
    for (const look of [WIDE_LIGHT, NARROW_DARK]) {
      await show(scenario, look);
      await open();
      await page.locator(shown).first().waitFor();
      expect(await findBarriers(page)).toEqual([]);
    }
  });
});

describe('nor the pages that the gate makes by itself', () => {
  let ground: Lab;
  let demo: Demo;

  beforeAll(async () => {
    ground = await openLab();
    demo = await startDemo(ground);
  });
  afterAll(() => ground.close());

  test('an entry that was not completed', async () => {
    const address = `${demo.crmUrl}/.propusk/callback?code=used`;
    for (const { colorScheme, viewport } of [WIDE_LIGHT, NARROW_DARK]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      // The first of two begins the way anew.
      await page.goto(address);
      await page.goto(address);
      await page.getByText('hand-over-invalid').waitFor();
      expect(await findBarriers(page)).toEqual([]);
    }
  });
});
