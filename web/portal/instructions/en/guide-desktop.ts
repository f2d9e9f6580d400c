import { type Guide, type GuideSystem, list, text } from '../blocks.ts';
import { SYSTEM_NAMES } from '../names.ts';
import { accounts } from './accounts.ts';
import { choose } from './choose.ts';
import { computers, deleteFile } from './delete-file.ts';
import { decisions } from './firefox-decisions.ts';
import { download, password } from './install-download.ts';
import { importFile } from './install-file.ts';
import { messages } from './messages.ts';
import { remove } from './remove.ts';
import { replace } from './replace.ts';
import { noWindow, phonesSection } from './trouble.ts';

export function desktopGuideEn(system: Exclude<GuideSystem, 'ios' | 'android'>): Guide {
  const name = SYSTEM_NAMES[system];
  const safari = system === 'macos' ? ', Safari' : '';
  return {
    title: `Installing the certificate on ${name}`,
    intro: [
      text(
        `How to install the certificate for Chrome, Yandex Browser, Opera, Microsoft Edge, Mozilla Firefox${safari} on ${name}.`,
      ),
      text(
        'The client certificate identifies the user and protects when user names and passwords have been stolen. “The CRM” below means any site of your organisation whose entry is protected by a certificate.',
      ),
    ],
    sections: [
      {
        id: 'install',
        title: 'Installing the certificate',
        blocks: [
          text(
            'After you sign in, the page with the download of the certificate opens. To install the certificate:',
          ),
          list(
            'download the file, [[download]];',
            'install it with the password from the SMS, [[import]];',
            'choose the certificate in the browser and enter, [[choose]];',
            'delete the file, [[delete]].',
          ),
        ],
        parts: [download(system), importFile(system), choose(system), deleteFile(system)],
      },
      accounts(system),
      computers(system),
      replace(),
      remove(system),
      messages(),
      decisions(),
      noWindow(system),
      password(),
      phonesSection(system),
    ],
  };
}
