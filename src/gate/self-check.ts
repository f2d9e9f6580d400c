import tls from 'node:tls';
import { sendFatalAlert } from './tls-alert.ts';

export type AlertCheck = 'works' | 'does-not-work';

export interface SelfCheck {
  readonly tls13: AlertCheck;
  readonly tls12: AlertCheck;
}

const CHECK_TIMEOUT_MS = 5_000;

/** Error codes by which OpenSSL reports the two alerts that the technique causes. */
const EXPECTED: Readonly<Record<tls.SecureVersion, RegExp>> = {
  'TLSv1.3': /UNEXPECTED_MESSAGE/,
  'TLSv1.2': /INTERNAL_ERROR/,
  'TLSv1.1': /^$/,
  TLSv1: /^$/,
};

/**
 * Whether this runtime can send the alert by which a browser is made to ask for a certificate again. Tried over a real
 * connection on the loopback interface, because the call behind it is not a public one.
 */
export async function checkAlert(certificate: {
  readonly certificatesPem: string;
  readonly privateKeyPem: string;
}): Promise<SelfCheck> {
  return {
    tls13: await tryAlert(certificate, 'TLSv1.3'),
    tls12: await tryAlert(certificate, 'TLSv1.2'),
  };
}

function tryAlert(
  certificate: { readonly certificatesPem: string; readonly privateKeyPem: string },
  version: tls.SecureVersion,
): Promise<AlertCheck> {
  return new Promise((resolve) => {
    const server = tls.createServer({
      cert: certificate.certificatesPem,
      key: certificate.privateKeyPem,
      minVersion: version,
      maxVersion: version,
    });
    let client: tls.TLSSocket | undefined;
    const finish = (answer: AlertCheck): void => {
      clearTimeout(timer);
      client?.destroy();
      server.close();
      resolve(answer);
    };
    const timer = setTimeout(() => finish('does-not-work'), CHECK_TIMEOUT_MS);
    server.on('error', () => finish('does-not-work'));
    server.on('tlsClientError', (_, socket) => socket.destroy());
    server.on('secureConnection', (socket) => {
      socket.on('error', () => {});
      // As with a request: something has been read before.
      socket.once('data', () => {
        if (sendFatalAlert(socket) === 'unavailable') finish('does-not-work');
      });
    });
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') return finish('does-not-work');
      // Who answers does not matter here, only with which alert.
      client = tls.connect({ host: '127.0.0.1', port: address.port, rejectUnauthorized: false }, () =>
        client?.write('.'),
      );
      client.on('error', (error: NodeJS.ErrnoException) => {
        finish(EXPECTED[version].test(error.code ?? '') ? 'works' : 'does-not-work');
      });
      client.on('end', () => finish('does-not-work'));
    });
  });
}
