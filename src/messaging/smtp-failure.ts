import type { MailFailureCategory, MailResult } from './mail-transport.ts';

/** What nodemailer says of a failure; nothing else of it is looked at, because its message quotes the server. */
interface SmtpError {
  readonly code?: string;
  /** The server's reply (RFC 5321, section 4.2), where it came to one. */
  readonly responseCode?: number;
  /** `CONN`, `STARTTLS`, `AUTH PLAIN`, `MAIL FROM`, `RCPT TO`, `DATA`. */
  readonly command?: string;
  /** Node's own, which `code` has taken the place of. */
  readonly originalCode?: string;
}

/** Codes of Node (`tls.TLSSocket.authorizationError`) that speak of the certificate. */
const CERTIFICATE_CODES =
  /^(?:CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_TLS|ERR_SSL|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH)/;

/** RFC 5321, section 4.2.1: 4yz asks to come again, 5yz does not. */
export function judgeSmtpError(error: unknown): MailResult {
  const { code = '', responseCode = 0, command = '' } = error as SmtpError;
  if (code === 'ETIMEDOUT') return temporary('timeout');
  if (code === 'ETLS' || command === 'STARTTLS' || isCertificateError(error)) return temporary('tls');
  // Temporary whatever the reply: an administrator can put the password right while the message waits.
  if (code === 'EAUTH') return temporary(isDeferral(responseCode) ? 'server-deferred' : 'credentials');
  if (code === 'EENVELOPE' && responseCode === 0) return permanent('address-refused');
  if (isDeferral(responseCode)) return temporary('server-deferred');
  if (responseCode >= 500) return judgeRefusal(command);
  return temporary('unreachable');
}

function judgeRefusal(command: string): MailResult {
  switch (command) {
    case 'RCPT TO':
      return permanent('address-refused');
    case 'MAIL FROM':
      return permanent('sender-refused');
    case 'DATA':
      return permanent('server-refused');
    default:
      // A greeting like "554 no service for you" is about this machine and not about the message.
      return temporary('server-refused');
  }
}

function isDeferral(responseCode: number): boolean {
  return responseCode >= 400 && responseCode < 500;
}

/** nodemailer reports them as faults of the socket. */
function isCertificateError(error: unknown): boolean {
  const { originalCode = '' } = error as SmtpError;
  return CERTIFICATE_CODES.test(originalCode);
}

function temporary(category: MailFailureCategory): MailResult {
  return { kind: 'failed-temporarily', category };
}

function permanent(category: MailFailureCategory): MailResult {
  return { kind: 'rejected-permanently', category };
}
