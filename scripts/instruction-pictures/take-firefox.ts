import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Role } from '../../e2e/harness/accessibility.ts';
import type { Firefox } from '../../e2e/harness/firefox.ts';
import { type Lab, openLab } from '../../e2e/harness/lab.ts';
import { startDemo } from '../../e2e/product/demo.ts';
import { type Area, cropPng } from './crop-png.ts';
import { type NativeWindows, nativeWindows } from './native-windows.ts';
import { issueToPeople } from './people.ts';
import type { SavePicture } from './save-picture.ts';
import type { PictureLocale } from './write-drawings.ts';

const PAGE_TAB = 37;

/** Firefox's own words for what has to be pressed on the way. */
const LABELS = {
  ru: {
    again: 'Скачать ещё раз',
    understood: 'Понятно',
    section: 'Дополнительные настройки',
    manager: 'Управление сертификатами',
    mine: 'Ваши сертификаты',
    decisions: 'Решения по аутентификации',
  },
  en: {
    again: 'Download again',
    understood: 'Got it',
    section: 'Advanced settings',
    manager: 'Manage certificates',
    mine: 'Your Certificates',
    decisions: 'Authentication Decisions',
  },
} as const;

const AREAS = {
  downloads: { x: 640, y: 44, width: 640, height: 160 },
  settings: { x: 30, y: 130, width: 900, height: 740 },
  manager: { x: 97, y: 250, width: 1087, height: 486 },
  picker: { x: 315, y: 82, width: 650, height: 352 },
  remember: { x: 315, y: 82, width: 650, height: 395 },
} satisfies Readonly<Record<string, Area>>;

/** The stripes in the address bar mean that a program drives this Firefox; a reader's has none. */
const USER_CHROME =
  '.urlbar-background, #urlbar-background { background: #f0f0f4 !important; } #remote-control-box { display: none !important; }\n';

/** The windows of Firefox around a certificate, in its own language, with the demo behind them. */
export async function takeFirefox(locale: PictureLocale, save: SavePicture): Promise<void> {
  const lab = await openLab();
  try {
    const demo = await startDemo(lab);
    const people = await issueToPeople(lab, demo);
    const firefox = await openFirefox(lab, demo.serverCaPem, locale);
    const { page, display, store } = firefox;
    await store.importPkcs12(people.ivanov.path, people.ivanov.password);
    await store.importPkcs12(people.petrov.path, people.petrov.password);
    const windows = await nativeWindows(display, store.databaseDirectory);
    const labels = LABELS[locale];
    const take = async (area: Area) => {
      await windows.settle();
      return cropPng(await display.screenshot(), area);
    };

    await page.navigate(`${demo.portalUrl}/sign-in`);
    await page.type('input[name=username]', 'ivanov');
    await page.type('input[name=password]', await demo.passwordOf('ivanov'));
    await page.click('button[type=submit]');
    await page.waitForText('h1', locale === 'ru' ? 'Приложения' : 'Applications');
    await page.navigate(`${demo.portalUrl}/certificate`);
    await firefox.waitForDownload(() => page.clickText(labels.again));
    // Half of the page's heading would stand at the edge.
    await page.evaluate('document.body.style.visibility = "hidden"');
    await save('firefox-downloads', await take(AREAS.downloads));

    await openSection(firefox, windows, labels);
    await windows.click(Role.pushButton, labels.understood);
    await windows.show(Role.pushButton, labels.manager);
    await save('firefox-settings', await take(AREAS.settings));
    await windows.click(Role.pushButton, labels.manager);
    await windows.click(PAGE_TAB, labels.mine);
    await save('firefox-certificates', await take(AREAS.manager));
    await display.press('Escape', 'ctrl+w');

    await firefox.dialog.openedBy(
      () => page.navigate(`${demo.crmUrl}/`),
      async (dialog) => {
        await dialog.waitForDialog();
        await save('firefox-picker', await take(AREAS.picker));
        await openRememberList(firefox);
        await save('firefox-remember', await take(AREAS.remember));
        await display.press('Escape');
        await windows.settle();
        await dialog.accept(0, 'permanently');
      },
    );
    await openSection(firefox, windows, labels);
    await windows.click(Role.pushButton, labels.manager);
    await windows.click(PAGE_TAB, labels.decisions);
    await save('firefox-decisions', await take(AREAS.manager));
  } finally {
    await lab.close();
  }
}

async function openFirefox(lab: Lab, serverCaPem: string, locale: PictureLocale): Promise<Firefox> {
  const language = locale === 'ru' ? 'ru' : 'en-US';
  const firefox = await lab.firefox({ serverCaPem, language });
  const profile = firefox.store.databaseDirectory;
  await mkdir(join(profile, 'chrome'), { recursive: true });
  await writeFile(join(profile, 'chrome', 'userChrome.css'), USER_CHROME);
  await appendFile(
    join(profile, 'user.js'),
    [
      `user_pref("intl.locale.requested", "${language}");`,
      'user_pref("toolkit.legacyUserProfileCustomizations.stylesheets", true);',
      '',
    ].join('\n'),
  );
  await firefox.restart();
  return firefox;
}

async function openSection(
  { display }: Firefox,
  windows: NativeWindows,
  { section }: (typeof LABELS)[PictureLocale],
): Promise<void> {
  await display.press('ctrl+t', 'ctrl+l');
  await windows.type('about:preferences#privacy');
  await display.press('Return');
  await windows.settle();
  await windows.click(Role.pushButton, section, 'last');
  await windows.settle();
}

async function openRememberList({ display }: Firefox): Promise<void> {
  await display.press('Tab', 'alt+Down');
}
