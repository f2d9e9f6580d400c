/** A failure that the service plays until told otherwise. */
export type FaultKind =
  | 'none'
  /** 401, whatever was presented. */
  | 'unauthorized'
  /** 403. */
  | 'forbidden'
  /** 500 with `{"Message": "An error has occurred."}`. */
  | 'server-error'
  /** 200 with a page of HTML, as a captive portal or a proxy answers. */
  | 'html'
  /** Cuts the connection without an answer. */
  | 'cut'
  /** Cuts the connection in the middle of the answer. */
  | 'cut-in-the-middle'
  /** The right answer, after 30 seconds. */
  | 'slow'
  /** The right JSON as `text/plain`. */
  | 'wrong-type'
  /** 200 with `IsFinal` and `IsError` (sign-in), or with `{"Message"}` (signature server). */
  | 'error-in-200'
  /** Tokens are dead three seconds after they were issued, whatever `ExpiresIn` says. */
  | 'early-death';

/** Which of the two servers fails. */
export type FaultPlace = 'everywhere' | 'sign-in' | 'sign-server';

export interface Fault {
  readonly kind: FaultKind;
  readonly place: FaultPlace;
  /** Of `slow`. */
  readonly seconds: number;
}

export const FAULT_KINDS: readonly FaultKind[] = [
  'none',
  'unauthorized',
  'forbidden',
  'server-error',
  'html',
  'cut',
  'cut-in-the-middle',
  'slow',
  'wrong-type',
  'error-in-200',
  'early-death',
];
export const FAULT_PLACES: readonly FaultPlace[] = ['everywhere', 'sign-in', 'sign-server'];
export const NO_FAULT: Fault = { kind: 'none', place: 'everywhere', seconds: 30 };
export const EARLY_DEATH_SECONDS = 3;

const DEFAULT_SLOW_SECONDS = 30;
const MAX_SLOW_SECONDS = 600;

/** What each person meets: a fault of their own, or else everybody's. */
export class Faults {
  readonly #byLogin = new Map<string, Fault>();
  #everybody: Fault = NO_FAULT;

  /** @param login undefined: everybody who has none of their own */
  set(fault: Fault, login: string | undefined): void {
    if (login === undefined) this.#everybody = fault;
    else if (fault.kind === 'none') this.#byLogin.delete(login);
    else this.#byLogin.set(login, fault);
  }

  of(login: string | undefined): Fault {
    return (login === undefined ? undefined : this.#byLogin.get(login)) ?? this.#everybody;
  }

  /** Of this person alone. */
  ownOf(login: string): Fault {
    return this.#byLogin.get(login) ?? NO_FAULT;
  }

  get everybody(): Fault {
    return this.#everybody;
  }

  clear(): void {
    this.#byLogin.clear();
    this.#everybody = NO_FAULT;
  }
}

/** Reads a fault from JSON or from the fields of a form; undefined when it is none. */
export function parseFault(input: Readonly<Record<string, unknown>>): Fault | undefined {
  const kind = FAULT_KINDS.find((known) => known === input.kind);
  const place = FAULT_PLACES.find((known) => known === (input.place ?? 'everywhere'));
  const seconds = Number(input.seconds ?? DEFAULT_SLOW_SECONDS);
  if (!kind || !place || !(seconds > 0 && seconds <= MAX_SLOW_SECONDS)) return undefined;
  return { kind, place, seconds };
}
