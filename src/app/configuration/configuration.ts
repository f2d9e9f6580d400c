import type { SmsGatewayConfig } from '../../messaging/sms-gateway.ts';
import type { SmtpConfig } from '../../messaging/smtp-config.ts';
import type { ServerCertificate } from '../../pki/server-certificate/read-server-certificate.ts';
import type { LoadedReceivers } from './load-journal-receivers.ts';
import type { ConfigurationValues } from './schema.ts';

/** The configuration as accepted: right in form and sense, its secrets read. Only {@link loadConfiguration} makes one. */
export interface Configuration {
  /** The file it was read from. */
  readonly path: string;
  readonly values: ConfigurationValues;
  readonly dataSecret: string;
  /** Undefined: SQLite in the data directory. */
  readonly databaseUrl: string | undefined;
  readonly serverCertificate: ServerCertificate;
  readonly sms: SmsGatewayConfig | undefined;
  /** Undefined: no e-mail is sent. */
  readonly mail: SmtpConfig | undefined;
  /** Where the journal goes. */
  readonly journalReceivers: LoadedReceivers;
  /** PEM. Believed for the TLS of a DSS besides those that Node knows. */
  readonly dssAuthoritiesPem: readonly string[];
  /** `https://id.example.org`, with the port where it is not 443. */
  readonly portalOrigin: string;
  /** What works and should be looked at all the same. */
  readonly warnings: readonly string[];
}

/** The key of the console among the applications; none of the configuration may have it. */
export const CONSOLE_ID = 'console';

/** Every host that is served with the server certificate. */
export function hostNamesOf(
  values: Pick<ConfigurationValues, 'portal' | 'console' | 'applications'>,
): string[] {
  return [
    values.portal.host,
    ...(values.console ? [values.console.host] : []),
    ...values.applications.flatMap(({ hosts }) => hosts),
  ];
}

export function originOf(host: string, values: Pick<ConfigurationValues, 'publicPort' | 'listen'>): string {
  const port = values.publicPort ?? values.listen.port;
  return port === 443 ? `https://${host}` : `https://${host}:${port}`;
}
