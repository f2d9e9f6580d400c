import type { LocaleCode } from '../../../src/portal/contract.ts';

type Phone = 'ios' | 'android';

/** The installation on a telephone, as short as that on a computer. */
export const PHONE_STEPS: Readonly<Record<LocaleCode, Readonly<Record<Phone, readonly string[]>>>> = {
  ru: {
    ios: [
      'Нажмите на файл {{file}} в загрузках Safari или в приложении «Файлы»: появится «Профиль загружен».',
      'Откройте «Настройки», вверху «Профиль загружен» (или «Основные», «VPN и управление устройством»).',
      'Нажмите «Установить», введите код-пароль телефона; предупреждение «Не подписан» нормально.',
      'Введите пароль из SMS и нажмите «Далее», «Готово»: профиль {{subject}} установлен.',
    ],
    android: [
      'Нажмите на файл {{file}} в уведомлении или в приложении «Файлы».',
      'Выберите «Для VPN и приложений». Файл не открывается? «Настройки», поиск по слову «сертификат», «Сертификат пользователя для VPN и приложений».',
      'Введите пароль из SMS и нажмите «ОК».',
      'Имя оставьте как есть и нажмите «ОК»: сертификат {{subject}} установлен.',
    ],
  },
  en: {
    ios: [
      'Press the file {{file}} in the downloads of Safari or in the app “Files”: “Profile Downloaded” appears.',
      'Open “Settings”, at the top “Profile Downloaded” (or “General”, “VPN & Device Management”).',
      'Press “Install” and type the passcode of the phone; the warning “Not Signed” is normal.',
      'Type the password from the SMS and press “Next”, “Done”: the profile {{subject}} is installed.',
    ],
    android: [
      'Press the file {{file}} in the notification or in the app “Files”.',
      'Choose “VPN & app user certificate”. The file does not open? Search “Settings” for “certificate” and choose “VPN & app user certificate” there.',
      'Type the password from the SMS and press “OK”.',
      'Leave the name as it is and press “OK”: the certificate {{subject}} is installed.',
    ],
  },
};
