import type { GateApplication } from '../options.ts';
import type { Entry } from '../ports.ts';
import type { AccountMenu, MenuPosition } from './account-menu.ts';

/** `/.propusk/menu.json`: all that our script in an application's page ever learns. */
export interface MenuData {
  readonly login: string;
  readonly name: string;
  /** The end of the certificate and the server's time, ISO 8601 in UTC. */
  readonly notAfter: string;
  readonly now: string;
  readonly noticeDays: number;
  readonly position: MenuPosition;
  readonly defaultLocale: 'ru' | 'en';
  /** Path of the application's home. */
  readonly home: string;
}

export function presentMenu(
  menu: AccountMenu,
  application: GateApplication,
  { login, displayName, current }: Entry,
  now: Date,
): MenuData {
  if (current.kind !== 'issued') throw new TypeError('a permit without a certificate');
  return {
    login,
    name: displayName,
    notAfter: current.notAfter.toISOString(),
    now: now.toISOString(),
    noticeDays: menu.noticeDays,
    position: application.accountMenu?.position ?? 'top-right',
    defaultLocale: menu.defaultLocale,
    home: application.homePath,
  };
}
