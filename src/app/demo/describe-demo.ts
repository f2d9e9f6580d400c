import { formatTable } from '../cli/terminal.ts';
import type { DemoCredential } from './demo-credentials.ts';
import type { DemoInstallation } from './demo-installation.ts';

/** One of each kind; the page with the telephones shows them all. */
const DSS_LOGINS: readonly (readonly string[])[] = [
  ['open', '—', 'not at all'],
  ['password', 'dss-password', 'not at all'],
  ['sim', '—', 'on the SIM card'],
  ['mobile', 'dss-mobile', 'in the mobile application'],
  ['sms', 'dss-sms', 'by a code from an SMS'],
  ['qr', 'dss-qr', 'by a code that the application shows without a network'],
  ['choice', 'dss-choice', 'in a way that one chooses'],
];

/** Certificates in GOST are files, made once; the addresses in them cannot follow the demo to another port. */
const DSS_FIXED_ORIGIN = 'http://127.0.0.1:8089';

function describeFixedAddress(dssPhonesUrl: string): string[] {
  if (new URL(dssPhonesUrl).origin === DSS_FIXED_ORIGIN) return [];
  return [
    `  Its GOST certificates name ${DSS_FIXED_ORIGIN}/ca/… for their lists and issuers, and nothing of this demo`,
    '  answers there. Take them from the address above, or start with --dss-phones-port 8089.',
  ];
}

/** What `make demo` prints: where to click, in which order. */
export function describeDemo(input: {
  readonly installation: Pick<DemoInstallation, 'folder' | 'configurationFile' | 'serverAuthorityFile'>;
  readonly credentials: readonly DemoCredential[];
  readonly crmUrl: string;
  readonly portalUrl: string;
  readonly phoneUrl: string;
  readonly mailUrl: string;
  readonly dssUrl: string;
  readonly dssPhonesUrl: string;
}): string[] {
  const { installation, credentials, crmUrl, portalUrl, phoneUrl, mailUrl, dssUrl, dssPhonesUrl } = input;
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
    `  telephones of the DSS         ${dssPhonesUrl}`,
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
    'A CryptoPro DSS to practise with (its certificates are for practice only):',
    '',
    `  authorization server          ${dssUrl}/STS/oauth`,
    `  DSS server                    ${dssUrl}/SignServer/rest`,
    '',
    ...formatTable(['login', 'password', 'how it is confirmed'], DSS_LOGINS).map((line) => `  ${line}`),
    '',
    `  Confirmations, codes and more logins: ${dssPhonesUrl}`,
    ...describeFixedAddress(dssPhonesUrl),
    '',
    'Ctrl+C stops everything; the next start goes on where this one ended. Everything lies in',
    `  ${installation.folder}`,
    '',
  ];
}
