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
        'Scroll down to “Certificates”. In newer versions it is behind the last button of the page, “Advanced settings”; the easiest way is to type the word “certificate” into the field “Find in Settings”.',
        'Press “View Certificates”; in newer versions the button is “Manage certificates”.',
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
