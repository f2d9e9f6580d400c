import type { Translation } from '../../ui/translation.ts';
import type { refusalRu } from './refusal-ru.ts';

export const refusalEn: Translation<typeof refusalRu> = {
  reasons: {
    'certificate-missing': {
      title: 'You have no certificate yet',
      text: 'Access denied. You have no certificate yet',
      next: 'Download your certificate and install it on this device.',
    },
    'certificate-mismatch-none-issued': {
      title: 'Someone else’s certificate was chosen',
      text: 'Access denied. The certificate in your browser belongs to someone else, and you have none yet',
      next: 'Download and install your own certificate, then choose it in the browser.',
    },
    'certificate-mismatch': {
      title: 'The wrong certificate was chosen',
      text: 'Access denied. The certificate chosen in your browser is not yours. Yours has been issued: install it on this device, restart the browser and choose it',
      next: 'The browser will ask again: choose the line {{subject}}.',
    },
    'certificate-not-presented': {
      title: 'No certificate was chosen',
      text: 'Access denied. Your certificate has been issued but is not installed on this device. Install it, restart the browser and choose it',
      next: 'If the certificate is installed, the browser will ask again: choose the line {{subject}} and press “OK”.',
    },
    'certificate-revoked': {
      title: 'Your certificate was revoked',
      text: 'Your certificate has been revoked. Access denied; contact your administrator',
      next: 'You can download a new certificate once an administrator allows it.',
    },
    'certificate-expired': {
      title: 'Your certificate has expired',
      text: 'Access denied. Your certificate has expired',
      next: 'Download a new certificate and install it. Remove the old one, so that the two are not confused.',
    },
    'account-blocked': {
      title: 'Your account is blocked',
      text: 'Access denied. Your account is blocked; contact your administrator',
      next: 'Only an administrator can unblock the account.',
    },
    'certificate-suspended': {
      title: 'Your certificate is suspended',
      text: 'Access denied. Your certificate is suspended; contact your administrator',
      next: 'Only an administrator can reinstate it. There is no need to install it again.',
    },
    'certificate-not-yet-valid': {
      title: 'Your certificate is not valid yet',
      text: 'Access denied. Your certificate is not valid yet',
      next: 'It becomes valid on {{notBefore}}. Sign in again then.',
    },
  },
  code: 'Code for support: {{code}}',
  presented: 'The browser presented',
  expected: 'Your certificate is needed',
  yours: 'Your certificate',
  expectedNone: 'not issued yet',
  validFrom: 'of {{date}}',
  differs: 'differs',
  passwordComes: 'The password of the file comes by SMS to the number {{phone}}.',
  chooseAnother: 'Choose another certificate',
  installed: 'I have installed the certificate',
  notInstalledYet: 'I have not installed the file yet',
  fileLost: 'The file is lost',
  notHelped: 'Did it not help?',
  browserInstruction: 'Instructions for your browser',
  whomToCall: 'Whom to call',
  restartFallback: 'The browser did not ask? Close it completely and open it again.',
};
