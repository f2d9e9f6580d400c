import { type Block, type GuideSystem, list, note, picture, type Section, steps, text } from '../blocks.ts';

const PLACES: readonly Block[] = [
  list(
    'Computer',
    'USB stick',
    'Cloud storage such as Google Drive, Yandex Disk and so on',
    'Mail',
    'Anything else',
  ),
  text('and empty the recycle bin, so that the certificate cannot be stolen.'),
];

const WARNING = note(
  'Do not confuse deleting the file with [[remove]], where the installed certificate is removed from the store.',
);

export function deleteFile(system: GuideSystem): Section {
  return {
    id: 'delete',
    title: 'Deleting the file after installing',
    blocks: [
      text(
        'Important for your security: once the certificate is installed on ALL devices (for example on the computers at work and at home, if you work from home), delete the file that was downloaded with “Download the certificate” from every device and service:',
      ),
      ...PLACES,
      ...(system === 'windows'
        ? [picture('windows-delete-file', 'Deleting the file from the computer')]
        : []),
      WARNING,
      text('How to use one certificate on several computers: [[computers]].'),
    ],
  };
}

const FOLDER: Readonly<Record<'windows' | 'macos' | 'linux', string>> = {
  windows: 'Unless you changed the place, the file is saved in “C:\\Users\\your user name\\Downloads”.',
  macos: 'Unless you changed the place, the file is saved in “/Users/your user name/Downloads”.',
  linux: 'Unless you changed the place, the file is saved in “/home/your user name/Downloads”.',
};

const SYSTEM: Readonly<Record<'windows' | 'macos' | 'linux', readonly [string, string]>> = {
  windows: ['Windows', 'Mac OS or Linux'],
  macos: ['Mac OS', 'Windows or Linux'],
  linux: ['Linux', 'Windows or Mac OS'],
};

export function computers(system: 'windows' | 'macos' | 'linux'): Section {
  const [here, there] = SYSTEM[system];
  return {
    id: 'computers',
    title: 'One certificate on several computers',
    blocks: [
      text(
        'If you work in the CRM on several devices, for example at work and at home, the certificate that was issued to you has to be installed on each of them. If it was issued and installed at work, install the same certificate at home.',
      ),
      note(
        `These instructions are for ${here}. If the other computer (here the one at home) has ${there}, use the instructions for that system.`,
      ),
      steps(
        'Copy the file from the computer where it was downloaded to the other computer: on a USB stick or by your own mail.',
        'Double-click it there with the left mouse button and do what is said in [[import]], [[choose]] and [[delete]]. The password is the same, from the same SMS.',
        'Sign in to the CRM on the other computer with the same login and choose this certificate.',
      ),
      text(FOLDER[system]),
      text(
        'The file is gone? Replace the certificate, see [[replace]]; the new one has to be installed on every computer.',
      ),
      text(
        'For your security, once the certificate is installed on all devices, delete the file from every device and service:',
      ),
      ...PLACES,
      WARNING,
    ],
  };
}
