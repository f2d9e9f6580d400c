import { type AccessibleNode, Role } from './accessibility.ts';
import type { Display } from './display.ts';
import { firefoxManager, MANAGER_TIMEOUT_MS } from './firefox-manager.ts';
import { waitUntil } from './wait-until.ts';

/** What Firefox keeps itself: the tab «Your Certificates», read and used as a person would. */
export interface FirefoxOwnCertificates {
  /** Finds the line by the end of its serial number, as pages tell it, and deletes it; Firefox asks once more. */
  delete(serialTail: string): Promise<void>;
}

const TAB = 'Your Certificates';
const DELETE = 'Delete…';
const CONFIRM = 'OK';
const QUESTION = /^Are you sure you want to delete these certificates/;

/** @param application gives the running browser's root on the accessibility bus */
export function firefoxOwnCertificates(
  display: Display,
  application: () => Promise<AccessibleNode>,
): FirefoxOwnCertificates {
  const { inTab, named, isSelected, clickFor } = firefoxManager(display, application);
  return {
    delete: (serialTail) =>
      inTab(TAB, async () => {
        const ending = serialTail.toUpperCase();
        const findLine = async () =>
          (
            await named(Role.tableRow, (name) =>
              name.split(' ').some((word) => word.includes(':') && word.replaceAll(':', '').endsWith(ending)),
            )
          )[0];
        const line = await waitUntil(findLine, {
          what: `a certificate with the serial number …${ending}`,
          timeoutMs: MANAGER_TIMEOUT_MS,
        });
        await clickFor(
          async () => line,
          'the certificate is selected',
          () => isSelected(line),
        );
        // Each tab of the manager has such a button; this one is the first.
        const findButton = async () => (await named(Role.pushButton, (name) => name === DELETE))[0];
        const findQuestion = async () => (await named(Role.label, (name) => QUESTION.test(name)))[0];
        await clickFor(findButton, 'Firefox asks once more', findQuestion);
        await clickFor(
          // A window of its own, the last one. The manager has such a button as well.
          async () =>
            (await findQuestion()) && (await named(Role.pushButton, (name) => name === CONFIRM)).at(-1),
          `the certificate …${ending} is deleted`,
          async () => ((await findQuestion()) ?? (await findLine())) === undefined || undefined,
        );
      }),
  };
}
