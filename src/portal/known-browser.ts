import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AccountId } from '../kernel/brand.ts';
import { makeToken, type Random } from '../kernel/random.ts';
import { TOKEN } from './portal-cookies.ts';

/**
 * The mark that a browser gets at its sign-in: failed attempts from it are counted apart from those of strangers, so
 * that whoever guesses at an account does not keep its owner out. It opens nothing.
 */
export function makeBrowserMark(accountId: AccountId, secret: Uint8Array, random: Random): string {
  const name = makeToken(random);
  return `${name}.${sign(name, accountId, secret)}`;
}

/** The random name of the browser; undefined when the mark is missing, made up or another account's. */
export function readBrowserMark(
  mark: string | undefined,
  accountId: AccountId,
  secret: Uint8Array,
): string | undefined {
  const [name = '', signature = ''] = mark?.split('.') ?? [];
  if (!TOKEN.test(name) || !TOKEN.test(signature)) return undefined;
  const expected = Buffer.from(sign(name, accountId, secret));
  return timingSafeEqual(Buffer.from(signature), expected) ? name : undefined;
}

function sign(name: string, accountId: AccountId, secret: Uint8Array): string {
  return createHmac('sha256', secret).update(`known-browser\0${accountId}\0${name}`).digest('base64url');
}
