import { ProblemError } from '../kernel/problem.ts';

/** Connection lost or refused, by Node; the rest are classes and codes of PostgreSQL (appendix A). */
const NODE_CODES = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
];
/** 08 connection, 53 resources, 57 intervention of the operator, 58 system error; 25006 read-only. */
const POSTGRES_CODES = /^(?:08|53|57|58)[0-9A-Z]{3}$|^25006$/;
const SQLITE_CODES = /^SQLITE_(?:BUSY|LOCKED|FULL|IOERR|CORRUPT|NOTADB|CANTOPEN|READONLY|NOMEM)/;
/** pg and its pool have no code for these. */
const MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|client has encountered a connection error|cannot use a pool after calling end|database connection is not open|driver has already been destroyed/i;

/** Turns what a database throws when it cannot be used into `database-unavailable`; everything else is left as it is. */
export function guardPort<Port extends object>(port: Port): Port {
  const guarded = Object.entries(port).map(([name, method]) => [
    name,
    typeof method === 'function' ? guardMethod(method as (...input: unknown[]) => unknown) : method,
  ]);
  return Object.fromEntries(guarded) as Port;
}

function guardMethod(method: (...input: unknown[]) => unknown): (...input: unknown[]) => unknown {
  return (...input) => {
    let result: unknown;
    try {
      result = method(...input);
    } catch (error) {
      throw asProblem(error);
    }
    if (!(result instanceof Promise)) return result;
    return result.catch((error: unknown) => {
      throw asProblem(error);
    });
  };
}

function asProblem(error: unknown): unknown {
  if (error instanceof ProblemError || !isUnavailable(error)) return error;
  return new ProblemError('database-unavailable', { retryAfterSeconds: 5, cause: error });
}

function isUnavailable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isUnavailable);
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    NODE_CODES.includes(code) ||
    POSTGRES_CODES.test(code) ||
    SQLITE_CODES.test(code) ||
    MESSAGES.test(error.message)
  );
}
