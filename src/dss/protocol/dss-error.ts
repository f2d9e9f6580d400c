/** Everything that can go wrong with a DSS, as people are told it. Pages have a text for each. */
export const DSS_FAILURES = [
  // Addresses and the way there
  'address-invalid',
  /** The name leads into a network that this server may not speak to without its administrator's leave. */
  'address-refused',
  'name-unknown',
  'unreachable',
  /** The certificate of the DSS is of an authority that this server does not know, the Russian state's for example. */
  'tls-untrusted',
  /** The certificate of the DSS is for another name, or its time is over. */
  'tls-certificate',
  /** It takes no algorithm of ours: it may speak TLS with GOST only. */
  'tls-gost',
  'too-slow',
  'not-a-dss',
  'server-error',
  'forbidden',
  'answer-unexpected',
  // The person
  'sign-in-failed',
  /** The access token has died before its time. */
  'sign-in-over',
  // Confirmation
  'declined',
  'expired',
  'too-many-attempts',
  'another-pending',
  'method-unsupported',
  // Signing
  'pin-wrong',
  'certificate-unusable',
  'signature-refused',
] as const;
export type DssFailure = (typeof DSS_FAILURES)[number];

/** Where it happened, for the field that the message stands beside. */
export type DssPlace = 'authorization-server' | 'dss-server' | 'neither';

export interface DssErrorOptions {
  readonly place?: DssPlace;
  /** Of HTTP. */
  readonly status?: number;
  /** The code that the DSS named, from its closed registry of words; nothing that it wrote for people. */
  readonly serverCode?: string;
  readonly cause?: unknown;
}

export class DssError extends Error {
  readonly failure: DssFailure;
  readonly place: DssPlace;
  readonly status: number | undefined;
  readonly serverCode: string | undefined;

  constructor(failure: DssFailure, options: DssErrorOptions = {}) {
    super(options.serverCode === undefined ? failure : `${failure}: ${options.serverCode}`, {
      cause: options.cause,
    });
    this.name = 'DssError';
    this.failure = failure;
    this.place = options.place ?? 'neither';
    this.status = options.status;
    this.serverCode = options.serverCode;
  }
}

/** What a journal may keep of it: never a text of the server, which could repeat what was sent. */
export function describeFailure(error: unknown): {
  readonly failure: DssFailure;
  readonly place: DssPlace;
  readonly status?: number;
  readonly serverCode?: string;
} {
  const known = error instanceof DssError ? error : new DssError('answer-unexpected', { cause: error });
  const { failure, place, status, serverCode } = known;
  return {
    failure,
    place,
    ...(status === undefined ? {} : { status }),
    ...(serverCode === undefined ? {} : { serverCode }),
  };
}
