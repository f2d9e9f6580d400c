import type { Page } from 'playwright-core';

/**
 * Deletes a certificate in Chromium's own manager, as a person would, and answers its question. The page has to be one
 * that may be left: it goes to the manager.
 *
 * @param sha256 of the certificate, hex, with colons or without
 */
export async function deleteInChromiumManager(page: Page, sha256: string): Promise<void> {
  const wanted = sha256.replaceAll(':', '').toLowerCase();
  // A page in the background is not drawn, and what is not drawn is not clicked.
  await page.bringToFront();
  await page.goto('chrome://certificate-manager/clientcerts/platformclientcerts');
  const lines = page.locator('certificate-entry').locator('visible=true');
  await lines.first().waitFor();
  const before = await lines.count();
  for (const line of await lines.all()) {
    const shown = (await line.locator('input').inputValue()).replace(/[^0-9a-f]/gi, '').toLowerCase();
    if (shown !== wanted) continue;
    await line.locator('#delete').click();
    // «ОК» in both languages, with Latin or Cyrillic letters; the last of the question's two buttons.
    await page.locator('certificate-confirmation-dialog').getByRole('button').last().click();
    await lines.nth(before - 1).waitFor({ state: 'detached' });
    return;
  }
  throw new Error(`the manager shows no certificate ${wanted}`);
}
