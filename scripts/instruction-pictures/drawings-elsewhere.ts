import type { DrawnPicture } from '../../web/portal/instructions/picture-names.ts';
import type { DrawnWindow } from './draw-window.ts';
import type { Say } from './drawings.ts';

type Elsewhere = Exclude<DrawnPicture, `windows-${string}`>;

/** Mac OS, iOS, and Android. */
export function drawnElsewhere(say: Say): Readonly<Record<Elsewhere, DrawnWindow>> {
  const kind = say('рисунок', 'drawing');
  const cancel = { label: say('Отменить', 'Cancel') };
  return {
    'macos-add': {
      kind,
      title: say('Добавить сертификаты', 'Add Certificates'),
      content: [
        {
          kind: 'text',
          text: say(
            'Хотите добавить сертификаты из файла «ivanov-2026-11-22.p12» в связку ключей?',
            'Do you want to add the certificate(s) from the file “ivanov-2026-11-22.p12” to a keychain?',
          ),
        },
        { kind: 'field', label: say('Связка ключей', 'Keychain'), value: say('вход', 'login'), marked: true },
      ],
      buttons: [cancel, { label: say('Добавить', 'Add'), marked: true }],
    },
    'macos-password': {
      kind,
      title: say('Связка ключей', 'Keychain Access'),
      content: [
        {
          kind: 'field',
          label: say(
            'Введите пароль для «ivanov-2026-11-22.p12» (из SMS)',
            'Enter the password for “ivanov-2026-11-22.p12” (from the SMS)',
          ),
          value: '●●●●●●●●●●●●',
          marked: true,
        },
      ],
      buttons: [cancel, { label: say('ОК', 'OK'), marked: true }],
    },
    'macos-certificates': {
      kind,
      title: say('Связка ключей', 'Keychain Access'),
      content: [
        {
          kind: 'lines',
          lines: [
            { text: say('вход', 'login'), depth: 0, marked: true },
            { text: say('Мои сертификаты', 'My Certificates'), depth: 1, marked: true },
          ],
        },
        {
          kind: 'table',
          columns: [say('Имя', 'Name'), say('Вид', 'Kind'), say('Срок действия', 'Expires')],
          rows: [
            ['▾ ivanov', say('сертификат', 'certificate'), say('22.11.2027', '22 Nov 2027')],
            ['    ivanov', say('личный ключ', 'private key'), ''],
          ],
          selected: 0,
        },
      ],
      buttons: [],
    },
    'macos-allow': {
      kind,
      title: say('Доступ к ключу', 'Access to the key'),
      content: [
        {
          kind: 'text',
          text: say(
            'Google Chrome хочет подписать, используя ключ «ivanov» в Вашей связке ключей.',
            'Google Chrome wants to sign using key “ivanov” in your keychain.',
          ),
        },
        {
          kind: 'field',
          label: say(
            'Пароль связки «вход» (пароль от компьютера)',
            'Password of the keychain “login” (of the computer)',
          ),
          value: '●●●●●●●●',
        },
      ],
      buttons: [
        { label: say('Всегда разрешать', 'Always Allow'), marked: true },
        { label: say('Запретить', 'Deny') },
        { label: say('Разрешить', 'Allow') },
      ],
    },
    'macos-safari-picker': {
      kind,
      title: 'Safari',
      content: [
        {
          kind: 'text',
          text: say(
            'Веб-сайт «crm.example.ru» требует клиентский сертификат.',
            'The website “crm.example.com” requires a client certificate.',
          ),
        },
        {
          kind: 'entries',
          entries: [
            ['ivanov', 'Propusk'],
            ['petrov', 'Propusk'],
          ],
          selected: 0,
        },
      ],
      buttons: [
        { label: say('Показать сертификат', 'Show Certificate') },
        cancel,
        { label: say('Продолжить', 'Continue'), marked: true },
      ],
    },
    'ios-profile': {
      kind,
      width: 420,
      title: say('Настройки', 'Settings'),
      content: [
        {
          kind: 'lines',
          lines: [{ text: say('Профиль загружен', 'Profile Downloaded'), depth: 0, marked: true }],
        },
        {
          kind: 'entries',
          entries: [['ivanov', say('Не подписан · 1 сертификат', 'Not Signed · 1 certificate')]],
        },
        {
          kind: 'field',
          label: say('Пароль сертификата (из SMS)', 'Certificate password (from the SMS)'),
          value: '●●●●●●●●●●●●',
        },
      ],
      buttons: [cancel, { label: say('Установить', 'Install'), marked: true }],
    },
    'android-install': {
      kind,
      width: 420,
      title: say('Установка сертификата', 'Install a certificate'),
      content: [
        {
          kind: 'lines',
          lines: [
            { text: say('Сертификат ЦС', 'CA certificate'), depth: 0 },
            {
              text: say('Сертификат для VPN и приложений', 'VPN & app user certificate'),
              depth: 0,
              marked: true,
            },
            { text: say('Сертификат Wi-Fi', 'Wi-Fi certificate'), depth: 0 },
          ],
        },
        {
          kind: 'field',
          label: say('Пароль (из SMS)', 'Password (from the SMS)'),
          value: '●●●●●●●●●●●●',
        },
      ],
      buttons: [cancel, { label: say('ОК', 'OK'), marked: true }],
    },
  };
}
