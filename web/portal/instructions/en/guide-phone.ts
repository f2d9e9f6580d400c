import { type Guide, list, note, picture, steps, text } from '../blocks.ts';

const DELETE = text(
  'After installing, delete the file itself: in the app “Files”, from cloud storage (Google Drive, Yandex Disk and so on), from mail and anywhere else, and empty the bin, so that the certificate cannot be stolen. The installed certificate stays.',
);

export const iosGuideEn: Guide = {
  title: 'Installing the certificate on iPhone and iPad',
  intro: [
    text(
      'In short: a file ending in .p12 in the format “Compatible”, installed in “Settings”; entering works in Safari only.',
    ),
  ],
  sections: [
    {
      id: 'phones',
      title: 'What works and what does not',
      blocks: [
        list(
          'Safari: entering with the certificate works.',
          'Chrome, Yandex, Firefox, Opera, Edge on iPhone and iPad: they do not see the installed certificate and cannot enter. That is a rule of the system, there is no way round it.',
          'The browsers inside Telegram, WhatsApp and mail: do not work. Press “Open in Safari”.',
          'Parts of a site that refresh by themselves (WebSocket) may get no news in Safari: reload the page.',
          'iOS 17 and earlier reads only the format “Compatible”; iOS 18 and later reads both.',
        ),
      ],
    },
    {
      id: 'import',
      title: 'Installing',
      blocks: [
        steps(
          'Open this site in Safari, sign in and press “Download the certificate”. If Safari asks whether to download a file or a profile, press “Download” or “Allow”.',
          'Press the icon of the downloads in the address bar of Safari, then the file (or find it in the app “Files”, folder “Downloads”). “Profile Downloaded” appears.',
          'Open “Settings”: the line “Profile Downloaded” is at the top. It is not there? “General”, “VPN & Device Management”.',
          'Press “Install” and type the passcode of the phone. The warning “Not Signed” is normal: press “Install” again.',
          'Type the password from the SMS: small letters and digits, exactly as in the SMS. Press “Next”, then “Done”.',
        ),
        picture('ios-profile', 'Installing the profile in “Settings”'),
        note(
          'The phone says that the password is wrong although it is right? Download the file again in the format “Compatible”: certificate and password are the same.',
        ),
      ],
    },
    {
      id: 'choose',
      title: 'Entering',
      blocks: [
        steps(
          'Open the site in Safari. If it asks which certificate to show, choose the line with your login and press “Continue”.',
          'The wrong certificate was chosen or “Cancel” was pressed? Close Safari (swipe it up in the list of apps) and open it again.',
        ),
      ],
    },
    { id: 'delete', title: 'Deleting the file', blocks: [DELETE] },
    {
      id: 'remove',
      title: 'Removing an old certificate',
      blocks: [
        text(
          '“Settings”, “General”, “VPN & Device Management”, choose the profile with the login and the old date, “Remove Profile”.',
        ),
      ],
    },
  ],
};

export const androidGuideEn: Guide = {
  title: 'Installing the certificate on Android',
  intro: [
    text(
      'In short: a file ending in .p12 in the format “Compatible”, installed in “Settings”; enter in a real browser.',
    ),
  ],
  sections: [
    {
      id: 'phones',
      title: 'What works and what does not',
      blocks: [
        list(
          'Chrome, Yandex Browser, Opera, Edge: entering with the certificate works.',
          'Firefox: works; it remembers the choice until it is closed.',
          'The browsers inside Telegram, WhatsApp and mail: do not work. Open the menu ⋮ and choose “Open in browser”.',
          'An app of the CRM itself, if there is one, does not use the browser’s certificate.',
          'Android 13 and earlier reads only the format “Compatible”.',
          'A screen lock (code or fingerprint) is needed: without one Android does not keep certificates.',
        ),
      ],
    },
    {
      id: 'import',
      title: 'Installing',
      blocks: [
        steps(
          'Sign in on this site and press “Download the certificate”. The file goes to “Downloads”.',
          'Press the file in the notification or in the app “Files”. If the phone asks what the certificate is for, choose “VPN & app user certificate” (not “Wi-Fi”, not “CA certificate”).',
          'The file does not open? “Settings”, “Security”, “More” or “Advanced”, “Encryption & credentials”, “Install a certificate”, “VPN & app user certificate”. The easiest way is to search the settings for “certificate”.',
          'Type the password from the SMS exactly as in the SMS and press “OK”.',
          'Leave the name as it is (login and date) and press “OK”.',
        ),
        picture('android-install', 'Installing the certificate on Android'),
        note(
          'The phone says that the password is wrong although it is right? Download the file again in the format “Compatible”: certificate and password are the same.',
        ),
      ],
    },
    {
      id: 'choose',
      title: 'Entering',
      blocks: [
        steps(
          'Open the site. In the window “Choose certificate” mark the line with your login and press “Select”.',
          'The wrong certificate was chosen or “Deny” was pressed? Press “Choose another certificate” on the page. That does not help? Close the browser in the list of recent apps and open it again.',
        ),
      ],
    },
    { id: 'delete', title: 'Deleting the file', blocks: [DELETE] },
    {
      id: 'remove',
      title: 'Removing an old certificate',
      blocks: [
        text(
          '“Settings”, “Security”, “Encryption & credentials”, “User credentials”: press the line with the login and the old date, “Remove”.',
        ),
      ],
    },
  ],
};
