import MailComposer from 'nodemailer/lib/mail-composer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MailMessage, MailResult, MailTransport } from './mail-transport.ts';
import { checkSmtpConfig, type SmtpConfig } from './smtp-config.ts';
import { judgeSmtpError } from './smtp-failure.ts';

/** The most that a server may answer to one command. */
const ANSWER_LIMIT_BYTES = 64 * 1024;

/**
 * Hands messages to a mail server, one connection each.
 *
 * @throws {ProblemError} `configuration-invalid`
 */
export function createSmtpTransport(config: SmtpConfig): MailTransport {
  checkSmtpConfig(config);
  return {
    async send(message, signal) {
      const bytes = await composeMessage(config, message);
      return converse(config, signal, { to: message.to, bytes });
    },
    check: (signal) => converse(config, signal, undefined),
  };
}

/**
 * RFC 5322 with plain text in UTF-8. `Auto-Submitted` (RFC 3834) keeps absence notes and other robots from answering.
 * Header values lose line breaks in the composer: a name cannot begin a header of its own.
 */
function composeMessage({ from, replyTo }: SmtpConfig, message: MailMessage): Promise<Buffer> {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return new MailComposer({
    from,
    to: { name: '', address: message.to },
    ...(replyTo === undefined ? {} : { replyTo: { name: '', address: replyTo } }),
    subject: message.subject,
    text: message.text,
    // The same for every attempt: where the first one arrived after all, the second is known as its copy.
    messageId: `<${message.id}@${domain}>`,
    date: message.at,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

/** Connects, secures, signs in and, with a message, hands it over. Ends the connection in every case. */
function converse(
  config: SmtpConfig,
  signal: AbortSignal,
  message: { readonly to: string; readonly bytes: Buffer } | undefined,
): Promise<MailResult> {
  const { host, port, security, credentials, authoritiesPem, from, timeoutMs } = config;
  const connection = new SMTPConnection({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2', ...(authoritiesPem === undefined ? {} : { ca: authoritiesPem }) },
    dnsTimeout: timeoutMs,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    maxResponseSize: ANSWER_LIMIT_BYTES,
    logger: false,
  });
  const { promise, resolve } = Promise.withResolvers<MailResult>();
  const end = (error: unknown) => {
    resolve(error === undefined || error === null ? { kind: 'accepted' } : judgeSmtpError(error));
  };
  const abort = () => resolve({ kind: 'failed-temporarily', category: 'timeout' });
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  connection.on('error', end);
  connection.once('end', () => end({ code: 'ECONNECTION' }));
  connection.connect((error) => {
    if (error) return end(error);
    const hand = () =>
      message === undefined
        ? end(undefined)
        : connection.send({ from: from.address, to: [message.to] }, message.bytes, end);
    if (credentials === undefined) return hand();
    connection.login({ user: credentials.user, pass: credentials.password }, (refused) =>
      refused ? end(refused) : hand(),
    );
  });
  return promise.then((result) => {
    signal.removeEventListener('abort', abort);
    if (result.kind === 'accepted') connection.quit();
    else connection.close();
    return result;
  });
}
