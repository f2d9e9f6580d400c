import type { Login } from '../kernel/login.ts';

interface RecoveryMessage {
  readonly login: Login;
  readonly locale: 'ru' | 'en';
}

/** The code ends the message, as every code does. */
export function formatRecoveryCodeMessage({
  login,
  locale,
  code,
}: RecoveryMessage & { readonly code: string }): string {
  return locale === 'ru'
    ? `Propusk: новый пароль для ${login}. Никому не говорите код ${code}`
    : `Propusk: a new password for ${login}. Tell nobody this code: ${code}`;
}

export function formatRecoveredMessage({ login, locale }: RecoveryMessage): string {
  return locale === 'ru'
    ? `Propusk: пароль ${login} заменён по сертификату и коду. Не вы? Сразу сообщите администратору`
    : `Propusk: the password of ${login} was replaced with certificate and code. Not you? Tell your administrator at once`;
}

export function formatRecoveredMail({
  login,
  locale,
  productName,
  contact,
}: RecoveryMessage & { readonly productName: string; readonly contact: string }): {
  readonly subject: string;
  readonly text: string;
} {
  return locale === 'ru'
    ? {
        subject: `Пароль ${login} заменён`,
        text: [
          `Пароль учётной записи ${login} заменён: предъявлен сертификат и введён код из SMS. Все сеансы завершены.`,
          'Если это сделали вы, ничего делать не нужно.',
          `Если нет, сразу сообщите администратору: у кого-то есть и ваше устройство, и ваш телефон. Администратор: ${contact}`,
          `Это письмо отправил ${productName}. Отвечать на него не нужно.`,
        ].join('\n\n'),
      }
    : {
        subject: `The password of ${login} was replaced`,
        text: [
          `The password of the account ${login} was replaced: its certificate was presented and a code from an SMS was typed in. All sessions have ended.`,
          'If this was you, there is nothing to do.',
          `If not, tell your administrator at once: somebody has both your device and your telephone. Administrator: ${contact}`,
          `This message was sent by ${productName}. There is no need to answer it.`,
        ].join('\n\n'),
      };
}
