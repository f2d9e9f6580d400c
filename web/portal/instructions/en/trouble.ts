import { browsers, type GuideSystem, inBrowsers, list, type Section, text } from '../blocks.ts';

type Desktop = Exclude<GuideSystem, 'ios' | 'android'>;

const QUIT: Readonly<Record<Desktop, string>> = {
  windows:
    'Quit the browser through its icon beside the clock (right mouse button, “Exit”), or type “chrome://restart” into the address bar (“edge://restart” in Edge).',
  macos:
    'Quit the browser with “Cmd+Q”: closing its window does not close the program. Or type “chrome://restart” into the address bar (“edge://restart” in Edge).',
  linux:
    'Quit the browser through its icon beside the clock, or type “chrome://restart” into the address bar (“edge://restart” in Edge).',
};

export function noWindow(system: Desktop): Section {
  return {
    id: 'no-window',
    title: 'If the window for choosing does not appear',
    blocks: [
      browsers(
        inBrowsers(
          ['chrome'],
          text(
            'Chrome goes on running in the background after its windows are closed, and then a restart changes nothing. This is switched off in the settings under “System”: “Continue running background apps when Google Chrome is closed”.',
          ),
          text(QUIT[system]),
        ),
        inBrowsers(
          ['edge'],
          text(
            'Edge goes on running in the background after its windows are closed, and then a restart changes nothing. This is switched off in the settings under “System and performance”: “Startup boost” and “Continue running background extensions and apps when Microsoft Edge is closed”.',
          ),
          text(QUIT[system]),
        ),
        inBrowsers(
          ['yandex', 'opera'],
          text(
            'Yandex Browser and Opera may go on running in the background, too. Close them through the icon beside the clock; in Yandex Browser this is switched off in the settings under “System”.',
          ),
        ),
        inBrowsers(
          ['firefox'],
          text(
            'Firefox may have remembered an earlier answer: delete it, see [[decisions]]. If your certificate is not among “Your Certificates” of Firefox, load the file into Firefox itself, see [[import]].',
          ),
        ),
        ...(system === 'macos'
          ? [
              inBrowsers(
                ['safari'],
                text(
                  'Safari remembers the choice in the keychain: delete the “identity preference” with the site’s address and open the site again. Quit Safari with “Cmd+Q”.',
                ),
              ),
            ]
          : []),
      ),
      list(
        'Check that the certificate is installed for the same user of the computer who runs the browser.',
        'Check the computer’s clock: a browser does not show a certificate that by this clock is not valid yet or no longer.',
        'The window shows only certificates that fit: if there is none, the browser does not open it.',
        'A private window has a memory of its own: try to enter there.',
        'Antivirus programs and proxies that open protected connections do not let the certificate through: tell the administrator the site’s address and the code of the message.',
      ),
    ],
  };
}

export function phonesSection(system: Desktop): Section {
  return {
    id: 'phones',
    title: system === 'macos' ? 'Phones, tablets and Safari' : 'Phones and tablets',
    blocks: [
      text(
        'The certificate can be installed on a phone from the same file, in the format “Compatible” with the ending .p12. There are short instructions on the site: “iPhone, iPad” and “Android” in the list of instructions.',
      ),
      list(
        'iPhone and iPad: only Safari sees the certificate. Chrome, Yandex, Firefox and other apps cannot enter with it.',
        'Android: Chrome, Yandex Browser, Opera, Edge and Firefox work; a screen lock is needed.',
        'The browsers inside Telegram, WhatsApp and mail apps do not show certificates: open the link in a real browser.',
        ...(system === 'macos'
          ? [
              'Safari on a Mac: entering works, but the choice of the certificate is remembered in the keychain, see [[recognise]].',
            ]
          : []),
      ),
    ],
  };
}
