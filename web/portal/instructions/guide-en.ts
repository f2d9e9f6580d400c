import type { DesktopSystem } from '../../ui/system-pictogram.tsx';
import { type Block, heading, list, message, note, type Section, steps, text } from './blocks.ts';

const INSTALL: Readonly<Record<DesktopSystem, readonly Block[]>> = {
  windows: [
    text(
      'This is how the certificate is installed for Chrome, Yandex Browser, Opera and Microsoft Edge. Firefox has a store of its own: see the next section.',
    ),
    steps(
      'Press “Download the certificate”. It is issued and downloaded to this device. The browser shows the file at the top right or at the bottom left, depending on the browser.',
      'Find the downloaded file and double-click it with the left mouse button.',
      'In the window choose “Current User” and press “Next”.',
      'Leave the file name as it is and press “Next”.',
      'Type the password that was sent to your phone by SMS and press “Next”. Letter case and keyboard layout matter: use the English layout and type it exactly as in the SMS.',
      'Leave the certificate store as it is and press “Next”.',
      'Press “Finish”.',
    ),
    note(
      'Windows says “wrong password” although it is right? Older versions do not understand the new file format. Choose “Another file format” on the download page: certificate and password are the same.',
    ),
  ],
  macos: [
    text(
      'This is how the certificate is installed for Chrome, Yandex Browser, Opera, Microsoft Edge and Safari. Firefox has a store of its own: see the next section.',
    ),
    steps(
      'Press “Download the certificate”. A file ending in .p12 is saved to the Downloads folder.',
      'Double-click the file: Keychain Access opens.',
      'If it asks where to add the certificate, choose the keychain “login” and press “Add”.',
      'Type the password that was sent to your phone by SMS. Letter case and keyboard layout matter: use the English layout and type it exactly as in the SMS.',
      'Check that a certificate with your login is in the keychain “login” under “My Certificates”.',
      'At the first entry Mac OS asks for permission to use the key: type the computer’s password and press “Always Allow”.',
    ),
    note(
      'It says the password is wrong although it is right? Before Mac OS 15 the modern file format cannot be read. Download the file in the format “Compatible”: certificate and password are the same.',
    ),
    note(
      'Safari keeps its choice in the keychain as an identity preference. If Safari shows the wrong certificate, delete that item and open the site again.',
    ),
  ],
  linux: [
    text(
      'This is how the certificate is installed for Chrome, Chromium, Yandex Browser, Opera and Microsoft Edge. Firefox has a store of its own: see the next section.',
    ),
    steps(
      'Press “Download the certificate”. A file ending in .p12 is saved to the Downloads folder.',
      'Open a new tab and go to chrome://certificate-manager, in older versions chrome://settings/certificates. Begin the address with edge:// in Edge, opera:// in Opera, browser:// in Yandex Browser.',
      'Choose “Your certificates” and press “Import”.',
      'Choose the downloaded file.',
      'Type the password that was sent to your phone by SMS and press “OK”. Letter case and keyboard layout matter: use the English layout and type it exactly as in the SMS.',
    ),
    text(
      'The same from the command line (package libnss3-tools): pk12util -d sql:$HOME/.pki/nssdb -i file.p12. Every browser built on Chromium uses this store.',
    ),
  ],
};

const REMOVE: Readonly<Record<DesktopSystem, readonly Block[]>> = {
  windows: [
    steps(
      'Open “Manage user certificates”: for example, type the word “certificate” into the search box.',
      'Open the folder “Personal” and choose “Certificates”.',
      'Select the certificate that is no longer valid and press “Delete”.',
    ),
  ],
  macos: [
    steps(
      'Open “Keychain Access”.',
      'Choose the keychain “login” and “My Certificates”.',
      'Select the certificate that is no longer valid and delete it with its key: menu “Edit”, “Delete”.',
    ),
  ],
  linux: [
    steps(
      'Open chrome://certificate-manager in the browser and choose “Your certificates”.',
      'Find the certificate that is no longer valid by its date and the last digits of its serial number.',
      'Press “Delete”.',
    ),
  ],
};

const FOLDER: Readonly<Record<DesktopSystem, string>> = {
  windows:
    'Unless you changed the place, the file is saved in “C:\\Users\\your user name\\Downloads” («Загрузки» in Russian).',
  macos: 'Unless you changed the place, the file is saved in your “Downloads” folder.',
  linux: 'Unless you changed the place, the file is saved in “Downloads” in your home directory.',
};

export function guideEn(system: DesktopSystem): readonly Section[] {
  return [
    { id: 'install', title: 'Installing the certificate', blocks: INSTALL[system] },
    {
      id: 'firefox',
      title: 'Installing in Mozilla Firefox',
      blocks: [
        text('Firefox does not see the system’s certificates: the file is loaded into the browser itself.'),
        steps(
          'Open the menu ☰ at the top right, “Settings”, then “Privacy & Security” on the left.',
          'Scroll down to “Certificates” and press “View Certificates”.',
          'On the tab “Your Certificates” press “Import” and choose the downloaded file.',
          'Type the password from the SMS and press “OK”.',
        ),
      ],
    },
    {
      id: 'choose',
      title: 'Choosing the certificate in the browser',
      blocks: [
        text(
          'After installing, press “I have installed the certificate” on the page: the browser opens its window for choosing one. If it does not, close the browser, open it again and go to the site. Choose your certificate and press “OK”; the site then opens.',
        ),
        text(
          'If you press “Cancel”, no certificate is chosen and access is denied. To see the window again, press “Choose another certificate” or restart the browser.',
        ),
        text(
          'The window opens again after every restart of the browser. Always choose the certificate of the user who is signed in.',
        ),
        heading('How to recognise your certificate'),
        list(
          'Google Chrome, Opera, Yandex Browser: the column “Subject” shows the name of the certificate, which is the login. “Certificate information” shows the date of issue as “Valid from”.',
          'Microsoft Edge: the first line of each entry is the name of the certificate, which is the login; the date of issue is shown too.',
          'Mozilla Firefox: open the list, choose the certificate with your login and press “OK”.',
        ),
        heading('“Remember this decision” in Firefox'),
        text(
          'The box “Remember this decision” is ticked by itself. If you leave it, Firefox remembers the choice and does not ask again after a restart: to enter as another user or with a new certificate, the decision has to be deleted (see “Deleting a remembered decision in Firefox”). If you untick it, Firefox asks again after a restart.',
        ),
        text(
          'Newer versions have a list instead: for this session, once, permanently. Leave it at “for this session”.',
        ),
      ],
    },
    {
      id: 'delete',
      title: 'Deleting the file after installing',
      blocks: [
        text(
          'Important for your security: once the certificate is installed on ALL devices (for example on the computers at work and at home), delete the file that was downloaded with “Download the certificate” from every device and service:',
        ),
        list(
          'Computer',
          'USB stick',
          'Cloud storage such as Google Drive, Yandex Disk and so on',
          'Mail',
          'Anything else',
        ),
        text('and empty the recycle bin, so that the certificate cannot be stolen.'),
        note(
          'Do not confuse this with removing the installed certificate from the store (section “Removing an installed certificate”).',
        ),
      ],
    },
    {
      id: 'accounts',
      title: 'Several accounts on one computer',
      blocks: [
        text(
          'Every account needs its own certificate installed. Working under several accounts with one certificate is forbidden. In the browser’s window choose the certificate of the user who signs in.',
        ),
        heading('A browser for each account'),
        steps(
          'Open the first browser, go to the site, sign in, download and install the certificate of user 1.',
          'Open another browser and go to the site. If it asks for a certificate, it does not matter whether you choose that of user 1 or press “Cancel”: after signing in as user 2 you see “Download the certificate”.',
          'Download and install the certificate of user 2 and choose it.',
        ),
        text('Once both are installed, simply choose the right one in each browser.'),
        heading('One browser for all'),
        steps(
          'Sign out as user 1.',
          'Sign in as user 2; if there is no certificate yet, download and install it.',
          'Press “Choose another certificate” or restart the browser, and choose the certificate of user 2.',
          'To go back to user 1, do the same for that user.',
        ),
        text(
          'If you chose the wrong certificate by mistake, press “Choose another certificate” (in Firefox restart the browser) and choose the right one.',
        ),
      ],
    },
    {
      id: 'computers',
      title: 'One certificate on several computers',
      blocks: [
        text(
          'If you work on several devices, for example at work and at home, install the same certificate on each of them.',
        ),
        steps(
          'Copy the file from the computer where it was downloaded to the other computer.',
          'Double-click it there and install it in the same way, with the same password.',
          'When it is installed everywhere, delete the file everywhere.',
        ),
        text(FOLDER[system]),
        text(
          'If the other computer has another operating system, use its instructions: the links are at the end of the page.',
        ),
      ],
    },
    {
      id: 'replace',
      title: 'Replacing the certificate',
      blocks: [
        text('A certificate is replaced when:'),
        list(
          'it expires soon: 14 days before, a notice with a link to a new one appears;',
          'it may have been stolen: replace it at once;',
          'you have a new computer and no file to install from.',
        ),
        text(
          'Press the arrow at the top right, choose “Replace the certificate” and confirm with “Yes”. “Download the certificate” issues a new one; the previous one becomes invalid at that moment. Then:',
        ),
        steps(
          'Install the new certificate.',
          'Restart the browser (or press “I have installed the certificate”).',
          'Choose the new certificate in the browser’s window.',
          'Remove the old certificate on every computer, so that the two are not confused.',
        ),
        text('“To the main page” goes back without issuing anything; “Sign out” ends your work.'),
      ],
    },
    {
      id: 'remove',
      title: 'Removing an installed certificate',
      blocks: [
        text(
          'After installing a new certificate, remove the one that is no longer valid, so that the two are not confused.',
        ),
        ...REMOVE[system],
        text(
          'In Firefox: “View Certificates”, tab “Your Certificates”, select the one that is no longer valid and press “Delete…”.',
        ),
      ],
    },
    { id: 'messages', title: 'What the messages mean', blocks: MESSAGES },
    {
      id: 'decisions',
      title: 'Deleting a remembered decision in Firefox',
      blocks: [
        steps(
          'Open the menu with the button at the top right and choose “Settings”.',
          'Choose “Privacy & Security” on the left.',
          'Scroll down to “Certificates”.',
          'Press “View Certificates”.',
          'Open the tab “Authentication Decisions”.',
          'Choose the certificate and press “Delete”.',
          'Restart the browser, so that it asks again.',
        ),
      ],
    },
    {
      id: 'restart',
      title: 'If the browser does not ask',
      blocks: [
        list(
          'Chrome and Edge go on running in the background after their windows are closed. End them with the icon beside the clock, or turn off “Continue running background apps” in the settings under “System”.',
          'Check that the certificate is installed for the same user of the computer and has not expired, and that the computer’s clock is right.',
          'Firefox sees only the certificates that were loaded into it.',
        ),
      ],
    },
  ];
}

const MESSAGES: readonly Block[] = [
  message(
    'certificate-missing',
    'No certificate has been issued to the user who is signed in. Download and install one.',
  ),
  message(
    'certificate-mismatch-none-issued',
    'The certificate chosen in the browser is not that of the user who is signed in, and none has been issued to them. Download and install one, restart the browser and choose it.',
  ),
  message(
    'certificate-mismatch',
    'The certificate chosen in the browser is not that of the user who is signed in; theirs has been issued and is valid. Press “Choose another certificate” or restart the browser, and choose the right one.',
  ),
  message(
    'certificate-not-presented',
    'The certificate was not installed, or it was installed but not chosen. Install it if it is not installed, restart the browser and choose it.',
  ),
  message('certificate-revoked', 'The certificate was revoked. Contact your administrator to go on working.'),
  message(
    'certificate-expired',
    'The certificate has expired. Issue a new one with “Download the certificate”, install it, restart the browser and choose the new one. Do not forget to remove the old one.',
  ),
  message('account-blocked', 'An administrator has blocked the account: contact them.'),
  message(
    'certificate-suspended',
    'An administrator has suspended the certificate. There is no need to install it again: contact them.',
  ),
  message('certificate-not-yet-valid', 'The certificate is not valid yet. Wait until the time shown.'),
];
