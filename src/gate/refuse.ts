import type { DenialReason } from '../access/decide.ts';
import { type NavigationKind, navigationKind } from '../http/origin.ts';
import { headersOf } from '../http/raw-headers.ts';
import { ProblemError } from '../kernel/problem.ts';
import { abandonBody, sendProblem, sendRedirect } from './answers.ts';
import { closeUnusedAfter } from './close-unused.ts';
import { rememberSession } from './connections.ts';
import type { GateContext, GateHost } from './context.ts';
import { createEntryRequest, returnPathOf } from './entry-request.ts';
import { sendErrorPage } from './error-page.ts';
import type { Exchange } from './exchange.ts';
import type { Entry } from './ports.ts';
import type { RequestFields } from './proxy/request-headers.ts';

export interface RefusedRequest {
  readonly exchange: Exchange;
  readonly fields: RequestFields;
  readonly host: GateHost;
  readonly path: string;
}

/** Nobody is signed in here: a page is led to the portal, everything else is told. */
export function refuseSignIn(context: GateContext, request: RefusedRequest): void {
  const { exchange, fields, host, path } = request;
  const { application } = host;
  abandonBody(exchange, fields);
  const { kind, acceptLanguage } = navigationOf(exchange);
  if (kind === 'document' && host.origin !== host.entryOrigin) {
    // The random of the browser is bound to one host, so the way has to begin where it will end.
    sendRedirect(exchange, `${host.entryOrigin}${path}`);
    return;
  }
  context.signInCounter.count(application.id);
  if (kind === 'none') {
    sendProblem(exchange, new ProblemError('sign-in-required'));
    return;
  }
  if (kind !== 'document') {
    sendErrorPage(exchange, 'sign-in-required', {
      acceptLanguage,
      applicationName: application.name,
      link: application.homePath,
    });
    return;
  }
  const made = createEntryRequest(context, request);
  sendRedirect(exchange, `${context.portalOrigin}/enter?request=${made.requestToken}`, [
    'set-cookie',
    made.bindingCookie,
  ]);
}

/** Somebody is signed in and may not enter: the portal's page says why and what to do. */
export async function refuseEntry(
  context: GateContext,
  request: RefusedRequest,
  entry: Entry,
  reason: Exclude<DenialReason, 'sign-in-required'>,
): Promise<void> {
  const { exchange, fields, host, path } = request;
  const { application } = host;
  rememberSession(exchange.connection, entry.sessionId);
  abandonBody(exchange, fields);
  const { kind, acceptLanguage } = navigationOf(exchange);
  const isPage = kind !== 'none';
  const decisionId = await context.refusals.record({
    entry,
    applicationId: application.id,
    reason,
    connection: exchange.connection,
    returnPath: isPage
      ? returnPathOf(kind === 'document' ? path : application.homePath, application.homePath)
      : undefined,
    now: context.clock.now(),
  });
  // The next page must find neither this connection, which shows the old choice for as long as it lives, nor its session.
  if (isPage) {
    exchange.closeConnectionAfter('refusal');
    closeUnusedAfter(context, exchange.connection);
    context.tlsSessions.forget();
  }
  if (!isPage || decisionId === undefined) {
    sendProblem(exchange, new ProblemError(reason));
    return;
  }
  const explanation = `${context.portalOrigin}/refused?decision=${decisionId}`;
  // The portal's pages are shown in no frame: a link leads out of it.
  if (kind === 'frame') {
    sendErrorPage(exchange, reason, {
      acceptLanguage,
      applicationName: application.name,
      link: explanation,
    });
  } else {
    sendRedirect(exchange, explanation);
  }
}

function navigationOf(exchange: Exchange): { kind: NavigationKind; acceptLanguage: string | undefined } {
  const headers = headersOf(exchange.rawHeaders);
  const language = headers['accept-language'];
  return {
    kind: navigationKind(exchange.method, headers),
    acceptLanguage: typeof language === 'string' ? language : undefined,
  };
}
