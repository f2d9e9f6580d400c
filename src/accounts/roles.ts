import { ProblemError } from '../kernel/problem.ts';
import type { Role } from './account.ts';

export type AdministrativeRole = Exclude<Role, 'user'>;

interface Permission {
  readonly roles: readonly AdministrativeRole[];
  /**
   * `below`: an operator's word counts for accounts of ordinary users only. `all`: for every account but one's own, where
   * the act is about an account.
   */
  readonly reach: 'below' | 'all';
  readonly title: { readonly ru: string; readonly en: string };
}

const BOTH = ['operator', 'administrator'] as const;
const ADMINISTRATOR = ['administrator'] as const;

/** Who may do what in the administration. The server asks this table, the console shows it, the documentation is made of it. */
export const PERMISSIONS = {
  'view-accounts': {
    roles: BOTH,
    reach: 'all',
    title: { ru: 'Видеть учётные записи и сертификаты', en: 'See accounts and certificates' },
  },
  'create-account': {
    roles: BOTH,
    reach: 'below',
    title: { ru: 'Создать учётную запись', en: 'Create an account' },
  },
  'edit-account': {
    roles: BOTH,
    reach: 'below',
    title: { ru: 'Изменить имя, телефон, почту', en: 'Change name, telephone number, e-mail' },
  },
  'block-account': {
    roles: BOTH,
    reach: 'below',
    title: { ru: 'Заблокировать и разблокировать', en: 'Block and unblock' },
  },
  'reset-password': {
    roles: BOTH,
    reach: 'below',
    title: { ru: 'Сбросить пароль', en: 'Reset the password' },
  },
  'confirm-phone': {
    roles: ADMINISTRATOR,
    reach: 'all',
    title: {
      ru: 'Подтвердить изменённый другим номер, не дожидаясь срока',
      en: 'Confirm a number that somebody else has changed before its time',
    },
  },
  'change-role': {
    roles: ADMINISTRATOR,
    reach: 'all',
    title: { ru: 'Изменить роль', en: 'Change the role' },
  },
  'import-accounts': {
    roles: ADMINISTRATOR,
    reach: 'all',
    title: { ru: 'Загрузить учётные записи из файла', en: 'Import accounts from a file' },
  },
  'export-accounts': {
    roles: ADMINISTRATOR,
    reach: 'all',
    title: { ru: 'Выгрузить учётные записи в файл', en: 'Export accounts into a file' },
  },
  'revoke-certificate': {
    roles: BOTH,
    reach: 'below',
    title: {
      ru: 'Аннулировать, приостановить, возобновить сертификат',
      en: 'Revoke, suspend, resume a certificate',
    },
  },
  'revoke-many': {
    roles: ADMINISTRATOR,
    reach: 'all',
    title: { ru: 'Аннулировать много сертификатов сразу', en: 'Revoke many certificates at once' },
  },
  'view-refusals': {
    roles: BOTH,
    reach: 'all',
    title: { ru: 'Видеть отказы и их причины', en: 'See refusals and their reasons' },
  },
  'resend-password': {
    roles: BOTH,
    reach: 'below',
    title: {
      ru: 'Отправить пароль файла ещё раз (на телефон владельца)',
      en: 'Send the password of the file again (to the telephone of its owner)',
    },
  },
  'allow-download': {
    roles: ADMINISTRATOR,
    reach: 'all',
    title: { ru: 'Разрешить новое скачивание', en: 'Allow a new download' },
  },
} as const satisfies Record<string, Permission>;

export type PermissionName = keyof typeof PERMISSIONS;
export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as readonly PermissionName[];

export function hasPermission(role: Role, name: PermissionName): boolean {
  const roles: readonly Role[] = PERMISSIONS[name].roles;
  return roles.includes(role);
}

/** Whether the role's word counts for accounts of this other role. */
export function reaches(role: Role, name: PermissionName, target: Role): boolean {
  return (
    hasPermission(role, name) &&
    (role === 'administrator' || target === 'user' || PERMISSIONS[name].reach === 'all')
  );
}

interface Who {
  readonly id: string;
  readonly role: Role;
}

/** What speaks against the act; undefined: nothing. */
export function findObjection(
  actor: Who,
  name: PermissionName,
  target: Who,
): 'role-required' | 'own-account' | undefined {
  if (!reaches(actor.role, name, target.role)) return 'role-required';
  return actor.id === target.id && name !== 'view-accounts' ? 'own-account' : undefined;
}

/** @throws {ProblemError} `role-required`, `own-account` */
export function requirePermission(actor: Who, name: PermissionName, target: Who): void {
  const objection = findObjection(actor, name, target);
  if (objection !== undefined) throw new ProblemError(objection);
}
