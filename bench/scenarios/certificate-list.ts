import { type Browser, chromium, type Page } from 'playwright-core';
import { interleave } from '../measure/interleave.ts';
import { type Spread, spreadOf } from '../measure/statistics.ts';
import { atMost, type Row } from '../report/row.ts';
import { startCertificateConsole } from '../servers/certificate-console.ts';
import type { Workbench } from '../workbench.ts';

const CERTIFICATES = 10_000;
const PAIRS = 7;
const TRIES = 7;
const CHROMIUM = '/usr/bin/chromium';

/** In the page: when the first row was on the screen, in milliseconds since the navigation began. */
const WATCH = `
  globalThis.firstRow = new Promise((told) => {
    const look = () => {
      if (document.querySelector('tr[data-key]') === null) requestAnimationFrame(look);
      // After the frame that holds it.
      else requestAnimationFrame(() => setTimeout(() => told(performance.now())));
    };
    look();
  });`;

/** A list of 10,000 certificates in Chromium: its first rows, rows far below, and what a search finds. */
export async function measureCertificateList(workbench: Workbench): Promise<Row[]> {
  const origin = await startCertificateConsole(workbench, CERTIFICATES);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  workbench.onClose(() => browser.close());
  const open = (path: string) => firstRowOf(browser, `${origin}${path}`);
  // The pages are compiled and the database is in memory afterwards.
  await open('/certificates');
  await open('/bare');
  const first = await interleave({
    ours: () => open('/certificates'),
    peer: () => open('/bare'),
    ratio: (ours, theirs) => theirs / ours,
    pairs: PAIRS,
    budgetMs: 120_000,
  });
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(`${origin}/certificates`);
  await page.waitForSelector('tr[data-key]');
  const scrolled = await repeat((number) => scrollTo(page, (number + 1) / (TRIES + 1)));
  const searched = await repeat((number) => searchFor(page, String(7_700_001_000 + number * 1_234)));
  const rows = CERTIFICATES.toLocaleString('en');
  return [
    {
      scenario: `${rows} certificates, first rows painted`,
      unit: 'ms',
      ours: first.ours,
      peer: { name: 'a bare page with the same rows', value: first.peer },
      ratio: first.ratio,
      aim: atMost('time', 1_000, 'ms', first.ours.median),
      note: `Chromium, a new profile each time, ${first.pairs} pairs; from the navigation to the frame with the first row; server, database and browser on one machine, without TLS`,
    },
    {
      scenario: `${rows} certificates, rows far below shown`,
      unit: 'ms',
      ours: scrolled,
      peer: undefined,
      ratio: undefined,
      aim: atMost('time', 300, 'ms', scrolled.median),
      note: `${TRIES} jumps to places that were not loaded, to the frame with their rows`,
    },
    {
      scenario: `${rows} certificates, what a search finds shown`,
      unit: 'ms',
      ours: searched,
      peer: undefined,
      ratio: undefined,
      aim: atMost('time', 500, 'ms', searched.median),
      note: `${TRIES} numbers, from the last key to the frame with the one row; 200 ms of it wait for further keys`,
    },
  ];
}

async function firstRowOf(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(WATCH);
    await page.goto(address, { waitUntil: 'commit' });
    return numberOf(await page.evaluate('globalThis.firstRow'));
  } finally {
    await context.close();
  }
}

/** @param part of the whole height */
async function scrollTo(page: Page, part: number): Promise<number> {
  return numberOf(
    await page.evaluate(`new Promise((told) => {
      const grid = document.querySelector('[role=grid]');
      const scroller = grid.parentElement;
      const started = performance.now();
      scroller.scrollTop = scroller.scrollHeight * ${part};
      const look = () => {
        const { top, height } = scroller.getBoundingClientRect();
        const middle = document.elementFromPoint(400, top + height / 2)?.closest('tr[data-key]');
        if (middle) setTimeout(() => told(performance.now() - started));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(() => requestAnimationFrame(look));
    })`),
  );
}

async function searchFor(page: Page, text: string): Promise<number> {
  const field = page.locator('main input[type=search]');
  await field.fill(text.slice(0, -1));
  await field.press('End');
  // A promise that is the value would be waited for here.
  await page.evaluate(`globalThis.found = new Promise((told) => {
    addEventListener('keydown', () => {
      const started = performance.now();
      const look = () => {
        const rows = document.querySelectorAll('tr[data-key]');
        if (rows.length === 1 && rows[0].textContent.includes(${JSON.stringify(text)})) {
          setTimeout(() => told(performance.now() - started));
        } else requestAnimationFrame(look);
      };
      look();
    }, { once: true });
  }), 0`);
  await field.press(text.slice(-1));
  return numberOf(await page.evaluate('globalThis.found'));
}

async function repeat(measure: (number: number) => Promise<number>): Promise<Spread> {
  const values: number[] = [];
  for (let number = 0; number < TRIES; number += 1) values.push(await measure(number));
  return spreadOf(values);
}

function numberOf(value: unknown): number {
  if (typeof value !== 'number') throw new TypeError('the page measured nothing');
  return value;
}
