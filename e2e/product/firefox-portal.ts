import type { Firefox } from '../harness/firefox.ts';
import type { Remember } from '../harness/firefox-dialog.ts';
import { waitUntil } from '../harness/wait-until.ts';
import type { Demo } from './demo.ts';
import { type RefusalReason, TEXTS } from './portal-page.ts';

/** Fills the sign-in form that is on the page; does not wait for what comes next. */
export async function signInFirefox(
  { page }: Firefox,
  demo: Pick<Demo, 'passwordOf'>,
  login: string,
): Promise<void> {
  await page.type('input[autocomplete="username"]', login);
  await page.type('input[type="password"]', await demo.passwordOf(login));
  await page.clickText(TEXTS.ru.signIn);
}

/**
 * Opens the application and answers the dialog that comes with it. Where the first connection takes its time, Firefox opens
 * a second one beside it (`network.http.connection-retry-timeout`), and asks for that one too.
 */
export async function openCrmFirefox(
  { page, dialog }: Firefox,
  demo: Pick<Demo, 'crmUrl'>,
  nickname: string,
  remember?: Remember,
): Promise<void> {
  let ended = false;
  const opened = page.navigate(demo.crmUrl).finally(() => {
    ended = true;
  });
  await dialog.accept(nickname, remember);
  while (!ended) {
    if (await dialog.isOpen()) await dialog.accept(nickname, remember);
  }
  await opened;
}

/** Waits for the refusal page and returns its message as a person reads it. */
export async function readRefusalFirefox({ page }: Firefox, reason: RefusalReason): Promise<string> {
  return (await page.text(`[data-reason="${reason}"] p`)).trim();
}

/** Waits until the application has let this person in, and answers dialogs for further connections as the first one. */
export async function waitForCrmFirefox(
  { page, dialog }: Firefox,
  demo: Pick<Demo, 'crmUrl'>,
  login: string,
  remember: Remember = 'for-this-session',
): Promise<void> {
  const whoami = `location.origin === ${JSON.stringify(demo.crmUrl)} ? fetch('/whoami.json').then((answer) => answer.json()) : null`;
  await waitUntil(
    async () => {
      if (await dialog.isOpen()) await dialog.accept(login, remember);
      // Under a dialog no page answers.
      const known = await Promise.race([
        page.evaluate(whoami).catch(() => null),
        new Promise<null>((resolve) => setTimeout(resolve, 2000, null)),
      ]);
      return JSON.stringify(known).includes(`"login":"${login}"`) ? true : undefined;
    },
    { what: `${login} in the application`, timeoutMs: 60_000 },
  );
}
