import { writeFile } from 'node:fs/promises';
import { at, type BidiSession, type Json } from './bidi.ts';
import { waitUntil } from './wait-until.ts';

/** One tab of Firefox: the few acts a test needs. Selectors are CSS. */
export interface FirefoxPage {
  /** Resolves when the page has loaded; does not while a certificate dialog is open (see `dialog.openedBy`). */
  navigate(url: string): Promise<void>;
  reload(): Promise<void>;
  url(): Promise<string>;
  /** The value of a JavaScript expression; promises are awaited. */
  evaluate(expression: string): Promise<Json>;
  /** Waits for the element and gives its text. */
  text(selector: string, timeoutMs?: number): Promise<string>;
  /** Waits until the element has this text in it. */
  waitForText(selector: string, text: string, timeoutMs?: number): Promise<void>;
  /** Moves the real mouse there and presses it. Does not wait for what follows. */
  click(selector: string): Promise<void>;
  /** Clicks the element whose text is this, among links and buttons. */
  clickText(text: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  screenshot(file: string): Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 20_000;

function keyActions(text: string): Json {
  return [...text].flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ]);
}

/** @param context BiDi's name of the tab */
export function firefoxPage(session: BidiSession, context: string): FirefoxPage {
  const target = { context };
  const evaluate = async (expression: string): Promise<Json> => {
    const answer = await session.send('script.evaluate', {
      target,
      expression: `(async () => JSON.stringify((await (${expression})) ?? null))()`,
      awaitPromise: true,
    });
    const value = at(answer, 'result', 'value');
    if (typeof value !== 'string') {
      throw new Error(`${expression}: ${String(at(answer, 'exceptionDetails', 'text'))}`);
    }
    return JSON.parse(value);
  };
  /** A page that is being replaced has no realm for a moment. */
  const tryEvaluate = (expression: string) => evaluate(expression).catch((): Json => null);

  const findElement = async (expression: string, what: string): Promise<string> =>
    waitUntil(
      async () => {
        const answer = await session
          .send('script.evaluate', { target, expression, awaitPromise: false })
          .catch((): Json => null);
        const id = at(answer, 'result', 'sharedId');
        return typeof id === 'string' ? id : undefined;
      },
      { what, timeoutMs: DEFAULT_TIMEOUT_MS },
    );
  const selectorExpression = (selector: string) => `document.querySelector(${JSON.stringify(selector)})`;

  const clickElement = async (sharedId: string) => {
    await session.send('script.callFunction', {
      target,
      functionDeclaration: '(element) => element.scrollIntoView({ block: "center", behavior: "instant" })',
      arguments: [{ sharedId }],
      awaitPromise: false,
    });
    await session.send('input.performActions', {
      context,
      actions: [
        {
          type: 'pointer',
          id: 'mouse',
          actions: [
            { type: 'pointerMove', x: 0, y: 0, origin: { type: 'element', element: { sharedId } } },
            { type: 'pointerDown', button: 0 },
            { type: 'pointerUp', button: 0 },
          ],
        },
      ],
    });
  };
  const click = async (selector: string) =>
    clickElement(await findElement(selectorExpression(selector), `${selector} is there`));
  const text = async (selector: string, timeoutMs = DEFAULT_TIMEOUT_MS) =>
    waitUntil(
      async () => {
        const found = await tryEvaluate(`${selectorExpression(selector)}?.textContent`);
        return typeof found === 'string' ? found : undefined;
      },
      { what: `${selector} is there`, timeoutMs },
    );

  return {
    navigate: async (url) => {
      await session.send('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    reload: async () => {
      await session.send('browsingContext.reload', { context, wait: 'complete' });
    },
    url: async () => String(await evaluate('location.href')),
    evaluate,
    text,
    waitForText: async (selector, wanted, timeoutMs = DEFAULT_TIMEOUT_MS) => {
      await waitUntil(
        async () => {
          const found = await tryEvaluate(`${selectorExpression(selector)}?.textContent`);
          return typeof found === 'string' && found.includes(wanted) ? true : undefined;
        },
        { what: `${selector} says «${wanted}»`, timeoutMs },
      );
    },
    click,
    clickText: async (wanted) => {
      const all = '[...document.querySelectorAll("a, button, [role=button], [role=menuitem]")]';
      const expression = `${all}.find((element) => element.textContent.trim() === ${JSON.stringify(wanted)})`;
      await clickElement(await findElement(expression, `«${wanted}» is there`));
    },
    type: async (selector, typed) => {
      await click(selector);
      await session.send('input.performActions', {
        context,
        actions: [{ type: 'key', id: 'keyboard', actions: keyActions(typed) }],
      });
    },
    screenshot: async (file) => {
      const answer = await session.send('browsingContext.captureScreenshot', { context });
      await writeFile(file, Buffer.from(String(at(answer, 'data')), 'base64'));
    },
  };
}
