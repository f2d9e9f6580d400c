import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** For tests: a certificate for localhost that is its own authority, made by openssl. */
export function makeMailCertificate(hostName = 'localhost'): { cert: string; key: string } {
  const directory = mkdtempSync(join(tmpdir(), 'propusk-mail-'));
  try {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
        ...['-subj', `/CN=${hostName}`, '-addext', `subjectAltName=DNS:${hostName}`],
        ...['-keyout', 'key.pem', '-out', 'cert.pem'],
      ],
      { cwd: directory, stdio: 'ignore' },
    );
    const read = (name: string) => readFileSync(join(directory, name), 'utf8');
    return { cert: read('cert.pem'), key: read('key.pem') };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export interface TestMailServer {
  readonly port: number;
  readonly received: readonly {
    readonly from: string;
    readonly to: readonly string[];
    readonly secure: boolean;
    readonly raw: string;
    readonly parsed: Email;
  }[];
  close(): Promise<void>;
}

/** For tests: a real SMTP server on this machine that keeps what it is given. */
export async function startMailServer(options: SMTPServerOptions): Promise<TestMailServer> {
  const received: TestMailServer['received'][number][] = [];
  const server = new SMTPServer({
    authOptional: true,
    // Else it would look up the name of the client.
    disableReverseLookup: true,
    closeTimeout: 100,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        const { secure } = session;
        PostalMime.parse(raw).then((parsed) => {
          received.push({ from, to, secure, raw, parsed });
          done();
        }, done);
      });
    },
    ...options,
  });
  // Clients that break off are what some tests are about.
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
