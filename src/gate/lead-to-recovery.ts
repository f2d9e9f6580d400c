import { navigationKind } from '../http/origin.ts';
import { headersOf } from '../http/raw-headers.ts';
import { ProblemError } from '../kernel/problem.ts';
import { sendRedirect } from './answers.ts';
import type { GateContext } from './context.ts';
import type { OwnRequest } from './own-paths.ts';

/**
 * A forgotten password: nobody is signed in, and the certificate of this very connection is the first of two proofs. The
 * portal finds out whose it is; here nothing is told, so that a stranger's certificate finds out nothing either.
 */
export function leadToRecovery(context: GateContext, { exchange }: OwnRequest): void {
  if (navigationKind(exchange.method, headersOf(exchange.rawHeaders)) !== 'document') {
    throw new ProblemError('origin-forbidden');
  }
  const { presented } = exchange.connection;
  const proof =
    presented.kind === 'certificate'
      ? context.recoveryProofs.seal(presented.sha256Fingerprint, context.clock.now())
      : 'none';
  sendRedirect(exchange, `${context.portalOrigin}/recover?proof=${proof}`);
}
