import { list, picture, type Section, steps, text } from '../blocks.ts';

export function replace(): Section {
  return {
    id: 'replace',
    title: 'Replacing the certificate',
    blocks: [
      text('You can replace the certificate yourself. There are three reasons to:'),
      list(
        'It expires soon and a new one is needed. A notice with a link to the download also appears 14 days before it expires.',
        'It may have been stolen. Replace it at once.',
        'You have a new computer and no file to install from.',
      ),
      text(
        'Press the arrow at the top right and choose “Replace the certificate”. A window asks for confirmation:',
      ),
      picture('page-replace-confirm', 'The confirmation'),
      text('“Yes” opens a page where you can:'),
      picture('page-replace-download', 'The download page'),
      list(
        '“Download the certificate”: a new certificate is issued and downloaded. The previous one becomes invalid.',
        '“To the main page”: goes to the main page (in the CRM the list of tickets) without issuing or downloading anything.',
        '“Sign out”: ends your work.',
        'Instructions for Windows, Mac OS, Linux: press a pictogram to download the instructions for that system.',
      ),
      text('To go on working after “Download the certificate”:'),
      steps(
        'Install the new certificate, see [[import]].',
        'Restart the browser (or press “I have installed the certificate”). In Firefox, if it has remembered a choice, delete the decision first, see [[decisions]].',
        'Choose the new certificate in the browser’s window: it has the later date of issue.',
        'Remove the old certificate, so that the two are not confused in the window, see [[remove]]; also on every other computer where it was installed.',
      ),
      text(
        'If the present certificate cannot be shown (the file is lost, the computer is new), the page first asks for a code that comes to your phone by SMS: a stolen password is not enough to replace a certificate.',
      ),
    ],
  };
}
