import type { Translation } from '../../ui/translation.ts';
import type { recoveryRu } from './recovery-ru.ts';

export const recoveryEn: Translation<typeof recoveryRu> = {
  link: 'Replace a forgotten password',
  title: 'A new password',
  why: 'To replace a forgotten password you need both your active certificate on this device and your telephone, which gets a code.',
  present: 'Show the certificate',
  again: 'Show the certificate again',
  noneTitle: 'The browser did not show a certificate',
  noneText:
    'Open this page on the device and in the browser where your certificate is installed. If it is installed here, close all windows of the browser, open it again, and choose your certificate when it asks.',
  send: 'Get a code by SMS',
  sent: 'The code for {{login}} was sent to {{phone}}. It is good for 15 minutes; if no SMS comes, open this page anew after a minute.',
  code: 'Code from the SMS',
  codeDigits: 'The code has 8 digits',
  codeWrong: 'The code is wrong. Check the digits; after five mistakes you have to wait for 15 minutes.',
  refused:
    'This password cannot be taken: it is on lists of known passwords, too simple, or contains your login. Think of another.',
  submit: 'Save the new password',
  doneTitle: 'The password was replaced',
  done: 'All former sessions have ended. Sign in with the new password.',
  notPossibleTitle: 'The password cannot be replaced here',
  notPossibleText:
    'What was shown is not your active certificate, more than 15 minutes have passed, or there is nowhere to send the code to. Begin anew; if that does not help, ask your administrator.',
  otherwise: 'No certificate, or no telephone? Your administrator gives you a new password.',
};
