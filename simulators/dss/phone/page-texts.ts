import type { FaultKind, FaultPlace } from '../faults.ts';
import type { Method } from '../users.ts';
import type { Channel, PhoneRequest } from './requests.ts';

export type Language = 'ru' | 'en';

export interface PageTexts {
  readonly title: string;
  readonly simulated: string;
  readonly people: string;
  readonly phone: string;
  readonly waitingCount: string;
  readonly emptyTitle: string;
  readonly emptyHint: string;
  readonly noPhoneTitle: string;
  readonly noPhoneHint: string;
  readonly confirm: string;
  readonly decline: string;
  readonly expiresIn: string;
  readonly codeFromSms: string;
  readonly codeFromEmail: string;
  readonly codeHint: string;
  readonly withoutNetwork: string;
  readonly offlineHint: string;
  readonly confirmCode: string;
  readonly declineCode: string;
  readonly simHint: string;
  readonly earlier: string;
  readonly newRequest: string;
  readonly authorizationServer: string;
  readonly dssServer: string;
  readonly login: string;
  readonly password: string;
  readonly noPassword: string;
  readonly certificates: string;
  readonly signInData: string;
  readonly pin: string;
  readonly faults: string;
  readonly faultsHint: string;
  readonly faultPlace: string;
  readonly apply: string;
  readonly purposes: Readonly<Record<PhoneRequest['purpose']['kind'], string>>;
  readonly channels: Readonly<Record<Channel, string>>;
  readonly methods: Readonly<Record<Method, string>>;
  readonly outcomes: Readonly<Record<PhoneRequest['state'], string>>;
  readonly faultNames: Readonly<Record<FaultKind, string>>;
  readonly placeNames: Readonly<Record<FaultPlace, string>>;
}

export const PAGE_TEXTS: Readonly<Record<Language, PageTexts>> = {
  ru: {
    title: 'Телефоны DSS',
    simulated: 'Учебный КриптоПро DSS: подтверждения и коды видны только здесь, настоящих ключей нет.',
    people: 'Пользователи',
    phone: 'Телефон',
    waitingCount: 'ждут ответа',
    emptyTitle: 'Запросов нет',
    emptyHint: 'Войдите под этим логином: запрос на подтверждение появится здесь.',
    noPhoneTitle: 'Телефон не нужен',
    noPhoneHint: 'Этот пользователь входит без подтверждения.',
    confirm: 'Подтвердить',
    decline: 'Отклонить',
    expiresIn: 'Осталось',
    codeFromSms: 'Код из SMS',
    codeFromEmail: 'Код из письма',
    codeHint: 'Введите его там, где входите или подписываете.',
    withoutNetwork: 'Без сети: коды после сканирования QR',
    offlineHint:
      'У телефона нет сети. Приложение прочитало QR с экрана; введите один из кодов там, где входите.',
    confirmCode: 'Код, чтобы подтвердить',
    declineCode: 'Код, чтобы отклонить',
    simHint: 'Запрос SIM-карты',
    earlier: 'Раньше',
    newRequest: 'Новый запрос',
    authorizationServer: 'Сервер авторизации DSS',
    dssServer: 'Сервер DSS',
    login: 'Логин',
    password: 'Пароль',
    noPassword: 'нет, оставьте пустым',
    certificates: 'Сертификатов',
    signInData: 'Данные для входа',
    pin: 'ПИН-код ключей с ПИН',
    faults: 'Что делает сервис',
    faultsHint: 'Что увидит этот человек, когда DSS отвечает не так? Включите отказ и попробуйте.',
    faultPlace: 'Где',
    apply: 'Применить',
    purposes: { 'sign-in': 'Вход в DSS', transaction: 'Подписание', scope: 'Действие' },
    channels: {
      application: 'Приложение',
      'offline-application': 'Приложение без сети',
      sim: 'SIM-карта',
      sms: 'SMS',
      email: 'Почта',
      'not-chosen': 'Способ ещё не выбран',
    },
    methods: {
      mobile: 'приложение',
      mydss: 'приложение',
      simauth: 'SIM-карта',
      otpviasms: 'SMS',
      otpviaemail: 'почта',
    },
    outcomes: {
      choosing: 'выбирается способ',
      waiting: 'ждёт',
      confirmed: 'подтверждено',
      declined: 'отклонено',
      expired: 'время вышло',
      'too-many-attempts': 'неверный код трижды',
    },
    faultNames: {
      none: 'Работает',
      unauthorized: '401',
      forbidden: '403',
      'server-error': '500',
      html: 'HTML вместо JSON',
      cut: 'Обрывает соединение',
      'cut-in-the-middle': 'Обрывает ответ на середине',
      slow: 'Отвечает через 30 секунд',
      'wrong-type': 'Не тот тип содержимого',
      'error-in-200': 'Ошибка в ответе 200',
      'early-death': 'Вход умирает через 3 секунды',
    },
    placeNames: { everywhere: 'везде', 'sign-in': 'сервер авторизации', 'sign-server': 'сервер DSS' },
  },
  en: {
    title: 'DSS phones',
    simulated: 'A practice CryptoPro DSS: confirmations and codes are seen here only, no key is a real one.',
    people: 'Users',
    phone: 'Phone',
    waitingCount: 'wait for an answer',
    emptyTitle: 'No requests',
    emptyHint: 'Sign in with this login: the request for confirmation appears here.',
    noPhoneTitle: 'No phone needed',
    noPhoneHint: 'This user signs in without a confirmation.',
    confirm: 'Confirm',
    decline: 'Decline',
    expiresIn: 'Time left',
    codeFromSms: 'Code from the SMS',
    codeFromEmail: 'Code from the e-mail',
    codeHint: 'Type it where you sign in or sign.',
    withoutNetwork: 'Without a network: codes after the QR is scanned',
    offlineHint:
      'This phone has no network. The application has read the QR from the screen; type one of the codes where you sign in.',
    confirmCode: 'Code that confirms',
    declineCode: 'Code that declines',
    simHint: 'A request of the SIM card',
    earlier: 'Earlier',
    newRequest: 'New request',
    authorizationServer: 'DSS authorization server',
    dssServer: 'DSS server',
    login: 'Login',
    password: 'Password',
    noPassword: 'none, leave it empty',
    certificates: 'Certificates',
    signInData: 'To sign in with',
    pin: 'PIN of keys that have one',
    faults: 'What the service does',
    faultsHint: 'What does this person see when the DSS answers wrongly? Turn a failure on and try.',
    faultPlace: 'Where',
    apply: 'Apply',
    purposes: { 'sign-in': 'Sign-in to DSS', transaction: 'Signing', scope: 'Action' },
    channels: {
      application: 'Application',
      'offline-application': 'Application without a network',
      sim: 'SIM card',
      sms: 'SMS',
      email: 'E-mail',
      'not-chosen': 'No method chosen yet',
    },
    methods: {
      mobile: 'application',
      mydss: 'application',
      simauth: 'SIM card',
      otpviasms: 'SMS',
      otpviaemail: 'e-mail',
    },
    outcomes: {
      choosing: 'a method is being chosen',
      waiting: 'waits',
      confirmed: 'confirmed',
      declined: 'declined',
      expired: 'time ran out',
      'too-many-attempts': 'three wrong codes',
    },
    faultNames: {
      none: 'Works',
      unauthorized: '401',
      forbidden: '403',
      'server-error': '500',
      html: 'HTML instead of JSON',
      cut: 'Cuts the connection',
      'cut-in-the-middle': 'Cuts the answer in the middle',
      slow: 'Answers after 30 seconds',
      'wrong-type': 'Wrong content type',
      'error-in-200': 'An error in a 200',
      'early-death': 'The sign-in dies after 3 seconds',
    },
    placeNames: { everywhere: 'everywhere', 'sign-in': 'authorization server', 'sign-server': 'DSS server' },
  },
};

/** Russian unless English is asked for, in the address or by the browser. */
export function chooseLanguage(asked: string | null, acceptLanguage: string | undefined): Language {
  if (asked === 'ru' || asked === 'en') return asked;
  return /^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'ru';
}
