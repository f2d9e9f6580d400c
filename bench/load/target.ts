import tls from 'node:tls';
import type { Installation } from '../servers/installation.ts';

export type TlsVersion = 'TLSv1.2' | 'TLSv1.3';

/** One of the two servers as the client sees it. */
export interface Target {
  readonly port: number;
  readonly options: tls.ConnectionOptions;
  request(connection: 'close' | 'keep-alive'): Buffer;
}

/**
 * The same client for both: ivanov's browser with his certificate. X25519, because nginx's OpenSSL may not know the
 * newer hybrid groups, and both sides must do the same arithmetic. P-256 is named for the sake of the certificates only
 * (RFC 8422, section 5.1).
 */
export function describeTarget(
  { applicationHost, client, port: ownPort }: Installation,
  version: TlsVersion,
  port: number,
): Target {
  const secureContext = tls.createSecureContext({
    cert: client.certificatePem,
    key: client.keyPem,
    minVersion: version,
    maxVersion: version,
    ecdhCurve: 'X25519:P-256',
  });
  return {
    port,
    options: {
      host: '127.0.0.1',
      port,
      servername: applicationHost,
      secureContext,
      ALPNProtocols: ['http/1.1'],
      // The server is measured, and it is ours; its authority is thrown away after a minute.
      rejectUnauthorized: false,
    },
    request: (connection) =>
      Buffer.from(
        [
          'GET /tickets?status=open HTTP/1.1',
          `Host: ${applicationHost}:${ownPort}`,
          'User-Agent: Mozilla/5.0 (X11; Linux x86_64) bench',
          'Accept: text/html,application/xhtml+xml,*/*;q=0.8',
          'Accept-Language: ru-RU,ru;q=0.9,en;q=0.8',
          `Cookie: ${client.cookie}`,
          `Connection: ${connection}`,
          '\r\n',
        ].join('\r\n'),
      ),
  };
}
