import type { MailFailureCategory } from '../../messaging/mail-transport.ts';
import { createSmtpTransport } from '../../messaging/smtp-transport.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { type CheckResult, good, problem } from './check.ts';

const TIMEOUT_MS = 20_000;

const ADVICE: Readonly<Record<MailFailureCategory, readonly [finding: string, advice: string]>> = {
  unreachable: ['takes no connection', 'check email.host, email.port, the network and the firewall'],
  timeout: [
    'does not answer in time',
    'check email.port and email.security: a port that wants TLS at once is silent with starttls',
  ],
  tls: [
    'offers no TLS, or a certificate that is not trusted',
    'check email.security and the name in email.host; for an authority of your own set email.caFile',
  ],
  credentials: ['does not accept user and password', 'check email.user and email.passwordFile'],
  'address-refused': ['refuses addresses', 'ask whoever runs the mail server'],
  'sender-refused': ['refuses the sender', 'check email.from'],
  'server-deferred': [
    'asks to come again later',
    'try again in some minutes; then ask whoever runs the mail server',
  ],
  'server-refused': [
    'refuses this machine',
    'ask whoever runs the mail server to accept mail from this machine',
  ],
};

/** Connects to the mail server, secures the connection and signs in; no message is sent. */
export async function checkMail({ mail }: Configuration): Promise<CheckResult> {
  if (mail === undefined) {
    return good('e-mail', 'none is sent; reminders are shown on the pages (option email)');
  }
  const where = `${mail.host}:${mail.port}`;
  const result = await createSmtpTransport(mail).check(AbortSignal.timeout(TIMEOUT_MS));
  if (result.kind === 'accepted') {
    return good('e-mail', `${where} ${mail.credentials ? 'accepts user and password' : 'takes connections'}`);
  }
  const [finding, advice] = ADVICE[result.category];
  return problem('e-mail', `${where} ${finding}`, advice);
}
