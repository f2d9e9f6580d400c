/**
 * How much key derivation one file may cost. The counts stand in the file, so whoever wrote it chooses how long the
 * reader works; this is where that ends.
 */
export class WorkBudget {
  #left: number;

  /** @param rounds rounds of a hash or of HMAC over all derivations together; one million take one to two seconds. */
  constructor(rounds: number) {
    this.#left = rounds;
  }

  /** False where the budget does not suffice. */
  spend(rounds: number): boolean {
    this.#left -= rounds;
    return Number.isSafeInteger(rounds) && this.#left >= 0;
  }
}

/** NSS derives three times with 600,000 rounds; the four or five of a file with two keys still fit. */
export const DEFAULT_WORK_ROUNDS = 5_000_000;
