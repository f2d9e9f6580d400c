import { IconDevices } from '@tabler/icons-react';
import { expect, test } from 'vitest';
import type { Role } from '../../../src/console/contract.ts';
import type { ConsoleSection, NavEntry } from '../section.ts';
import { mayOpen, navigationOf } from './navigation-of.ts';

const icon = IconDevices;
const section = (name: string, nav: readonly NavEntry[]): ConsoleSection => ({
  name,
  texts: { ru: {}, en: {} },
  nav,
  routes: () => [],
});
const title = () => '';
const sections = [
  section('administration', [
    { group: 'administration', place: 'authority', path: '/admin/ca', title, icon, roles: ['administrator'] },
    {
      group: 'administration',
      place: 'accounts',
      path: '/admin/accounts',
      title,
      icon,
      roles: ['operator', 'administrator'],
    },
  ]),
  section('sessions', [{ group: 'settings', place: 'sessions', path: '/sessions', title, icon }]),
  section('workspace', [{ group: 'settings', place: 'certificates', path: '/certificates', title, icon }]),
];
const paths = (role: Role) =>
  navigationOf(sections, role).map(({ group, entries }) => [group, ...entries.map(({ path }) => path)]);

test('an ordinary user sees no administration', () => {
  expect(paths('user')).toEqual([['settings', '/certificates', '/sessions']]);
});

test('an operator sees what operators have, in the order of the places', () => {
  expect(paths('operator')).toEqual([
    ['settings', '/certificates', '/sessions'],
    ['administration', '/admin/accounts'],
  ]);
  expect(paths('administrator')[1]).toEqual(['administration', '/admin/accounts', '/admin/ca']);
});

test('the addresses of the administration are none for an ordinary user', () => {
  for (const path of ['/admin', '/admin/accounts']) {
    expect(mayOpen(path, 'user')).toBe(false);
    expect(mayOpen(path, 'operator')).toBe(true);
  }
  expect(mayOpen('/administrator-of-something', 'user')).toBe(true);
});
