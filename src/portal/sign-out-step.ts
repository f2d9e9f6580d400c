import type { PortalApplication } from './options.ts';

/**
 * Sign-out walks through every host of every application, because each can only clear what is its own; the last step
 * is the portal's page.
 */
export function signOutStep(applications: readonly PortalApplication[], step: number): string {
  const origin = applications.flatMap(({ origins }) => origins)[step];
  return origin === undefined ? '/signed-out' : `${origin}/.propusk/signed-out?next=${step + 1}`;
}
