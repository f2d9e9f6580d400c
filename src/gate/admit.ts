import { checkRequestTarget } from '../http/authority.ts';
import { classifyPath } from '../http/reserved-path.ts';
import { ProblemError } from '../kernel/problem.ts';
import { abandonBody } from './answers.ts';
import { rememberSession } from './connections.ts';
import type { GateContext, GateHost } from './context.ts';
import { decideEntry } from './decide-entry.ts';
import type { Exchange } from './exchange.ts';
import { failExchange } from './fail.ts';
import { type IdentityHeaders, makeIdentityHeaders, stillHolds } from './identity-headers.ts';
import { handleOwnPath, OWN_SEGMENT } from './own-paths.ts';
import type { Entry } from './ports.ts';
import { type RequestFields, readRequestFields } from './proxy/request-headers.ts';
import { type RefusedRequest, refuseEntry, refuseSignIn } from './refuse.ts';
import { readSessionCookie } from './session-cookie.ts';

/** A request that may go on. Only {@link admit} makes one, so nothing reaches an application without a decision. */
export interface PermittedRequest {
  readonly exchange: Exchange;
  readonly fields: RequestFields;
  readonly host: GateHost;
  readonly path: string;
  readonly authority: string;
  readonly entry: Entry;
  readonly identity: IdentityHeaders;
  readonly cookieForApplication: string | undefined;
}

/** A database that changes at every look is no ground for a permit. */
const MAX_READINGS = 4;

/**
 * Every request of every connection comes through here: checks, the session, the decision. It answers whatever does
 * not pass, and calls `proceed` with what does.
 */
export function admit(
  context: GateContext,
  exchange: Exchange,
  kind: 'request' | 'websocket',
  proceed: (request: PermittedRequest) => void,
): void {
  let applicationName: string | undefined;
  const fail = (error: unknown): void => failExchange(context, exchange, error, applicationName);
  try {
    const fields = readRequestFields(exchange.rawHeaders);
    const check = checkRequestTarget(
      {
        version: exchange.version,
        target: exchange.target,
        scheme: exchange.scheme,
        authorities: fields.authorities,
        serverName: exchange.connection.serverName,
      },
      context.hosts,
    );
    if (check.kind === 'refused') {
      // After a doubtful head nothing on the connection can be trusted to begin where it seems to.
      if (check.code !== 'misdirected-request') exchange.closeConnectionAfter('framing');
      else abandonBody(exchange, fields);
      throw new ProblemError(check.code, { detail: check.detail });
    }
    const { host, path, authority } = check;
    applicationName = host.application.name;
    const request: RefusedRequest = { exchange, fields, host, path };
    checkRequest(context, exchange, fields, kind);

    switch (classifyPath(path, OWN_SEGMENT)) {
      case 'as-written':
        abandonBody(exchange, fields);
        handleOwnPath(context, { exchange, fields, host, target: path }).catch(fail);
        return;
      case 'in-disguise':
        abandonBody(exchange, fields);
        throw new ProblemError('request-target', { detail: 'the path is written in a misleading way' });
      case 'no':
        break;
    }
    if (fields.serviceWorker !== undefined && host.application.allowServiceWorkers !== true) {
      throw new ProblemError('service-worker-forbidden');
    }

    const cookie = cookieOf(exchange, fields.cookie);
    const { tokenHash } = cookie ?? {};
    if (tokenHash === undefined) {
      refuseSignIn(context, request);
      return;
    }
    const permit = { tokenHash, applicationId: host.application.id };
    const decideAndGo = (entry: Entry | undefined, readings: number, changesAtReading: number): void => {
      const now = context.clock.now();
      if (changesAtReading !== context.changes) {
        // Something was revoked or ended between the reading and now.
        if (readings >= MAX_READINGS) throw new ProblemError('database-unavailable');
        readAndGo(readings + 1);
        return;
      }
      const decision = decideEntry(exchange, entry, now);
      if (decision.outcome !== 'permit' || entry === undefined) {
        const reason = decision.outcome === 'deny' ? decision.reason : 'sign-in-required';
        if (reason === 'sign-in-required' || entry === undefined) refuseSignIn(context, request);
        else refuseEntry(context, request, entry, reason).catch(fail);
        return;
      }
      exchange.permit = permit;
      exchange.connection.lastPermit = permit;
      rememberSession(exchange.connection, entry.sessionId);
      const cookieForApplication = cookie?.forApplication;
      const go = (identity: IdentityHeaders): void =>
        proceed({ exchange, fields, host, path, authority, entry, identity, cookieForApplication });
      const { connection } = exchange;
      const made = connection.identityMemo;
      if (stillHolds(made, entry, permit.applicationId, now.getTime())) {
        // Made for an earlier request of this connection, whose permit was recorded then.
        go(made);
        return;
      }
      context.permits
        .touch(entry, now)
        ?.catch((error: unknown) => context.logger.warn({ err: error }, 'a session could not be prolonged'));
      const recording = context.permits.ensure(entry, permit.applicationId, connection.address, now);
      if (recording !== undefined) {
        // Waiting gives changes time to happen: the decision is made again over what is read after the record.
        recording.then(() => readAndGo(readings + 1)).catch(fail);
        return;
      }
      connection.identityMemo = makeIdentityHeaders(entry, permit.applicationId, context.signer, now);
      go(connection.identityMemo);
    };
    const readAndGo = (readings: number): void => {
      const { changes } = context;
      const read = context.port.readEntry(tokenHash, permit.applicationId, context.clock.now());
      if (read instanceof Promise) {
        read.then((entry) => decideAndGo(entry, readings, changes)).catch(fail);
      } else {
        decideAndGo(read, readings, changes);
      }
    };
    readAndGo(1);
  } catch (error) {
    fail(error);
  }
}

function checkRequest(
  context: GateContext,
  exchange: Exchange,
  fields: RequestFields,
  kind: 'request' | 'websocket',
): void {
  const { method } = exchange;
  const { maxHeaderFields, maxHeaderBytes } = context.limits;
  // Node counts the octets for HTTP/1; for HTTP/2 the setting is only advice to the client.
  if (fields.count > maxHeaderFields || fields.size > maxHeaderBytes) {
    exchange.closeConnectionAfter('framing');
    throw new ProblemError('request-too-large', { detail: 'the header fields are too many or too large' });
  }
  // TRACE would show the application's identity fields and cookies to a script (RFC 9110, section 9.3.8).
  if (method === 'CONNECT' || method === 'TRACE' || method === 'TRACK') {
    exchange.closeConnectionAfter('framing');
    throw new ProblemError('method-not-allowed');
  }
  if (kind === 'request' && fields.upgrade !== undefined) {
    exchange.closeConnectionAfter('framing');
    throw new ProblemError('upgrade-forbidden');
  }
}

function cookieOf(
  exchange: Exchange,
  header: string | undefined,
): ReturnType<typeof readSessionCookie> | undefined {
  if (header === undefined) return undefined;
  const { connection } = exchange;
  if (connection.cookieMemo?.header !== header) connection.cookieMemo = readSessionCookie(header);
  return connection.cookieMemo;
}
