import { type CookieScope, formatExpiry, possibleScopes, readCookieScope } from '../http/cookie-scope.ts';
import { listCookieNames } from '../http/cookies.ts';
import type { ApplicationId } from '../kernel/brand.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { GatePort } from './ports.ts';
import { isOurCookie } from './session-cookie.ts';

/** More than browsers keep for a host. */
export const SCOPES_PER_APPLICATION = 256;
/** A path of its own for every ticket must not crowd the session cookie out. */
const PATHS_PER_NAME = 32;
const FIELDS_PER_ANSWER = 64;
/** Of expiring fields: browsers take four times as much in a head, and our HTTP/2 sends twice as much. */
const MAX_BYTES = 65_536;

/**
 * Which cookies an application sets and where. After sign-out, or when another person signs in, exactly these are
 * expired: the type "cookies" of Clear-Site-Data would take those of the whole domain, and the Cookie field of one
 * address does not name those of other paths.
 */
export interface ApplicationCookies {
  /** On the way of every answer that sets a cookie; writes only what was never seen, and nobody waits for it. */
  learn(
    applicationId: ApplicationId,
    serverName: string,
    path: string,
    setCookieFields: readonly string[],
  ): void;
  /**
   * Set-Cookie fields that expire what the application has set, and what came with this request: scripts set cookies
   * too. `host`: nothing that other hosts of the domain see.
   */
  expiring(
    applicationId: ApplicationId,
    serverName: string,
    cookieField: string | undefined,
    reach: 'host' | 'domain',
  ): Promise<readonly string[]>;
}

interface Seen {
  readonly keys: Set<string>;
  readonly pathsOf: Map<string, number>;
  told: boolean;
}

export function createApplicationCookies(
  port: Pick<GatePort, 'rememberCookie' | 'listCookies'>,
  clock: Clock,
  logger: Logger,
): ApplicationCookies {
  const applications = new Map<ApplicationId, Seen>();
  let writing: Promise<void> = Promise.resolve();

  const remember = (applicationId: ApplicationId, seen: Seen, scope: CookieScope): void => {
    const key = `${scope.name}\n${scope.path}\n${scope.domain}\n${scope.partitioned}`;
    if (seen.keys.has(key)) return;
    const paths = seen.pathsOf.get(scope.name) ?? 0;
    if (seen.keys.size >= SCOPES_PER_APPLICATION || paths >= PATHS_PER_NAME) {
      if (!seen.told)
        logger.warn({ applicationId }, 'an application sets too many cookies to remember them all');
      seen.told = true;
      return;
    }
    seen.keys.add(key);
    seen.pathsOf.set(scope.name, paths + 1);
    // One after another: a new application sets several at once, and each is a transaction.
    writing = writing
      .then(() =>
        port.rememberCookie({ applicationId, scope, limit: SCOPES_PER_APPLICATION, now: clock.now() }),
      )
      .catch((error: unknown) => {
        // The next answer that sets it tries again.
        seen.keys.delete(key);
        seen.pathsOf.set(scope.name, (seen.pathsOf.get(scope.name) ?? 1) - 1);
        logger.warn({ err: error, applicationId }, 'the scope of a cookie could not be stored');
      });
  };

  return {
    learn(applicationId, serverName, path, setCookieFields) {
      let seen = applications.get(applicationId);
      if (seen === undefined) {
        seen = { keys: new Set(), pathsOf: new Map(), told: false };
        applications.set(applicationId, seen);
      }
      for (const field of setCookieFields.slice(0, FIELDS_PER_ANSWER)) {
        const scope = readCookieScope(field, serverName, path);
        if (scope !== undefined) remember(applicationId, seen, scope);
      }
    },

    async expiring(applicationId, serverName, cookieField, reach) {
      const learnt = await port.listCookies(applicationId);
      const names = listCookieNames(cookieField).filter((name) => !isOurCookie(name));
      const present = names.map((name) => possibleScopes(name, serverName));
      // What is known exactly first, then each name in its likeliest place: the bound cuts guesses only.
      const scopes = [
        ...learnt,
        ...present.flatMap(([hostOnly]) => hostOnly ?? []),
        ...present.flatMap(([, ...parents]) => parents),
      ].filter(({ domain }) => reach === 'domain' || domain === '' || domain === serverName);
      const fields: string[] = [];
      let bytes = 0;
      for (const field of new Set(scopes.map(formatExpiry))) {
        bytes += field.length;
        if (bytes > MAX_BYTES) break;
        fields.push(field);
      }
      return fields;
    },
  };
}
