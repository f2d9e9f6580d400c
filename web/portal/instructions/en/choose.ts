import {
  type Block,
  browsers,
  CHROMIUM_BROWSERS,
  type GuideSystem,
  heading,
  inBrowsers,
  list,
  note,
  picture,
  type Section,
  text,
} from '../blocks.ts';

type Desktop = Exclude<GuideSystem, 'ios' | 'android'>;

export function choose(system: Desktop): Section {
  return {
    id: 'choose',
    title: 'Choosing the certificate and entering',
    blocks: [
      text(
        'After installing, press “I have installed the certificate” on the page: the browser asks which certificate to show. If its window does not appear, close the browser, open it again and go to the CRM: the window for choosing a certificate appears by itself.',
      ),
      browsers(
        inBrowsers(
          CHROMIUM_BROWSERS,
          system === 'windows'
            ? picture('windows-picker', 'The window “Select a certificate” in Windows')
            : picture('chromium-picker', 'The window “Select a certificate” (Chromium)'),
        ),
        inBrowsers(
          ['firefox'],
          picture('firefox-picker', 'The window “User Identification Request” in Firefox'),
        ),
        ...(system === 'macos'
          ? [inBrowsers(['safari'], picture('macos-safari-picker', 'Safari asks for a certificate'))]
          : []),
      ),
      text('Press “OK”; the site then opens.'),
      text(
        'If you press “Cancel”, no certificate is chosen in the browser and access is denied. To see the window again, press “Choose another certificate” on the page that refuses you, or restart the browser.',
      ),
      text(
        'The window opens again after every restart of the browser (closing and opening it). Always choose the certificate of the user who is signed in.',
      ),
      text('The window does not appear even after a restart? See [[no-window]].'),
    ],
  };
}

export function recognise(system: Desktop): Section {
  return {
    id: 'recognise',
    title: 'How to recognise your certificate in the window',
    blocks: [
      text('The name of the certificate in the browser’s window tells which one to choose:'),
      browsers(
        inBrowsers(
          ['chrome', 'opera', 'yandex'],
          text(
            'Google Chrome, Opera, Yandex Browser: the column “Subject” shows the name of the certificate, which is the login. “Certificate information” shows more, for example the date of issue as “Valid from” (in newer versions “Issued On”).',
          ),
          picture('chromium-picker', 'Two certificates in the window (Chromium)'),
          picture('chromium-details', 'Certificate information: login and date of issue'),
          text('To choose, select the certificate of the user and press “OK”.'),
        ),
        inBrowsers(
          ['edge'],
          text(
            'Microsoft Edge: the first line of each entry is the name of the certificate, which is the login. The date of issue is shown too.',
          ),
          picture('windows-edge-picker', 'The window in Microsoft Edge'),
          text('To choose, select the certificate of the user and press “OK”.'),
        ),
        inBrowsers(['firefox'], ...FIREFOX),
        ...(system === 'macos'
          ? [
              inBrowsers(
                ['safari'],
                text(
                  'Safari: in the window “The website requires a client certificate” select the line with your login and press “Continue”. “Show Certificate” shows the date of issue.',
                ),
                note(
                  'Safari writes the choice into the keychain as an “identity preference” and does not ask again. To choose another certificate, find that item in “Keychain Access” by the site’s address, delete it and open the site again.',
                ),
              ),
            ]
          : []),
      ),
      text(
        'If you chose the wrong certificate by mistake (not the user’s own), press “Choose another certificate” on the page that refuses you, or restart the browser, go to the CRM and choose the right one. In Firefox the button does not help: delete the choice first, see [[decisions]].',
      ),
    ],
  };
}

const FIREFOX: readonly Block[] = [
  text(
    'Mozilla Firefox: the list shows the names of the certificates, which are the logins. Open the list, choose the certificate of the user and press “OK”.',
  ),
  picture('firefox-picker', 'The list of certificates in Firefox'),
  heading('“Remember this decision”'),
  text('In the window the box “Remember this decision” is ticked by itself:'),
  list(
    'If you leave it ticked and press “OK”, the browser remembers the certificate, and after a restart the window does not appear any more: the certificate is chosen by default. To work in this browser as another user, or as the same user with a new certificate, the remembered decision has to be deleted in the browser’s settings, see [[decisions]].',
    'If you untick “Remember this decision”, the window appears again after a restart.',
  ),
  text(
    'Newer versions have a list “Remember this decision:” instead: “Once”, “Permanently”, “For this session”. Leave it at “For this session”: Firefox then asks again after a restart. “Permanently” does what the ticked box did.',
  ),
  picture('firefox-remember', 'How long Firefox remembers the choice'),
];
