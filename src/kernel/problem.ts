/**
 * Problems: what goes wrong and is told to somebody (RFC 9457). One closed list of codes; a retired code is never
 * used again. Two texts each: the title may be seen by the caller, the cause goes to the log only.
 */
export const PROBLEMS = {
  // Requests
  'request-invalid': { status: 400, title: 'The request is not valid' },
  'request-too-large': { status: 413, title: 'The request is too large' },
  'request-framing': { status: 400, title: 'The framing of the request is ambiguous' },
  'request-target': { status: 400, title: 'The target of the request is not valid' },
  'misdirected-request': { status: 421, title: 'This host is not served on this connection' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here' },
  'origin-forbidden': { status: 403, title: 'The request comes from another site' },
  'csrf-token': { status: 403, title: 'The page is out of date; reload it' },
  'service-worker-forbidden': { status: 403, title: 'Service workers are not allowed on this host' },
  'upgrade-forbidden': { status: 400, title: 'Only an upgrade to websocket is supported' },
  'revision-required': { status: 428, title: 'Say which version you have edited' },
  'revision-changed': { status: 412, title: 'Somebody else has changed this meanwhile; nothing was saved' },
  throttled: { status: 429, title: 'Too many attempts; wait and try again' },
  // Sign-in and sessions
  'sign-in-required': { status: 401, title: 'Sign in first' },
  'sign-in-failed': { status: 401, title: 'Wrong login or password' },
  'login-invalid': { status: 400, title: 'The login is not valid' },
  'password-invalid': { status: 400, title: 'The password is not valid' },
  'hand-over-invalid': { status: 400, title: 'The sign-in link was used already or is too old' },
  'choose-again-invalid': {
    status: 403,
    title: 'The link for choosing a certificate was used already or is too old',
  },
  // Entry: the refusals (seed, section 6) and ours
  'account-blocked': { status: 403, title: 'The account is blocked' },
  'certificate-missing': { status: 403, title: 'Access denied. You have no certificate yet' },
  'certificate-mismatch-none-issued': {
    status: 403,
    title: 'Access denied. The certificate in your browser belongs to someone else, and you have none yet',
  },
  'certificate-mismatch': {
    status: 403,
    title:
      'Access denied. The certificate chosen in your browser is not yours. Yours has been issued: install it on this device, restart the browser and choose it',
  },
  'certificate-not-presented': {
    status: 403,
    title:
      'Access denied. Your certificate has been issued but is not installed on this device. Install it, restart the browser and choose it',
  },
  'certificate-revoked': {
    status: 403,
    title: 'Your certificate has been revoked. Access denied; contact your administrator',
  },
  'certificate-expired': { status: 403, title: 'Access denied. Your certificate has expired' },
  'certificate-suspended': { status: 403, title: 'Access denied. Your certificate is suspended' },
  'certificate-not-yet-valid': { status: 403, title: 'Access denied. Your certificate is not valid yet' },
  // Issuing
  'phone-missing': { status: 409, title: 'The account has no telephone number' },
  'phone-invalid': { status: 400, title: 'The telephone number is not valid' },
  'email-invalid': { status: 400, title: 'The e-mail address is not valid' },
  'download-not-allowed': { status: 409, title: 'A new certificate cannot be issued now' },
  'file-gone': { status: 410, title: 'The certificate file is kept for ten minutes only and has been wiped' },
  'password-gone': { status: 410, title: 'The password of the file has been wiped' },
  'replacement-code-required': {
    status: 403,
    title: 'A code sent to your telephone is needed to replace the certificate',
  },
  'replacement-code-wrong': { status: 403, title: 'The code is wrong' },
  'issuance-token-used': { status: 500, title: 'An issuance token can be redeemed once' },
  'issuer-unavailable': { status: 503, title: 'No issuing authority is available' },
  // Accounts and certificates (command line, administration)
  'account-exists': { status: 409, title: 'An account with this login exists already' },
  'account-not-found': { status: 404, title: 'There is no such account' },
  'role-required': { status: 403, title: 'Your role does not allow this' },
  'certificate-not-found': { status: 404, title: 'There is no such certificate' },
  'certificate-state': { status: 409, title: 'The certificate is not in a state that allows this' },
  'own-account': { status: 409, title: 'Nobody does this to their own account; ask another administrator' },
  'second-person-required': {
    status: 409,
    title: 'The one who changed the telephone number may not reset the password as well, nor the reverse',
  },
  'phone-held': { status: 409, title: 'The telephone number was changed; nothing is issued to it yet' },
  'phone-not-held': { status: 409, title: 'Nothing waits for a changed telephone number here' },
  'password-change-required': { status: 403, title: 'Choose a password of your own first' },
  'password-wrong': { status: 403, title: 'The present password is wrong' },
  'recovery-not-possible': {
    status: 403,
    title: 'The password cannot be replaced here; ask your administrator',
  },
  'recovery-code-wrong': { status: 403, title: 'The code is wrong' },
  'csv-invalid': { status: 400, title: 'The file cannot be read as a table' },
  'last-administrator': { status: 409, title: 'The last administrator cannot be removed' },
  // Messages
  'message-not-delivered': { status: 502, title: 'The message could not be delivered' },
  'message-limit': { status: 429, title: 'Too many messages; wait and try again' },
  // Configuration and the machine
  'configuration-invalid': { status: 500, title: 'The configuration is not valid' },
  'data-directory': { status: 500, title: 'The data directory cannot be used' },
  'secret-unreadable': { status: 500, title: 'A secret file cannot be read' },
  'sealed-data': { status: 500, title: 'Encrypted data cannot be opened with this secret' },
  'schema-newer': { status: 500, title: 'The database belongs to a newer version of the program' },
  'audit-chain-broken': { status: 500, title: 'The audit chain is broken' },
  'port-in-use': { status: 500, title: 'The port is in use' },
  'certificate-unusable': { status: 500, title: 'The certificate cannot be used for this' },
  // Parsing
  'der-invalid': { status: 400, title: 'The DER encoding is not valid' },
  'file-unreadable': { status: 400, title: 'A file that was named cannot be read' },
  'pem-invalid': { status: 400, title: 'The PEM text is not valid' },
  'pkcs12-invalid': { status: 400, title: 'The PKCS#12 file is not valid' },
  'pkcs12-password': { status: 400, title: 'The password of the PKCS#12 file is wrong' },
  // The workspace
  'import-gone': { status: 410, title: 'Uploaded files are kept for 15 minutes; add them again' },
  'import-changed': { status: 409, title: 'The preview is out of date; look at it again' },
  'import-full': { status: 413, title: 'This is too much for one import' },
  'not-an-authority': { status: 409, title: 'Only the certificate of an authority can be trusted' },
  // CryptoPro DSS
  'dss-attempt-gone': { status: 410, title: 'This request to the DSS is over; begin again' },
  'dss-attempt-elsewhere': {
    status: 410,
    title: 'This request to the DSS was begun before a restart or on another node; begin again',
  },
  'dss-authorization-address': { status: 400, title: 'The address of the authorization server is not valid' },
  'dss-server-address': { status: 400, title: 'The address of the DSS server is not valid' },
  'dss-name-taken': { status: 409, title: 'You have a connection with this name already' },
  // The application behind the gate
  'upstream-unreachable': { status: 502, title: 'The application does not answer' },
  'upstream-timeout': { status: 504, title: 'The application takes too long to answer' },
  'database-unavailable': { status: 503, title: 'The database is not available' },
  internal: { status: 500, title: 'Something went wrong here' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

export interface ProblemOptions {
  /** What the caller may read besides the title: what was wrong with this very input, and what to do. */
  detail?: string;
  /** For 429 and 503: when to try again. */
  retryAfterSeconds?: number;
  /** How often a code can still be tried. */
  triesLeft?: number;
  /** For the log only. */
  cause?: unknown;
}

export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly detail: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly triesLeft: number | undefined;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    const { status, title } = PROBLEMS[code];
    super(options.detail ? `${title}: ${options.detail}` : title, { cause: options.cause });
    this.name = 'ProblemError';
    this.code = code;
    this.status = status;
    this.detail = options.detail;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.triesLeft = options.triesLeft;
  }
}

/** The body of an `application/problem+json` answer (RFC 9457, section 3). */
export interface ProblemDetails {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code: ProblemCode;
  triesLeft?: number;
}

/** The only way out for an error. What is not a {@link ProblemError} becomes `internal` and shows nothing of the inside. */
export function presentProblem(error: unknown): ProblemDetails {
  const problem = error instanceof ProblemError ? error : new ProblemError('internal');
  const { status, title } = PROBLEMS[problem.code];
  return {
    type: `urn:propusk:problem:${problem.code}`,
    title,
    status,
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    code: problem.code,
    ...(problem.triesLeft === undefined ? {} : { triesLeft: problem.triesLeft }),
  };
}
