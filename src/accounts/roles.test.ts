import { describe, expect, test } from 'vitest';
import { findObjection, PERMISSION_NAMES, PERMISSIONS } from './roles.ts';

const user = { id: 'ivanov', role: 'user' } as const;
const operator = { id: 'dezhurnaya', role: 'operator' } as const;
const administrator = { id: 'admin', role: 'administrator' } as const;
const another = { id: 'sidorov', role: 'administrator' } as const;

describe('the table of roles', () => {
  test.each([
    [operator, 'edit-account', user, undefined],
    [operator, 'reset-password', user, undefined],
    [operator, 'edit-account', { id: 'other', role: 'operator' }, 'role-required'],
    [operator, 'reset-password', administrator, 'role-required'],
    [operator, 'block-account', administrator, 'role-required'],
    [operator, 'revoke-certificate', administrator, 'role-required'],
    [operator, 'revoke-certificate', user, undefined],
    [operator, 'change-role', user, 'role-required'],
    [operator, 'allow-download', user, 'role-required'],
    [operator, 'view-accounts', administrator, undefined],
    [administrator, 'edit-account', operator, undefined],
    [administrator, 'change-role', another, undefined],
    [administrator, 'change-role', administrator, 'own-account'],
    [administrator, 'reset-password', administrator, 'own-account'],
    [administrator, 'view-accounts', administrator, undefined],
    [user, 'view-accounts', user, 'role-required'],
  ] as const)('%o, %s of %o: %s', (actor, name, target, objection) => {
    expect(findObjection(actor, name, target)).toBe(objection);
  });

  test('gives an ordinary user nothing', () => {
    for (const name of PERMISSION_NAMES) {
      expect(findObjection(user, name, { id: 'petrov', role: 'user' })).toBe('role-required');
    }
  });

  test('names every act in both languages', () => {
    for (const { title } of Object.values(PERMISSIONS)) {
      expect(title.ru).toMatch(/\p{Script=Cyrillic}/u);
      expect(title.en).toMatch(/^[\x20-\x7e]+$/);
    }
  });
});
