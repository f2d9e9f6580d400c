import type { Page } from 'playwright-core';
import { waitUntil } from '../harness/wait-until.ts';
import type { Demo } from './demo.ts';

/** The last word of a message is the password of the file. */
export function passwordIn(text: string): string {
  return text.trim().split(/\s+/).at(-1) ?? '';
}

/** Whether a message brings the password of a login's file. Others name the login too: a code, a notice of a replacement. */
export function isPasswordMessage(text: string, login: string): boolean {
  return [`пароль файла ${login} `, `password of file ${login} `].some((words) => text.includes(words));
}

/** Reads the newest password on the telephone's page, as its owner does. */
export async function readPasswordOnPhone(page: Page, demo: Demo, login: string): Promise<string> {
  await page.goto(demo.phoneUrl);
  const message = page.getByText(new RegExp(`файла ${login} .*: \\S+$`)).last();
  await message.waitFor({ timeout: 20_000 });
  return passwordIn((await message.textContent()) ?? '');
}

/** The newest password that was sent for a login, without a browser. */
export async function waitForPassword(
  demo: Pick<Demo, 'messages'>,
  login: string,
  count = 1,
  timeoutMs = 20_000,
): Promise<string> {
  return waitUntil(
    async () => {
      const messages = (await demo.messages()).filter(({ text }) => isPasswordMessage(text, login));
      return messages.length >= count ? passwordIn(messages.at(-1)?.text ?? '') : undefined;
    },
    { what: `message ${count} with a password for ${login}`, timeoutMs },
  );
}
