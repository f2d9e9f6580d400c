import type { EmailAddress } from '../kernel/brand.ts';
import { ProblemError } from '../kernel/problem.ts';

/** A mail server that takes messages for everybody: a submission server (RFC 6409) or a relay. */
export interface SmtpConfig {
  readonly host: string;
  readonly port: number;
  /** `starttls`: required, not only tried (RFC 3207). `tls`: from the first octet (RFC 8314). `none`: to this machine only. */
  readonly security: 'starttls' | 'tls' | 'none';
  readonly credentials: { readonly user: string; readonly password: string } | undefined;
  /** PEM of the authorities that the server's certificate may come from; those of Node by default. */
  readonly authoritiesPem: string | undefined;
  readonly from: { readonly name: string; readonly address: EmailAddress };
  readonly replyTo: EmailAddress | undefined;
  /** For each step of the conversation. */
  readonly timeoutMs: number;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** Refuses what is not safe, at start and not at the first message. @throws {ProblemError} `configuration-invalid` */
export function checkSmtpConfig({ host, security, credentials }: SmtpConfig): void {
  if (security !== 'none' || LOOPBACK.test(host)) return;
  const why =
    credentials === undefined
      ? 'because messages name people'
      : 'because messages name people and the password would be readable on the way';
  throw new ProblemError('configuration-invalid', {
    detail: `security "none" is for a server on this machine only, ${why}; use "starttls" or "tls"`,
  });
}
