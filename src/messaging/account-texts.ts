import type { Login } from '../kernel/login.ts';

interface AccountMessage {
  readonly login: Login;
  readonly locale: 'ru' | 'en';
}

/** The first password; it ends the message, as every password does. */
export function formatFirstPasswordMessage({
  login,
  locale,
  password,
}: AccountMessage & { readonly password: string }): string {
  return locale === 'ru'
    ? `Propusk: первый пароль ${login}, замените его при входе. Никому не говорите: ${password}`
    : `Propusk: the first password of ${login}, change it when you sign in. Tell nobody: ${password}`;
}

/** To the former number. */
export function formatPhoneChangedMessage({ login, locale }: AccountMessage): string {
  return locale === 'ru'
    ? `Propusk: номер телефона ${login} изменён администратором. Не просили? Сразу сообщите администратору`
    : `Propusk: the telephone number of ${login} was changed by an administrator. You did not ask for it? Tell your administrator at once`;
}

export function formatPhoneChangedMail({
  login,
  locale,
  productName,
  contact,
}: AccountMessage & { readonly productName: string; readonly contact: string }): {
  readonly subject: string;
  readonly text: string;
} {
  return locale === 'ru'
    ? {
        subject: `Номер телефона ${login} изменён`,
        text: [
          `Номер телефона учётной записи ${login} изменён. На новый номер пароли пока не отправляются, чтобы вы успели возразить.`,
          'Если вы об этом просили, ничего делать не нужно.',
          `Если нет, сразу сообщите администратору: кто-то хочет получать ваши пароли. Администратор: ${contact}`,
          `Это письмо отправил ${productName}. Отвечать на него не нужно.`,
        ].join('\n\n'),
      }
    : {
        subject: `The telephone number of ${login} was changed`,
        text: [
          `The telephone number of the account ${login} was changed. No passwords are sent to the new number yet, so that you can object.`,
          'If you have asked for this, there is nothing to do.',
          `If not, tell your administrator at once: somebody wants to receive your passwords. Administrator: ${contact}`,
          `This message was sent by ${productName}. There is no need to answer it.`,
        ].join('\n\n'),
      };
}
