import { formatClearCookie, formatSetCookie, readCookie } from '../http/cookies.ts';
import type { ApplicationId } from '../kernel/brand.ts';
import type { PortalApplication } from './options.ts';

/** Which applications the browser still has to visit, while it is signed out of them. */
const WALK_COOKIE = '__Host-propusk-walk';
const WALK_SECONDS = 300;
const WALK = /^\d{1,3}(?:\.\d{1,3})*$/;

/**
 * Sign-out walks through the applications that the session has entered, because each can only clear what is its own; the
 * last step is the portal's page. The others are left out: at a host that the browser has not visited, it would ask the
 * person who is leaving for a certificate. Only an application's first host is entered.
 */
export function beginSignOut(
  applications: readonly PortalApplication[],
  entered: readonly ApplicationId[],
): { readonly next: string; readonly cookie: string } {
  const walk = applications.flatMap(({ id }, index) => (entered.includes(id) ? [index] : []));
  return {
    next: stepAt(applications, walk, 0),
    cookie:
      walk.length === 0
        ? formatClearCookie(WALK_COOKIE)
        : formatSetCookie({ name: WALK_COOKIE, value: walk.join('.'), maxAgeSeconds: WALK_SECONDS }),
  };
}

/** @param next the number with which an application sent the browser back, as it came */
export function continueSignOut(
  applications: readonly PortalApplication[],
  cookieHeader: string | undefined,
  next: string,
): string {
  const walk = readCookie(cookieHeader, WALK_COOKIE) ?? '';
  if (!/^\d{1,3}$/.test(next) || !WALK.test(walk)) return '/signed-out';
  return stepAt(applications, walk.split('.').map(Number), Number(next));
}

function stepAt(applications: readonly PortalApplication[], walk: readonly number[], from: number): string {
  const index = walk.find((each) => each >= from && applications[each] !== undefined);
  const [origin] = index === undefined ? [] : (applications[index]?.origins ?? []);
  return index === undefined || origin === undefined
    ? '/signed-out'
    : `${origin}/.propusk/signed-out?next=${index + 1}`;
}
