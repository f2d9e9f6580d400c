import { list, picture, type Section, steps, text } from '../blocks.ts';

export function decisions(): Section {
  return {
    id: 'decisions',
    title: 'Deleting a remembered decision in Mozilla Firefox',
    blocks: [
      text('To delete the decision about the certificate:'),
      steps(
        'Open the menu with the button at the top right and choose “Settings”.',
        'Choose “Privacy & Security” on the left.',
        'At the end of the page, under “Connection and software security”, press “Advanced settings”. Older versions have no such button.',
        'Scroll down to “Certificates”.',
        'Press “Manage certificates”, in older versions “View Certificates”.',
      ),
      picture('firefox-settings', 'Settings - Privacy & Security - Certificates'),
      steps('Open the tab “Authentication Decisions”.', 'Choose the certificate and press “Delete”.'),
      picture('firefox-decisions', 'Authentication Decisions'),
      steps('Restart the browser, so that it asks again.'),
      text('Other ways to the same end:'),
      list(
        'if the choice is remembered “For this session”, it is enough to close Firefox and open it again;',
        'if you delete the old certificate on the tab “Your Certificates”, Firefox asks again at once, without a restart;',
        '“Cancel” (“Don’t send a certificate”) is remembered, too: there is a line for it on the tab “Authentication Decisions”.',
      ),
    ],
  };
}
