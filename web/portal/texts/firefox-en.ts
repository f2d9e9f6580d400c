import type { Translation } from '../../ui/translation.ts';
import type { firefoxRu } from './firefox-ru.ts';

export const firefoxEn: Translation<typeof firefoxRu> = {
  asked: 'Firefox did not ask?',
  text: 'Firefox remembers what was chosen, also that nothing was (“Cancel”, “Don’t send a certificate”).',
  question: 'What did you choose beside Firefox’s “Remember this decision”?',
  kinds: {
    session: 'For this session',
    once: 'Once',
    permanent: 'Permanently, or I do not know',
  },
  known: {
    session: 'In older versions: the box “Remember this decision” was not ticked.',
    once: 'Firefox asks at every new connection.',
    permanent:
      'In older versions: the box “Remember this decision” was ticked. A restart does not help; these steps always do.',
  },
  steps: {
    restart: 'Close all windows of Firefox and open it again.',
    enter: 'Go to {{application}}: Firefox asks again. Choose {{subject}} and press “OK”.',
    press: 'Press the button “{{button}}”: Firefox asks again. Choose {{subject}} and press “OK”.',
    settings: 'Menu ☰, “Settings”, “Privacy & Security”.',
    manager:
      'Near the bottom “Connection and software security”, “Advanced settings”, “Manage certificates”. In older versions: “Certificates”, “View Certificates”.',
    decisions: 'Tab “Authentication Decisions”: choose the line of this site and press “Delete”.',
  },
  olderTitle: 'Firefox presented your old certificate. Delete it',
  olderDelete: 'Tab “Your Certificates”: choose the old one, serial number …{{tail}}, and press “Delete”.',
  olderOther: 'Other ways, without deleting it',
};
