import { formatTable } from '../cli/terminal.ts';
import type { DemoCredential } from './demo-credentials.ts';
import type { DemoInstallation } from './demo-installation.ts';

/** What `make demo` prints: where to click, in which order. */
export function describeDemo(input: {
  readonly installation: DemoInstallation;
  readonly credentials: readonly DemoCredential[];
  readonly crmUrl: string;
  readonly portalUrl: string;
  readonly phoneUrl: string;
  readonly mailUrl: string;
}): string[] {
  const { installation, credentials, crmUrl, portalUrl, phoneUrl, mailUrl } = input;
  const people = formatTable(
    ['login', 'password', 'name', 'telephone'],
    credentials.map(({ login, password, displayName, phone }) => [login, password, displayName, phone]),
  );
  return [
    '',
    'Propusk demo is running.',
    '',
    `  application behind the gate   ${crmUrl}`,
    `  portal                        ${portalUrl}`,
    `  telephone with the SMS        ${phoneUrl}`,
    `  mailbox with the reminders    ${mailUrl}`,
    '',
    ...people.map((line) => `  ${line}`),
    '',
    'Five steps in Chrome (Chromium, Edge, Yandex Browser, Opera) on this machine:',
    '',
    `  1. Open ${crmUrl}`,
    '     The browser warns of the demo’s server certificate. Either go on: Advanced -> Proceed (for each of the two',
    `     hosts once). Or trust ${installation.serverAuthorityFile}`,
    '     (Settings -> Privacy and security -> Security -> Manage certificates -> Authorities -> Import).',
    '  2. Sign in as ivanov with the password above. The page says that there is no certificate yet.',
    '  3. Press «Скачать сертификат» (RU | EN switches the language). A .pfx file is downloaded; its password',
    `     arrives on the telephone: ${phoneUrl}`,
    '  4. Install the file: double click on Windows and macOS. On Linux: Settings -> Manage certificates -> Your',
    '     certificates -> Import, or',
    '       pk12util -d sql:$HOME/.pki/nssdb -i ~/Downloads/ivanov-*.pfx',
    '  5. Back on the page press «Я установил сертификат», choose ivanov in the browser’s window, press OK:',
    '     the list of tickets opens.',
    '',
    'Then try: sign in as petrov and choose ivanov’s certificate; press Cancel in the window; in another terminal',
    `  scripts/propusk --config ${installation.configurationFile} certificate list`,
    `  scripts/propusk --config ${installation.configurationFile} certificate revoke SERIAL`,
    '',
    'Ctrl+C stops everything; the next start goes on where this one ended. Everything lies in',
    `  ${installation.folder}`,
    '',
  ];
}
