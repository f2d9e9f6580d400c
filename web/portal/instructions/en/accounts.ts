import { note, type Section, steps, text } from '../blocks.ts';
import { recognise } from './choose.ts';

export function accounts(system: 'windows' | 'macos' | 'linux'): Section {
  return {
    id: 'accounts',
    title: 'Several accounts on one computer',
    blocks: [
      text(
        'Every account needs its own certificate installed. Working under several accounts with one certificate is forbidden.',
      ),
      text(
        'To work with several accounts, choose in the browser’s window the certificate of the user who signs in, see [[recognise]].',
      ),
    ],
    parts: [NOT_ISSUED, ISSUED, recognise(system)],
  };
}

const NOT_ISSUED: Section = {
  id: 'not-issued',
  title: 'The certificate has not been issued and installed yet',
  blocks: [
    text(
      'Choose your case: a browser for each account, [[not-issued-several-browsers]], or one browser for all, [[not-issued-one-browser]].',
    ),
  ],
  parts: [
    {
      id: 'not-issued-several-browsers',
      title: 'A browser for each account',
      blocks: [
        steps(
          'Open a browser, go to the CRM, sign in, download and install the certificate of user 1 (see [[install]]).',
          'Open another browser and go to the CRM. The window for choosing a certificate appears, since one has been installed. It does not matter whether you choose the certificate of user 1 or press “Cancel”: after signing in as user 2 you see “Download the certificate” in both cases.',
          'Download and install the certificate (see [[install]]), press “I have installed the certificate” or restart the browser, and choose the certificate of user 2.',
        ),
      ],
    },
    {
      id: 'not-issued-one-browser',
      title: 'One browser for all accounts',
      blocks: [
        steps(
          'Sign out as user 1, whose certificate has been installed as in [[install]].',
          'Sign in as user 2 and go to the download page.',
          'Download and install the certificate of user 2.',
          'Restart the browser (or press “I have installed the certificate”) and go to the CRM.',
          'Choose the certificate of user 2 in the browser’s window. User 2 is let in.',
          'To work as user 1 again, sign out as user 2, restart the browser and choose the certificate of user 1.',
        ),
        eachTime(),
      ],
    },
  ],
};

const ISSUED: Section = {
  id: 'issued',
  title: 'The certificate has been issued and installed',
  blocks: [
    text(
      'Choose your case: a browser for each account, [[issued-several-browsers]], or one browser for all, [[issued-one-browser]].',
    ),
  ],
  parts: [
    {
      id: 'issued-several-browsers',
      title: 'A browser for each account',
      blocks: [
        steps(
          'Open a browser, go to the CRM, choose the certificate of user 1 and sign in, if user 1 is not signed in yet.',
          'Open a second browser, go to the CRM, choose the certificate of user 2 and sign in, if user 2 is not signed in yet.',
        ),
      ],
    },
    {
      id: 'issued-one-browser',
      title: 'One browser for all accounts',
      blocks: [
        steps(
          'User 1 signs out of the CRM.',
          'Restart the browser and go to the CRM.',
          'Choose the certificate of user 2 and sign in.',
          'To go back to user 1, do the same the other way round.',
        ),
        eachTime(),
      ],
    },
  ],
};

function eachTime() {
  return note(
    'Whenever several accounts work in one browser, the browser has to be restarted each time so that it asks for a certificate. In Chrome, Yandex Browser, Opera and Edge the button “Choose another certificate” does instead of a restart.',
  );
}
