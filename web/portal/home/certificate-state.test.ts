import { expect, test } from 'vitest';
import { shownState } from './certificate-state.ts';

test.each([
  ['active', false, 'active'],
  ['active', true, 'soon'],
  ['expired', true, 'expired'],
  ['revoked', true, 'revoked'],
  ['none', false, 'none'],
] as const)('%s, with a reminder: %s, is shown as %s', (state, expiresSoon, shown) => {
  expect(shownState({ state, expiresSoon })).toBe(shown);
});
