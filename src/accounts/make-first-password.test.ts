import { expect, test } from 'vitest';
import { parseLogin } from '../kernel/login.ts';
import { systemRandom } from '../kernel/random.ts';
import { makeFirstPassword } from './make-first-password.ts';
import { checkNewPassword } from './password-policy.ts';

test('a first password can be read aloud and passes the policy', () => {
  for (let round = 0; round < 200; round++) {
    const password = makeFirstPassword(systemRandom);
    expect(password).toMatch(/^[34679acdefghjkmnpqrtuwxy]{4}(?:-[34679acdefghjkmnpqrtuwxy]{4}){3}$/);
    expect(checkNewPassword(password, parseLogin('ivanov'))).toBe(password);
  }
});

test('no sign of it is more frequent than another', () => {
  const counts = new Map<string, number>();
  const rounds = 3000;
  for (let round = 0; round < rounds; round++) {
    for (const sign of makeFirstPassword(systemRandom).replaceAll('-', '')) {
      counts.set(sign, (counts.get(sign) ?? 0) + 1);
    }
  }
  const expected = (rounds * 16) / 24;
  expect(counts.size).toBe(24);
  // Six standard deviations; a plain remainder would give sixteen signs 10 % more than the other eight.
  for (const count of counts.values()) {
    expect(Math.abs(count - expected)).toBeLessThan(6 * Math.sqrt(expected));
  }
});
