/**
 * Why something encrypted with a password could not be decrypted. Whoever opens the file knows which problem it is
 * for the reader of the message (a wrong password, a damaged file, a scheme to be replaced) and converts it.
 */
export type PbeFailure = 'scheme-unsupported' | 'too-much-work' | 'decryption-failed';

export class PbeError extends Error {
  readonly failure: PbeFailure;

  constructor(failure: PbeFailure, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'PbeError';
    this.failure = failure;
  }
}

export function tooMuchWork(rounds: number): PbeError {
  return new PbeError('too-much-work', `${rounds} rounds of key derivation`);
}
