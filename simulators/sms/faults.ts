/** A failure that the gateway plays until told otherwise. */
export type Fault =
  | { readonly kind: 'none' }
  /** Cuts every connection without an answer. */
  | { readonly kind: 'down' }
  /** Answers 200 with `{"error": "no credits", "error_code": 3}`, as several real gateways do. */
  | { readonly kind: 'error-in-200' }
  /** Answers 200 with a page of HTML, as a captive portal does. */
  | { readonly kind: 'rubbish' }
  /** Takes the message, but answers only after `seconds`. */
  | { readonly kind: 'slow'; readonly seconds: number }
  /** Answers 200 with `{"error": …, "error_code": 7}` for this number, or for every one where none is named. */
  | { readonly kind: 'refuse-number'; readonly phone: string | undefined };

export const FAULT_KINDS = ['none', 'down', 'error-in-200', 'rubbish', 'slow', 'refuse-number'] as const;

const DEFAULT_SLOW_SECONDS = 20;
const MAX_SLOW_SECONDS = 120;

/** Reads a fault from JSON or from the fields of a form; undefined when it is none. */
export function parseFault(input: unknown): Fault | undefined {
  if (typeof input !== 'object' || input === null || !('kind' in input)) return undefined;
  switch (input.kind) {
    case 'none':
    case 'down':
    case 'error-in-200':
    case 'rubbish':
      return { kind: input.kind };
    case 'slow': {
      const given = 'seconds' in input ? Number(input.seconds) : DEFAULT_SLOW_SECONDS;
      return given > 0 && given <= MAX_SLOW_SECONDS ? { kind: 'slow', seconds: given } : undefined;
    }
    case 'refuse-number': {
      const phone = 'phone' in input ? input.phone : undefined;
      return { kind: 'refuse-number', phone: typeof phone === 'string' && phone !== '' ? phone : undefined };
    }
    default:
      return undefined;
  }
}
