import type { LocaleCode } from '../../../src/portal/contract.ts';
import type { BrowserFamily } from '../client/this-client.ts';
import { type DesktopSystem, type GuideSystem, isDesktop } from './blocks.ts';
import { PHONE_STEPS } from './phone-steps.ts';

type Steps = Readonly<Record<DesktopSystem, Readonly<Record<BrowserFamily, readonly string[]>>>>;

const FIREFOX_RU = [
  'Откройте меню ☰ справа вверху и выберите «Настройки», слева «Приватность и защита».',
  'В конце страницы нажмите «Дополнительные настройки», затем «Управление сертификатами» (в старых версиях сразу «Просмотр сертификатов») и откройте вкладку «Ваши сертификаты».',
  'Нажмите «Импортировать…» и выберите файл {{file}} в папке «Загрузки».',
  'Введите пароль из SMS и нажмите «Ок»: сертификат {{subject}} появится в списке.',
] as const;

const FIREFOX_EN = [
  'Open the menu ☰ at the top right, choose “Settings”, then “Privacy & Security” on the left.',
  'At the end of the page press “Advanced settings”, then “Manage certificates” (older versions: “View Certificates” at once), and open the tab “Your Certificates”.',
  'Press “Import…” and choose the file {{file}} in the Downloads folder.',
  'Type the password from the SMS and press “OK”: the certificate {{subject}} appears in the list.',
] as const;

/** Four or five steps for each system and store. The words in «» are those of the system's own windows. */
const STEPS: Readonly<Record<LocaleCode, Steps>> = {
  ru: {
    windows: {
      chromium: [
        'Дважды нажмите левой кнопкой мыши на загруженный файл {{file}}.',
        'Выберите «Текущий пользователь» и нажмите «Далее». Имя файла оставьте по умолчанию и снова нажмите «Далее».',
        'Введите пароль из SMS и нажмите «Далее».',
        'Хранилище сертификатов оставьте по умолчанию («Автоматически выбрать хранилище…») и нажмите «Далее».',
        'Нажмите «Готово», затем «ОК» в окне «Импорт успешно выполнен».',
      ],
      firefox: FIREFOX_RU,
    },
    macos: {
      chromium: [
        'Дважды нажмите на загруженный файл {{file}}: откроется «Связка ключей».',
        'Если спросит, куда добавить, выберите связку «вход» и нажмите «Добавить».',
        'Введите пароль из SMS и нажмите «ОК».',
        'Проверьте: в связке «вход», раздел «Мои сертификаты», есть {{subject}}.',
        'При первом входе Mac OS спросит пароль от компьютера: введите его и нажмите «Всегда разрешать».',
      ],
      firefox: FIREFOX_RU,
    },
    linux: {
      chromium: [
        'Откройте в браузере новую вкладку и введите адрес chrome://certificate-manager (в старых версиях chrome://settings/certificates).',
        'Выберите «Ваши сертификаты» и нажмите «Импорт».',
        'Выберите файл {{file}} в папке «Загрузки».',
        'Введите пароль из SMS и нажмите «ОК»: сертификат {{subject}} появится в списке.',
      ],
      firefox: FIREFOX_RU,
    },
  },
  en: {
    windows: {
      chromium: [
        'Double-click the downloaded file {{file}}.',
        'Choose “Current User” and press “Next”. Leave the file name as it is and press “Next” again.',
        'Type the password from the SMS and press “Next”.',
        'Leave the certificate store as it is (“Automatically select the certificate store…”) and press “Next”.',
        'Press “Finish”, then “OK” in the window “The import was successful”.',
      ],
      firefox: FIREFOX_EN,
    },
    macos: {
      chromium: [
        'Double-click the downloaded file {{file}}: Keychain Access opens.',
        'If it asks where to add it, choose the keychain “login” and press “Add”.',
        'Type the password from the SMS and press “OK”.',
        'Check: {{subject}} is in the keychain “login” under “My Certificates”.',
        'At the first entry Mac OS asks for the computer’s password: type it and press “Always Allow”.',
      ],
      firefox: FIREFOX_EN,
    },
    linux: {
      chromium: [
        'Open a new tab and go to chrome://certificate-manager (older versions: chrome://settings/certificates).',
        'Choose “Your certificates” and press “Import”.',
        'Choose the file {{file}} in the Downloads folder.',
        'Type the password from the SMS and press “OK”: the certificate {{subject}} appears in the list.',
      ],
      firefox: FIREFOX_EN,
    },
  },
};

export interface InstallNames {
  /** With its extension. */
  readonly file: string;
  readonly subject: string;
}

export function installSteps(
  locale: LocaleCode,
  system: GuideSystem,
  family: BrowserFamily,
  names: InstallNames,
): readonly string[] {
  const steps = isDesktop(system) ? STEPS[locale][system][family] : PHONE_STEPS[locale][system];
  return steps.map((step) =>
    step.replaceAll('{{file}}', names.file).replaceAll('{{subject}}', names.subject),
  );
}
