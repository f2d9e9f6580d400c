import { ProblemError } from '../kernel/problem.ts';
import { sendRedirect } from './answers.ts';
import { handleCallback } from './callback.ts';
import { handleChooseAgain } from './choose-again.ts';
import type { GateContext, GateHost } from './context.ts';
import {
  leadToCertificates,
  leadToChooseAgain,
  leadToReplace,
  sendMenuData,
  sendMenuScript,
} from './embed/menu-paths.ts';
import type { Exchange } from './exchange.ts';
import { leadToRecovery } from './lead-to-recovery.ts';
import type { RequestFields } from './proxy/request-headers.ts';
import { handleSignedOut } from './signed-out.ts';

/** The only part of an application's origin that is the gate's own: `/.propusk/`. */
export const OWN_SEGMENT = '.propusk';

export interface OwnRequest {
  readonly exchange: Exchange;
  readonly fields: RequestFields;
  readonly host: GateHost;
  readonly path: string;
  readonly query: URLSearchParams;
}

type OwnHandler = (context: GateContext, request: OwnRequest) => Promise<void> | void;

/** Anything else below the prefix does not exist; no page and no form is kept there, and no data but the menu's. */
const HANDLERS: Readonly<Record<string, OwnHandler>> = {
  'GET /.propusk/callback': handleCallback,
  'POST /.propusk/choose-again': handleChooseAgain,
  'GET /.propusk/choose-again': leadToChooseAgain,
  'GET /.propusk/replace': leadToReplace,
  'GET /.propusk/certificates': leadToCertificates,
  'GET /.propusk/recover': leadToRecovery,
  'GET /.propusk/signed-out': handleSignedOut,
  'GET /.propusk/sign-out': leadToSignOut,
  'POST /.propusk/sign-out': leadToSignOut,
  'GET /.propusk/menu.js': sendMenuScript,
  'GET /.propusk/menu.json': sendMenuData,
  'GET /.propusk/jwks.json': sendKeys,
};

export async function handleOwnPath(
  context: GateContext,
  request: Omit<OwnRequest, 'path' | 'query'> & { readonly target: string },
): Promise<void> {
  const { target, ...rest } = request;
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  const key = `${request.exchange.method} ${path}`;
  const handler = Object.hasOwn(HANDLERS, key) ? HANDLERS[key] : undefined;
  if (handler === undefined) throw new ProblemError('not-found');
  const query = new URLSearchParams(mark === -1 ? '' : target.slice(mark + 1));
  await handler(context, { ...rest, path, query });
}

/** The session belongs to the portal, which asks before it ends one: a link from anywhere does no harm. */
function leadToSignOut(context: GateContext, { exchange, host }: OwnRequest): void {
  sendRedirect(exchange, `${context.portalOrigin}/sign-out?application=${host.application.id}`);
}

function sendKeys(context: GateContext, { exchange }: OwnRequest): void {
  const body = context.signer.jwks;
  exchange.respond(200, [
    'content-type',
    'application/jwk-set+json',
    'content-length',
    String(body.length),
    'cache-control',
    'max-age=300',
    'x-content-type-options',
    'nosniff',
  ]);
  exchange.end(body);
}
