import type { Role } from '../../accounts/account.ts';

/** The people of the demo. Their passwords are made up at the first start and kept beside the demo's data. */
export interface DemoPerson {
  readonly login: string;
  readonly displayName: string;
  readonly phone: string;
  readonly email: string;
  readonly role: Role;
}

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    login: 'ivanov',
    displayName: 'Иванов Иван',
    phone: '+79161234712',
    email: 'ivanov@company.example',
    role: 'user',
  },
  {
    login: 'petrov',
    displayName: 'Петров Пётр',
    phone: '+79031112233',
    email: 'petrov@company.example',
    role: 'user',
  },
  {
    login: 'admin',
    displayName: 'Смирнова Анна',
    phone: '+79265550101',
    email: 'smirnova@company.example',
    role: 'administrator',
  },
];
