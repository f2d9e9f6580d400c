import type { Translation } from '../../ui/translation.ts';
import type { deviceRu } from './device-ru.ts';

export const deviceEn: Translation<typeof deviceRu> = {
  advice: {
    'safari-mac': {
      title: 'You are in Safari',
      text: 'You can enter with Safari, but it writes the choice of the certificate into the keychain and does not ask again: changing the account is hard. Chrome, Yandex Browser, Opera or Edge are easier; the certificate is installed for them in the same way.',
      file: 'The file ends in .p12, in a format that every Mac OS understands.',
    },
    'iphone-safari': {
      title: 'On iPhone and iPad the certificate works in Safari only',
      text: 'Chrome, Yandex, Firefox and other apps cannot enter with it. Updates that come without reloading the page may not arrive in Safari.',
      file: 'The file ends in .p12, in a format that every iOS understands; it is installed in “Settings”.',
    },
    'iphone-other': {
      title: 'This browser will not see the certificate',
      text: 'On iPhone and iPad only Safari sees the certificate. Open this same address in Safari and download the certificate there.',
      file: 'Downloading here makes sense only if you take the .p12 file to a computer.',
    },
    android: {
      title: 'The certificate on Android',
      text: 'It works in Chrome, Yandex Browser, Opera, Edge and Firefox, but not inside Telegram, WhatsApp and other apps. A screen lock is needed: without one Android does not keep the certificate.',
      file: 'The file ends in .p12, in a format that every Android understands; it is installed in “Settings”.',
    },
    'in-app': {
      title: 'This page is open inside another app',
      text: 'The window of Telegram, WhatsApp, a mail app or another app cannot show a certificate, and may not save the file. Open the page in a real browser: the button ⋮ or ⋯, “Open in browser” or “Open in Safari”.',
      file: 'Better not download the certificate here.',
    },
  },
  instruction: 'Short instructions: {{system}}',
  wrong: 'Not what you have?',
  elsewhere: 'On a phone or in Safari?',
  system: 'Device',
  browser: 'Browser',
};
