import { navigationKind } from '../http/origin.ts';
import { headersOf } from '../http/raw-headers.ts';
import { ProblemError } from '../kernel/problem.ts';
import { sendProblem } from './answers.ts';
import type { GateContext } from './context.ts';
import { sendErrorPage } from './error-page.ts';
import type { Exchange } from './exchange.ts';

/**
 * Every error ends here, and here nothing is passed on. What is not a known problem came from the database or from a
 * fault of ours: in both cases nobody's right to enter has been seen.
 */
export function failExchange(
  context: GateContext,
  exchange: Exchange,
  error: unknown,
  applicationName?: string,
): void {
  try {
    const problem = error instanceof ProblemError ? error : unavailable(error);
    // What is the caller's own doing is told and not logged.
    if (problem.status >= 500) {
      context.logger.error(
        { err: problem.cause ?? problem, code: problem.code, method: exchange.method },
        'a request could not be answered',
      );
    }
    answer(exchange, problem, applicationName);
  } catch (secondError) {
    context.logger.error({ err: secondError }, 'an error page could not be sent');
    exchange.destroy();
  }
}

function answer(exchange: Exchange, problem: ProblemError, applicationName: string | undefined): void {
  if (exchange.responded) {
    exchange.destroy();
    return;
  }
  const headers = headersOf(exchange.rawHeaders);
  const kind = navigationKind(exchange.method, headers);
  if (problem.status < 500 || kind === 'none' || applicationName === undefined) {
    sendProblem(exchange, problem);
    return;
  }
  const language = headers['accept-language'];
  sendErrorPage(exchange, problem.code, {
    acceptLanguage: typeof language === 'string' ? language : undefined,
    applicationName,
    // An empty reference is this very address: a link asks for it again.
    link: kind === 'document' ? '' : '/',
  });
}

function unavailable(cause: unknown): ProblemError {
  return new ProblemError('database-unavailable', { cause, retryAfterSeconds: 10 });
}
