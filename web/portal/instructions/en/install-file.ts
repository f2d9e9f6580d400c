import {
  type Block,
  browsers,
  CHROMIUM_BROWSERS,
  type GuideBrowser,
  type GuideSystem,
  inBrowsers,
  list,
  note,
  picture,
  type Section,
  steps,
  text,
} from '../blocks.ts';
import { PASSWORD_STEP } from './install-download.ts';

type Desktop = Exclude<GuideSystem, 'ios' | 'android'>;

export function importFile(system: Desktop): Section {
  return {
    id: 'import',
    title: 'Installing the file',
    blocks: [
      ...(system === 'linux' ? [] : [text(STORE[system])]),
      browsers(
        inBrowsers(systemBrowsers(system), ...SYSTEM_STEPS[system]),
        inBrowsers(['firefox'], ...(system === 'linux' ? [] : FIREFOX_FIRST[system]), ...FIREFOX),
      ),
    ],
  };
}

const systemBrowsers = (system: Desktop): readonly GuideBrowser[] =>
  system === 'macos' ? [...CHROMIUM_BROWSERS, 'safari'] : CHROMIUM_BROWSERS;

const STORE: Readonly<Record<'windows' | 'macos', string>> = {
  windows:
    'Google Chrome, Yandex Browser, Opera and Microsoft Edge take certificates from the store of Windows: installing the file once is enough. Firefox has a store of its own.',
  macos:
    'Google Chrome, Yandex Browser, Opera, Microsoft Edge and Safari take certificates from the keychain: installing the file once is enough. Firefox has a store of its own.',
};

const SYSTEM_STEPS: Readonly<Record<Desktop, readonly Block[]>> = {
  windows: [
    text(
      'Find the downloaded file and double-click it with the left mouse button. The “Certificate Import Wizard” opens. In its windows:',
    ),
    steps('Choose “Current User” and press “Next”.'),
    picture('windows-wizard-place', 'Installing: the store location'),
    steps('Leave the file name as it is and press “Next”.'),
    picture('windows-wizard-file', 'Installing: the file to import'),
    steps(
      `${PASSWORD_STEP} and press “Next”. Letter case and keyboard layout matter: use the English layout and type it exactly as in the SMS. Leave the boxes as they are.`,
    ),
    picture('windows-wizard-password', 'Installing: the password from the SMS'),
    steps(
      'Leave the certificate store as it is, “Automatically select the certificate store based on the type of certificate”, and press “Next”.',
    ),
    picture('windows-wizard-store', 'Installing: the store'),
    steps('Press “Finish”, then “OK” in the window “The import was successful”.'),
    picture('windows-wizard-finish', 'Installing: the end'),
    note(
      'Windows asks whether to trust a certification authority (“Security Warning”)? Entering does not need that: you can answer “No”, your certificate is installed all the same. If in doubt, ask the administrator.',
    ),
    text('The system says that the password is wrong? See [[password]].'),
  ],
  macos: [
    steps(
      'Find the downloaded file and double-click it: “Keychain Access” opens.',
      'If it asks where to add the certificate, choose the keychain “login” and press “Add”. Do not choose “System” or “iCloud”.',
    ),
    picture('macos-add', 'Where to add the certificate'),
    steps(
      `${PASSWORD_STEP} and press “OK”. Letter case and keyboard layout matter: use the English layout and type it exactly as in the SMS.`,
    ),
    picture('macos-password', 'The password from the SMS'),
    steps(
      'Check that a certificate with your login is in the keychain “login” under “My Certificates”, with its key below it, behind the arrow. The mark “not trusted” does not matter.',
    ),
    picture('macos-certificates', 'The certificate in the keychain “login”'),
    steps(
      'At the first entry Mac OS asks for permission to use the key: type the computer’s password and press “Always Allow”, or it will ask again and again.',
    ),
    picture('macos-allow', 'Permission to use the key'),
    text('The system says that the password is wrong (“MAC verification failed”)? See [[password]].'),
  ],
  linux: [
    text(
      'On Linux browsers built on Chromium take certificates from the NSS store in your home directory. The file is installed in the browser itself.',
    ),
    steps(
      'Open a new tab and go to “chrome://certificate-manager”, in older versions “chrome://settings/certificates”. Begin the address with “edge://” in Edge, “opera://” in Opera, “browser://” in Yandex Browser.',
      'Choose “Your certificates”, then “View imported certificates from Linux” if there is such a line, and press “Import”.',
      'Choose the downloaded file in the folder “Downloads”.',
    ),
    picture('chromium-manager', '“Certificate Manager” in Chromium'),
    steps(
      `${PASSWORD_STEP} and press “OK”. Letter case and keyboard layout matter: use the English layout and type it exactly as in the SMS.`,
    ),
    text('The same from the command line (package libnss3-tools):'),
    list(
      'install: pk12util -d sql:$HOME/.pki/nssdb -i file.p12',
      'look: certutil -d sql:$HOME/.pki/nssdb -L',
    ),
    note(
      'Browsers installed from Snap or Flatpak see only their own directory: install the file in the browser’s window, not from the command line.',
    ),
    text('The browser says that the password is wrong? See [[password]].'),
  ],
};

const FIREFOX_FIRST: Readonly<Record<'windows' | 'macos', readonly Block[]>> = {
  windows: [
    text(
      'Firefox 90 and later also offers certificates from the store of Windows: if you have installed the file with a double click already, try to enter. If Firefox does not show your certificate, load the file into Firefox itself:',
    ),
  ],
  macos: [
    text(
      'Firefox 90 and later also offers certificates from the keychain: if you have installed the file with a double click already, try to enter. If Firefox does not show your certificate, load the file into Firefox itself:',
    ),
  ],
};

const FIREFOX: readonly Block[] = [
  steps(
    'Open the menu (the button with three lines at the top right) and choose “Settings”, then “Privacy & Security” on the left.',
    'At the end of the page, under “Connection and software security”, press “Advanced settings”, then “Manage certificates”. In older versions there is “Certificates” at the end of the page: press “View Certificates”.',
  ),
  picture('firefox-settings', 'The section “Certificates” in the settings of Firefox'),
  steps(
    'On the tab “Your Certificates” press “Import…” and choose the downloaded file.',
    'Type the password from the SMS and press “OK”. Firefox calls it the password of the certificate backup.',
  ),
  steps('A certificate with your login is now in the list: close the window with “OK”.'),
  picture('firefox-certificates', 'The tab “Your Certificates”'),
];
