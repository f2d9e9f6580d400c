/**
 * The same people in every test and example. Plain data, so that anything may import it: the tests of src/ and the
 * tests with real browsers, which know nothing of src/.
 */
export interface Person {
  readonly login: string;
  readonly displayName: string;
  /** E.164; undefined for somebody whose telephone nobody knows. */
  readonly phone: string | undefined;
  readonly email: string | undefined;
  readonly password: string;
  readonly role: 'user' | 'operator' | 'administrator';
  readonly status: 'active' | 'blocked';
  readonly locale: 'ru' | 'en';
}

export const CAST = {
  /** The one whose story is told: has a telephone, gets a certificate, works in the CRM. */
  ivanov: {
    login: 'ivanov',
    displayName: 'Иванов Иван',
    phone: '+79161234712',
    email: 'ivanov@company.example',
    password: 'Correct-Horse-1',
    role: 'user',
    status: 'active',
    locale: 'ru',
  },
  /** The other one at the same computer: whoever presents his certificate is not Ivanov. */
  petrov: {
    login: 'petrov',
    displayName: 'Петров Пётр',
    phone: '+79161234713',
    email: 'petrov@company.example',
    password: 'Correct-Horse-2',
    role: 'user',
    status: 'active',
    locale: 'ru',
  },
  /** Has never asked for a certificate, reads English. */
  sidorova: {
    login: 'sidorova',
    displayName: 'Сидорова Анна',
    phone: '+79161234714',
    email: 'sidorova@company.example',
    password: 'Correct-Horse-3',
    role: 'user',
    status: 'active',
    locale: 'en',
  },
  /** A login that can stand neither in a header nor in a file name as it is. */
  kuznetsov: {
    login: 'кузнецов',
    displayName: 'Кузнецов Кузьма',
    phone: '+79161234715',
    email: undefined,
    password: 'Correct-Horse-4',
    role: 'user',
    status: 'active',
    locale: 'ru',
  },
  /** Nobody knows her telephone: no certificate before an administrator enters one. */
  orlova: {
    login: 'orlova',
    displayName: 'Орлова Ольга',
    phone: undefined,
    email: undefined,
    password: 'Correct-Horse-5',
    role: 'user',
    status: 'active',
    locale: 'ru',
  },
  /** Blocked: signs in with a right password and gets no further. */
  volkov: {
    login: 'volkov',
    displayName: 'Волков Виктор',
    phone: '+79161234716',
    email: undefined,
    password: 'Correct-Horse-6',
    role: 'user',
    status: 'blocked',
    locale: 'ru',
  },
  /** Reads the journal and revokes; makes no accounts. */
  dezhurnaya: {
    login: 'dezhurnaya',
    displayName: 'Дежурная Дарья',
    phone: '+79161234717',
    email: undefined,
    password: 'Correct-Horse-7',
    role: 'operator',
    status: 'active',
    locale: 'ru',
  },
  admin: {
    login: 'admin',
    displayName: 'Администратор',
    phone: '+79161234700',
    email: 'admin@company.example',
    password: 'Correct-Horse-0',
    role: 'administrator',
    status: 'active',
    locale: 'ru',
  },
} as const satisfies Record<string, Person>;

export type CastName = keyof typeof CAST;
