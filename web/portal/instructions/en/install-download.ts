import {
  browsers,
  type GuideSystem,
  inBrowsers,
  note,
  picture,
  type Section,
  steps,
  text,
} from '../blocks.ts';

const EXTENSION: Readonly<Record<GuideSystem, string>> = {
  windows: '.pfx',
  macos: '.p12',
  linux: '.p12',
  ios: '.p12',
  android: '.p12',
};

export function download(system: 'windows' | 'macos' | 'linux'): Section {
  const shortcut = system === 'macos' ? '' : '; “Ctrl+J” opens the list too';
  return {
    id: 'download',
    title: 'Downloading the certificate',
    blocks: [
      text(
        'Press “Download the certificate”. A certificate is issued for you and downloaded to this device. Keep your phone at hand: the password of the file comes by SMS.',
      ),
      picture('page-download', 'The download page'),
      text(
        'The browser shows the downloaded file at the top right or at the bottom left, depending on the browser and its version.',
      ),
      browsers(
        inBrowsers(
          ['chrome'],
          text(
            'Google Chrome: the icon with an arrow down to the right of the address bar; in older versions a bar at the bottom left.',
          ),
          picture('chromium-downloads', 'The downloaded file in the browser’s window (Chromium)'),
        ),
        inBrowsers(
          ['yandex'],
          text(`Yandex Browser: the icon with an arrow down at the top right${shortcut}.`),
        ),
        inBrowsers(['opera'], text(`Opera: the icon with an arrow down at the top right${shortcut}.`)),
        inBrowsers(
          ['edge'],
          text(
            'Microsoft Edge: the box “Downloads” at the top right; in older versions a bar at the bottom left. If Edge asks what to do with the file, press “Save”.',
          ),
        ),
        inBrowsers(
          ['firefox'],
          text('Mozilla Firefox: the icon with an arrow down at the top right.'),
          picture('firefox-downloads', 'The downloaded file in Firefox’s window'),
        ),
        ...(system === 'macos'
          ? [inBrowsers(['safari'], text('Safari: the icon with an arrow down at the top right.'))]
          : []),
      ),
      text(
        `The file’s name is made of your login and the date of issue, for example “ivanov-2026-11-22${EXTENSION[system]}”. The file itself is in the folder “Downloads”.`,
      ),
      note(
        'For ten minutes the file can be downloaded again: it is the same certificate with the same password. Then the file is deleted on the server; to get a new one, replace the certificate, see [[replace]].',
      ),
    ],
  };
}

/** What is said of the password wherever it is typed. */
export const PASSWORD_STEP = 'Type the password that was sent by SMS to the phone of the signed-in user';

export function password(): Section {
  return {
    id: 'password',
    title: 'If the password is not accepted',
    blocks: [
      steps(
        'Check the keyboard layout: it has to be English. All letters of the password have one case; “Caps Lock” has to be off.',
        'Type the password exactly as in the SMS, without spaces and without a full stop at the end. It belongs to the file whose login and date are named in that SMS: no other file opens with it.',
        'No SMS? Press “Send the password again” on the download page. Not your number? Press “Is the number wrong?”.',
        'The password is right and the system says it is wrong? Then it does not understand the file format. On the download page open “The password does not fit? Another file format” and download the file in the other format: certificate and password are the same.',
      ),
      text(
        'Every version of Windows, Mac OS, iOS and Android reads the format “Compatible”. The format “Modern” is read by Windows 10 version 1709 and later, Mac OS 15 and later, iOS 18 and later, Android 14 and later, Firefox and Linux.',
      ),
    ],
  };
}
