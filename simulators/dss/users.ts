/** How a person's telephone answers without anybody touching it. */
export type Reaction =
  | { readonly kind: 'by-hand' }
  | { readonly kind: 'confirms'; readonly afterSeconds: number }
  | { readonly kind: 'declines'; readonly afterSeconds: number };

/** Of the second factor; the names are those of `AuthnMethod`. */
export type Method = 'mobile' | 'mydss' | 'simauth' | 'otpviasms' | 'otpviaemail';

export type CertificateState =
  | 'active'
  | 'suspended'
  | 'revoked'
  | 'expired'
  | 'not-yet-valid'
  | 'unparsable';

export type CertificateSpec =
  | {
      readonly algorithm: 'rsa';
      readonly state?: CertificateState;
      readonly pin?: string;
      readonly count?: number;
    }
  | {
      readonly algorithm: 'gost';
      /** A file of authority/fixtures: `gost-<file>.pem`. */
      readonly file: string;
      readonly state?: CertificateState;
      readonly pin?: string;
    };

export interface DssUser {
  readonly login: string;
  /** Empty: the login alone is enough. */
  readonly password: string;
  readonly name: { readonly surname: string; readonly givenName: string };
  /** What this user is for, on the page and in the list that is printed. */
  readonly about: { readonly ru: string; readonly en: string };
  /** None: nobody is asked. One: its challenge. Several: a choice. */
  readonly methods: readonly Method[];
  /** A telephone without a network: it can only show codes for the QR image. */
  readonly offline?: boolean;
  readonly reaction?: Reaction;
  readonly locked?: boolean;
  readonly challengeSeconds?: number;
  readonly tokenSeconds?: number;
  readonly certificates: readonly CertificateSpec[];
}

export const CHALLENGE_SECONDS = 300;
export const TOKEN_SECONDS = 300;
/** Of every certificate with a PIN. */
export const PIN = '1234';

const RSA: CertificateSpec = { algorithm: 'rsa' };
const gost = (file: string): CertificateSpec => ({ algorithm: 'gost', file });

/** Everybody who can sign in. Their logins and passwords are for practice and printed wherever they help. */
export const USERS: readonly DssUser[] = [
  {
    login: 'open',
    password: '',
    name: { surname: 'Иванов', givenName: 'Иван Иванович' },
    about: { ru: 'без пароля и без телефона', en: 'no password, no telephone' },
    methods: [],
    certificates: [gost('open'), RSA],
  },
  {
    login: 'password',
    password: 'dss-password',
    name: { surname: 'Петрова', givenName: 'Анна Сергеевна' },
    about: { ru: 'по паролю', en: 'a password' },
    methods: [],
    certificates: [RSA, gost('password')],
  },
  {
    login: 'sim',
    password: '',
    name: { surname: 'Сидоров', givenName: 'Пётр Николаевич' },
    about: { ru: 'без пароля, подтверждение на SIM-карте', en: 'no password, confirmed on the SIM card' },
    methods: ['simauth'],
    certificates: [gost('sim'), RSA],
  },
  {
    login: 'mobile',
    password: 'dss-mobile',
    name: { surname: 'Кузнецова', givenName: 'Мария Олеговна' },
    about: { ru: 'пароль и мобильное приложение', en: 'a password and the mobile application' },
    methods: ['mydss'],
    certificates: [gost('mobile'), RSA],
  },
  {
    login: 'sms',
    password: 'dss-sms',
    name: { surname: 'Смирнов', givenName: 'Олег Андреевич' },
    about: { ru: 'пароль и код из SMS', en: 'a password and a code by SMS' },
    methods: ['otpviasms'],
    certificates: [gost('sms'), RSA],
  },
  {
    login: 'email',
    password: '',
    name: { surname: 'Попова', givenName: 'Елена Викторовна' },
    about: { ru: 'без пароля, код по электронной почте', en: 'no password, a code by e-mail' },
    methods: ['otpviaemail'],
    certificates: [RSA],
  },
  {
    login: 'qr',
    password: 'dss-qr',
    name: { surname: 'Фёдоров', givenName: 'Фёдор Фёдорович' },
    about: {
      ru: 'приложение без сети: код с QR',
      en: 'the application without a network: a code from the QR',
    },
    methods: ['mobile'],
    offline: true,
    certificates: [gost('qr'), RSA],
  },
  {
    login: 'choice',
    password: 'dss-choice',
    name: { surname: 'Волкова', givenName: 'Ольга Игоревна' },
    about: { ru: 'пароль и способ на выбор', en: 'a password and a choice of methods' },
    methods: ['mydss', 'otpviasms', 'simauth'],
    certificates: [gost('choice'), RSA],
  },
  {
    login: 'щукина',
    password: 'пароль:с двоеточием',
    name: { surname: 'Щукина', givenName: 'Юлия Эдуардовна' },
    about: { ru: 'логин и пароль кириллицей', en: 'login and password in Cyrillic' },
    methods: [],
    certificates: [gost('cyrillic')],
  },
  {
    login: 'states',
    password: '',
    name: { surname: 'Орлов', givenName: 'Павел Ильич' },
    about: { ru: 'сертификаты во всех состояниях', en: 'certificates in every state' },
    methods: [],
    certificates: [
      gost('states'),
      { algorithm: 'gost', file: 'pin', pin: PIN },
      { algorithm: 'gost', file: 'suspended', state: 'suspended' },
      { algorithm: 'gost', file: 'revoked', state: 'revoked' },
      { algorithm: 'gost', file: 'expired', state: 'expired' },
      RSA,
      { algorithm: 'rsa', pin: PIN },
      { algorithm: 'rsa', state: 'suspended' },
      { algorithm: 'rsa', state: 'revoked' },
      { algorithm: 'rsa', state: 'expired' },
      { algorithm: 'rsa', state: 'not-yet-valid' },
    ],
  },
  {
    login: 'damaged',
    password: '',
    name: { surname: 'Громов', givenName: 'Илья Львович' },
    about: { ru: 'один сертификат не читается', en: 'one certificate cannot be read' },
    methods: [],
    certificates: [RSA, { algorithm: 'rsa', state: 'unparsable' }, RSA],
  },
  {
    login: 'many',
    password: '',
    name: { surname: 'Многова', givenName: 'Тысяча Ивановна' },
    about: { ru: '1000 сертификатов', en: '1,000 certificates' },
    methods: [],
    certificates: [{ algorithm: 'rsa', count: 1000 }],
  },
  {
    login: 'none',
    password: '',
    name: { surname: 'Пустов', givenName: 'Лев Борисович' },
    about: { ru: 'нет сертификатов', en: 'no certificates' },
    methods: [],
    certificates: [],
  },
  {
    login: 'locked',
    password: 'dss-locked',
    name: { surname: 'Замков', givenName: 'Глеб Юрьевич' },
    about: { ru: 'заблокирован', en: 'locked' },
    methods: [],
    locked: true,
    certificates: [RSA],
  },
  {
    login: 'slow',
    password: '',
    name: { surname: 'Тихонов', givenName: 'Егор Павлович' },
    about: { ru: 'подтверждает сам через 20 секунд', en: 'confirms by itself after 20 seconds' },
    methods: ['mydss'],
    reaction: { kind: 'confirms', afterSeconds: 20 },
    certificates: [RSA],
  },
  {
    login: 'confirms',
    password: '',
    name: { surname: 'Быстрова', givenName: 'Вера Максимовна' },
    about: { ru: 'подтверждает сам через 2 секунды', en: 'confirms by itself after 2 seconds' },
    methods: ['mydss'],
    reaction: { kind: 'confirms', afterSeconds: 2 },
    certificates: [RSA],
  },
  {
    login: 'declines',
    password: '',
    name: { surname: 'Отказов', givenName: 'Роман Денисович' },
    about: { ru: 'отклоняет сам через 5 секунд', en: 'declines by itself after 5 seconds' },
    methods: ['mydss'],
    reaction: { kind: 'declines', afterSeconds: 5 },
    certificates: [RSA],
  },
  {
    login: 'expires',
    password: '',
    name: { surname: 'Забывалова', givenName: 'Инна Романовна' },
    about: { ru: 'запрос живёт 15 секунд', en: 'a request lives for 15 seconds' },
    methods: ['mydss'],
    challengeSeconds: 15,
    certificates: [RSA],
  },
  {
    login: 'short',
    password: '',
    name: { surname: 'Кратких', givenName: 'Нина Андреевна' },
    about: { ru: 'вход живёт 20 секунд', en: 'the sign-in lives for 20 seconds' },
    methods: [],
    tokenSeconds: 20,
    certificates: [RSA],
  },
];

/** Without regard to letter case, as the real service takes logins. */
export function findUser(login: string): DssUser | undefined {
  return USERS.find((user) => user.login === login.normalize('NFC').toLowerCase());
}
