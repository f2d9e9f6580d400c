import {
  type Block,
  browsers,
  CHROMIUM_BROWSERS,
  type GuideSystem,
  inBrowsers,
  picture,
  type Section,
  steps,
  text,
} from '../blocks.ts';

type Desktop = Exclude<GuideSystem, 'ios' | 'android'>;

export function remove(system: Desktop): Section {
  return {
    id: 'remove',
    title: 'Removing an installed certificate from the store',
    blocks: [
      text(
        'After installing a new certificate, remove the one that is no longer valid, so that the two are not confused in the window. The page of the replacement names its date of issue and the last characters of its serial number.',
      ),
      text('To remove the certificate that is no longer valid:'),
      browsers(
        inBrowsers(
          system === 'macos' ? [...CHROMIUM_BROWSERS, 'safari'] : CHROMIUM_BROWSERS,
          ...SYSTEM_STEPS[system],
        ),
        inBrowsers(
          ['firefox'],
          steps(
            'Open the certificate manager of Firefox: menu (the button with three lines), “Settings”, “Privacy & Security”, at the end of the page “Advanced settings”, “Manage certificates”, in older versions “View Certificates”.',
            'On the tab “Your Certificates” select the certificate that is no longer valid, by its date and serial number.',
            'Press “Delete…” and “OK”.',
          ),
          picture('firefox-certificates', 'The tab “Your Certificates”'),
          ...(system === 'linux'
            ? []
            : [
                text(
                  'It is not on this tab but the browser’s window shows it? Then it is installed in the system: remove it there, as for the other browsers.',
                ),
              ]),
        ),
      ),
    ],
  };
}

const SYSTEM_STEPS: Readonly<Record<Desktop, readonly Block[]>> = {
  windows: [
    steps(
      'Open “Manage user certificates”: for example, type the word “certificate” into the search box. Another way: the keys “Win+R”, then “certmgr.msc”.',
    ),
    picture('windows-search', 'Searching for “Manage user certificates”'),
    steps(
      'Open the folder “Personal” and choose “Certificates”.',
      'Select the certificate that is no longer valid and press “Delete”.',
    ),
    picture('windows-certificates', 'Removing the certificate'),
  ],
  macos: [
    steps(
      'Open “Keychain Access”: search for “Keychain”. If the system offers the app “Passwords”, choose “Open Keychain Access”.',
      'On the left choose the keychain “login” and “My Certificates”.',
      'Select the certificate that is no longer valid, choose “Delete” in the menu “Edit” and confirm. The key below it is removed with it.',
    ),
    picture('macos-certificates', 'Certificates in the keychain “login”'),
  ],
  linux: [
    steps(
      'Open “chrome://certificate-manager” in the browser (“edge://” in Edge, “opera://” in Opera, “browser://” in Yandex Browser), then “Your certificates”, “View imported certificates from Linux”.',
      'Find the certificate that is no longer valid by its date and the last characters of its serial number.',
      'Press the bin in its line (“Delete”) and confirm.',
    ),
    picture('chromium-manager', '“Certificate Manager” in Chromium'),
  ],
};
