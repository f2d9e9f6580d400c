import { ru } from './ru.ts';

type Reason = keyof (typeof ru)['reason'];

function isReason(code: string): code is Reason {
  return Object.hasOwn(ru.reason, code);
}

/** A reason that is not offered here is shown as RFC 5280 spells it. */
export function reasonKey(code: string): `reason.${Reason}` {
  return `reason.${isReason(code) ? code : 'other'}`;
}
