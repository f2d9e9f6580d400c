import type { DrawnPicture } from '../../web/portal/instructions/picture-names.ts';
import type { Drawn, DrawnWindow } from './draw-window.ts';
import { drawnElsewhere } from './drawings-elsewhere.ts';

/** Chooses between the Russian and the English words of a window. */
export type Say = (russian: string, english: string) => string;

const text = (content: string, bold = false): Drawn => ({ kind: 'text', text: content, bold });

/** The windows that are drawn, with the words that Windows, Mac OS, iOS and Android use themselves. */
export function drawings(say: Say): Readonly<Record<DrawnPicture, DrawnWindow>> {
  return { ...drawnOnWindows(say), ...drawnElsewhere(say) };
}

type OnWindows = Extract<DrawnPicture, `windows-${string}`>;

function drawnOnWindows(say: Say): Readonly<Record<OnWindows, DrawnWindow>> {
  const kind = say('рисунок', 'drawing');
  const next = [{ label: say('Далее', 'Next'), marked: true }, { label: say('Отмена', 'Cancel') }];
  const wizard = {
    kind,
    title: say('Мастер импорта сертификатов', 'Certificate Import Wizard'),
  } as const;
  const issuedBy = say('Издатель', 'Issuer');
  return {
    'windows-wizard-place': {
      ...wizard,
      content: [
        text(say('Расположение хранилища', 'Store Location'), true),
        { kind: 'choice', label: say('Текущий пользователь', 'Current User'), on: true, marked: true },
        { kind: 'choice', label: say('Локальный компьютер', 'Local Machine'), on: false },
      ],
      buttons: next,
    },
    'windows-wizard-file': {
      ...wizard,
      content: [
        text(say('Импортируемый файл', 'File to Import'), true),
        {
          kind: 'field',
          label: say('Имя файла (оставьте как есть)', 'File name (leave as it is)'),
          value: say(
            'C:\\Users\\Иван\\Downloads\\ivanov-2026-11-22.pfx',
            'C:\\Users\\Ivan\\Downloads\\ivanov-2026-11-22.pfx',
          ),
        },
      ],
      buttons: next,
    },
    'windows-wizard-password': {
      ...wizard,
      content: [
        text(say('Защита с помощью закрытого ключа', 'Private key protection'), true),
        {
          kind: 'field',
          label: say('Пароль (из SMS)', 'Password (from the SMS)'),
          value: '●●●●●●●●●●●●',
          marked: true,
        },
        { kind: 'box', label: say('Показывать пароль', 'Display Password'), on: false },
        {
          kind: 'box',
          label: say('Включить усиленную защиту закрытого ключа', 'Enable strong private key protection'),
          on: false,
        },
        {
          kind: 'box',
          label: say('Пометить этот ключ как экспортируемый', 'Mark this key as exportable'),
          on: false,
        },
        {
          kind: 'box',
          label: say('Включить все расширенные свойства', 'Include all extended properties'),
          on: true,
        },
      ],
      buttons: next,
    },
    'windows-wizard-store': {
      ...wizard,
      content: [
        text(say('Хранилище сертификатов', 'Certificate Store'), true),
        {
          kind: 'choice',
          label: say(
            'Автоматически выбрать хранилище на основе типа сертификата',
            'Automatically select the certificate store based on the type of certificate',
          ),
          on: true,
          marked: true,
        },
        {
          kind: 'choice',
          label: say(
            'Поместить все сертификаты в следующее хранилище',
            'Place all certificates in the following store',
          ),
          on: false,
        },
      ],
      buttons: next,
    },
    'windows-wizard-finish': {
      ...wizard,
      content: [
        text(
          say('Завершение мастера импорта сертификатов', 'Completing the Certificate Import Wizard'),
          true,
        ),
        text(
          say(
            'После «Готово» появится сообщение «Импорт успешно выполнен».',
            'After “Finish” a message says “The import was successful”.',
          ),
        ),
      ],
      buttons: [{ label: say('Готово', 'Finish'), marked: true }, { label: say('Отмена', 'Cancel') }],
    },
    'windows-picker': {
      kind,
      title: say('Выбор сертификата', 'Select a certificate'),
      content: [
        text(
          say(
            'Выберите сертификат для аутентификации на crm.example.ru:443',
            'Select a certificate to authenticate yourself to crm.example.com:443',
          ),
        ),
        {
          kind: 'table',
          columns: [say('Тема', 'Subject'), issuedBy, say('Серийный номер', 'Serial')],
          rows: [
            ['ivanov', 'Propusk', '4F2A…91C0'],
            ['petrov', 'Propusk', '7B10…4F2A'],
          ],
          selected: 0,
        },
      ],
      buttons: [
        { label: say('Данные сертификата', 'Certificate information') },
        { label: say('ОК', 'OK'), marked: true },
        { label: say('Отмена', 'Cancel') },
      ],
    },
    'windows-edge-picker': {
      kind,
      title: say('Выбор сертификата для проверки подлинности', 'Select a certificate for authentication'),
      content: [
        text(
          say(
            'Сайту crm.example.ru нужны ваши учётные данные:',
            'Site crm.example.com needs your credentials:',
          ),
        ),
        {
          kind: 'entries',
          entries: [
            ['ivanov', say('Propusk · 22.11.2026', 'Propusk · 11/22/2026')],
            ['petrov', say('Propusk · 12.10.2026', 'Propusk · 10/12/2026')],
          ],
          selected: 0,
        },
      ],
      buttons: [
        { label: say('Сведения о сертификате', 'Certificate information') },
        { label: say('ОК', 'OK'), marked: true },
        { label: say('Отмена', 'Cancel') },
      ],
    },
    'windows-delete-file': {
      kind,
      title: say('Загрузки', 'Downloads'),
      content: [
        {
          kind: 'lines',
          lines: [
            { text: 'ivanov-2026-11-22.pfx', depth: 0, marked: true },
            { text: say('Открыть', 'Open'), depth: 2 },
            { text: say('Копировать', 'Copy'), depth: 2 },
            { text: say('Удалить', 'Delete'), depth: 2, marked: true },
          ],
        },
        text(
          say(
            'Затем: Корзина на рабочем столе, правая кнопка мыши, «Очистить корзину».',
            'Then: Recycle Bin on the desktop, right mouse button, “Empty Recycle Bin”.',
          ),
        ),
      ],
      buttons: [],
    },
    'windows-search': {
      kind,
      title: say('Поиск', 'Search'),
      content: [
        {
          kind: 'field',
          label: say('Введите слово', 'Type the word'),
          value: say('Сертификат', 'certificate'),
          marked: true,
        },
        {
          kind: 'lines',
          lines: [
            {
              text: say('Управление сертификатами пользователей', 'Manage user certificates'),
              depth: 0,
              marked: true,
            },
            { text: say('Управление сертификатами компьютеров', 'Manage computer certificates'), depth: 0 },
          ],
        },
      ],
      buttons: [],
    },
    'windows-certificates': {
      kind,
      title: say('Сертификаты — текущий пользователь', 'Certificates — Current User'),
      content: [
        {
          kind: 'lines',
          lines: [
            { text: say('▾ Личное', '▾ Personal'), depth: 0 },
            { text: say('Сертификаты', 'Certificates'), depth: 1, marked: true },
          ],
        },
        {
          kind: 'table',
          columns: [
            say('Кому выдан', 'Issued To'),
            say('Кем выдан', 'Issued By'),
            say('Срок действия', 'Expiration Date'),
          ],
          rows: [
            ['ivanov', 'Propusk', say('22.11.2026', '11/22/2026')],
            ['ivanov', 'Propusk', say('22.11.2027', '11/22/2027')],
          ],
          selected: 0,
        },
        text(
          say(
            'Правая кнопка мыши на недействительном сертификате, «Удалить».',
            'Right mouse button on the certificate that is no longer valid, “Delete”.',
          ),
        ),
      ],
      buttons: [{ label: say('Удалить', 'Delete'), marked: true }],
    },
  };
}
