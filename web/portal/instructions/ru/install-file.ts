import type { GuideSystem } from '../blocks.ts';
import {
  type Block,
  browsers,
  CHROMIUM_BROWSERS,
  type GuideBrowser,
  inBrowsers,
  list,
  note,
  picture,
  type Section,
  steps,
  text,
} from '../blocks.ts';
import { PASSWORD_STEP } from './install-download.ts';

type Desktop = Exclude<GuideSystem, 'ios' | 'android'>;

/** 1.2 of the access document, and the same for the other systems and for Firefox. */
export function importFile(system: Desktop): Section {
  return {
    id: 'import',
    title: 'Установка файла',
    blocks: [
      ...(system === 'linux' ? [] : [text(STORE[system])]),
      browsers(
        inBrowsers(systemBrowsers(system), ...SYSTEM_STEPS[system]),
        inBrowsers(['firefox'], ...(system === 'linux' ? [] : FIREFOX_FIRST[system]), ...FIREFOX),
      ),
    ],
  };
}

const systemBrowsers = (system: Desktop): readonly GuideBrowser[] =>
  system === 'macos' ? [...CHROMIUM_BROWSERS, 'safari'] : CHROMIUM_BROWSERS;

const STORE: Readonly<Record<'windows' | 'macos', string>> = {
  windows:
    'Google Chrome, Яндекс.Браузер, Opera и Microsoft Edge берут сертификаты из общего хранилища Windows: достаточно установить файл один раз. У Firefox есть своё хранилище.',
  macos:
    'Google Chrome, Яндекс.Браузер, Opera, Microsoft Edge и Safari берут сертификаты из общей «Связки ключей»: достаточно установить файл один раз. У Firefox есть своё хранилище.',
};

const SYSTEM_STEPS: Readonly<Record<Desktop, readonly Block[]>> = {
  windows: [
    text(
      'Найдите загруженный сертификат и запустите установку двойным нажатием левой кнопки мыши по файлу. Откроется «Мастер импорта сертификатов». В окне установки выберите:',
    ),
    steps('«Текущий пользователь» и нажмите «Далее».'),
    picture('windows-wizard-place', 'Установка сертификата: расположение хранилища'),
    steps('«Имя файла по умолчанию»: оставьте то, что уже вписано, и нажмите «Далее».'),
    picture('windows-wizard-file', 'Установка сертификата: импортируемый файл'),
    steps(
      `${PASSWORD_STEP}, и нажмите «Далее». Важны регистр букв и раскладка: включите английскую и вводите точно как в SMS. Флажки не меняйте.`,
    ),
    picture('windows-wizard-password', 'Установка сертификата: пароль из SMS'),
    steps(
      '«Хранилище сертификатов по умолчанию»: оставьте «Автоматически выбрать хранилище на основе типа сертификата» и нажмите «Далее».',
    ),
    picture('windows-wizard-store', 'Установка сертификата: хранилище'),
    steps('Завершите установку по кнопке «Готово», затем нажмите «ОК» в окне «Импорт успешно выполнен».'),
    picture('windows-wizard-finish', 'Установка сертификата: завершение'),
    note(
      'Windows спрашивает, доверять ли центру сертификации («Предупреждение системы безопасности»)? Для входа это не нужно: можно ответить «Нет», ваш сертификат всё равно установлен. Если сомневаетесь, спросите администратора.',
    ),
    text('Система пишет, что пароль неверный? См. [[password]].'),
  ],
  macos: [
    steps(
      'Найдите загруженный файл и дважды нажмите на него: откроется программа «Связка ключей» («Keychain Access»).',
      'Если программа спросит, куда добавить сертификат, выберите связку «вход» («login») и нажмите «Добавить». Связку «Система» и «iCloud» не выбирайте.',
    ),
    picture('macos-add', 'Куда добавить сертификат'),
    steps(
      `${PASSWORD_STEP}, и нажмите «ОК». Важны регистр букв и раскладка: включите английскую и вводите точно как в SMS.`,
    ),
    picture('macos-password', 'Пароль из SMS'),
    steps(
      'Проверьте: в связке «вход», раздел «Мои сертификаты», появился сертификат с вашим логином; под ним, за стрелкой, его ключ. Отметка «не является доверенным» входу не мешает.',
    ),
    picture('macos-certificates', 'Сертификат в связке «вход»'),
    steps(
      'При первом входе Mac OS спросит разрешение на использование ключа: введите пароль от компьютера и нажмите «Всегда разрешать», иначе вопрос будет повторяться.',
    ),
    picture('macos-allow', 'Разрешение на использование ключа'),
    text('Система пишет, что пароль неверный («MAC verification failed»)? См. [[password]].'),
  ],
  linux: [
    text(
      'В Linux браузеры на основе Chromium берут сертификаты из хранилища NSS в домашнем каталоге. Файл устанавливают в самом браузере.',
    ),
    steps(
      'Откройте новую вкладку и введите адрес «chrome://certificate-manager», в старых версиях «chrome://settings/certificates». В Edge начните адрес с «edge://», в Opera с «opera://», в Яндекс.Браузере с «browser://».',
      'Выберите «Ваши сертификаты» («Your certificates»), затем «Посмотреть сертификаты, импортированные из Linux» («View imported certificates from Linux»), если такая строка есть, и нажмите «Импорт» («Import»).',
      'Выберите загруженный файл в папке «Загрузки».',
    ),
    picture('chromium-manager', '«Менеджер сертификатов» в Chromium'),
    steps(
      `${PASSWORD_STEP}, и нажмите «ОК». Важны регистр букв и раскладка: включите английскую и вводите точно как в SMS.`,
    ),
    text('То же из командной строки (пакет libnss3-tools):'),
    list(
      'установить: pk12util -d sql:$HOME/.pki/nssdb -i файл.p12',
      'посмотреть: certutil -d sql:$HOME/.pki/nssdb -L',
    ),
    note(
      'Браузеры, установленные из Snap или Flatpak, видят только свой каталог: устанавливайте файл в окне самого браузера, не из командной строки.',
    ),
    text('Браузер пишет, что пароль неверный? См. [[password]].'),
  ],
};

const FIREFOX_FIRST: Readonly<Record<'windows' | 'macos', readonly Block[]>> = {
  windows: [
    text(
      'Firefox 90 и новее предлагает также сертификаты из хранилища Windows: если файл уже установлен двойным нажатием, попробуйте войти. Если Firefox своего сертификата не показывает, загрузите файл в сам Firefox:',
    ),
  ],
  macos: [
    text(
      'Firefox 90 и новее предлагает также сертификаты из «Связки ключей»: если файл уже установлен двойным нажатием, попробуйте войти. Если Firefox своего сертификата не показывает, загрузите файл в сам Firefox:',
    ),
  ],
};

const FIREFOX: readonly Block[] = [
  steps(
    'Откройте меню (кнопка с тремя чертами в правом верхнем углу) и выберите «Settings» («Настройки»), в меню слева «Privacy & Security» («Приватность и защита»).',
    'В конце страницы, под «Connection and software security» («Безопасность подключения и ПО»), нажмите «Advanced settings» («Дополнительные настройки»), затем «Manage certificates» («Управление сертификатами»). В старых версиях в конце страницы есть пункт «Certificates» («Сертификаты»): нажмите «View Certificates» («Просмотр сертификатов»).',
  ),
  picture('firefox-settings', 'Раздел «Сертификаты» в настройках Firefox'),
  steps(
    'На вкладке «Your Certificates» («Ваши сертификаты») нажмите «Import…» («Импортировать…») и выберите загруженный файл.',
    'Введите пароль из SMS и нажмите «ОК». Firefox называет его паролем резервной копии сертификата.',
  ),
  steps('Сертификат с вашим логином появился в списке: закройте окно кнопкой «ОК».'),
  picture('firefox-certificates', 'Вкладка «Ваши сертификаты»'),
];
