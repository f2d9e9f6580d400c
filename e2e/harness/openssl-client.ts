import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyPairFiles } from './certificate-authority.ts';
import { runCommand } from './run-command.ts';

export interface OpensslConnection {
  readonly port: number;
  readonly serverName: string;
  readonly tls: '1.2' | '1.3';
  readonly certificate?: KeyPairFiles;
  /** A session saved by an earlier connection is offered. */
  readonly sessionIn?: string;
  /** The session (TLS 1.2) or the last ticket (TLS 1.3) is saved here. */
  readonly sessionOut?: string;
  /** `http/1.1` by default. */
  readonly alpn?: string;
  /** Sent byte for byte after the handshake; the server is expected to close. */
  readonly input: string | Uint8Array;
  readonly timeoutMs?: number;
}

export interface OpensslResult {
  readonly handshake: 'full' | 'resumed' | 'failed';
  readonly certificateRequested: boolean;
  /** The fatal alert the server sent, by its name in RFC 8446, 6.2: `unexpected_message`. */
  readonly alert: string | undefined;
  /** All bytes the server sent as application data. */
  readonly received: Buffer;
  readonly text: string;
  /** Of the first HTTP/1.1 response; 0 when there was none. */
  readonly status: number;
  readonly stderr: string;
}

/** Reads `s_client -msg`: one line a message, `<<<` for those of the server. */
function parseMessages(trace: string): Pick<OpensslResult, 'handshake' | 'certificateRequested' | 'alert'> {
  const received = (name: string) => new RegExp(`^<<< .*Handshake .*, ${name}$`, 'm').test(trace);
  return {
    handshake: !received('Finished') ? 'failed' : received('Certificate') ? 'full' : 'resumed',
    certificateRequested: received('CertificateRequest'),
    alert: /^<<< .*Alert .*, fatal (\w+)$/m.exec(trace)?.[1],
  };
}

function target(connection: Pick<OpensslConnection, 'port' | 'serverName'>): string[] {
  return ['s_client', '-connect', `127.0.0.1:${connection.port}`, '-servername', connection.serverName];
}

/**
 * One connection by `openssl s_client`, for what browsers and curl do not show: resumption, raw bytes, alerts.
 *
 * @throws Error when openssl is not installed, or the server does not close within `timeoutMs` (20 s by default)
 */
export async function opensslClient(connection: OpensslConnection): Promise<OpensslResult> {
  const { certificate, sessionIn, sessionOut } = connection;
  const directory = await mkdtemp(join(tmpdir(), 'propusk-s_client-'));
  const trace = join(directory, 'messages');
  try {
    const { stdout, stderr } = await runCommand(
      'openssl',
      [
        target(connection),
        [connection.tls === '1.2' ? '-tls1_2' : '-tls1_3', '-alpn', connection.alpn ?? 'http/1.1'],
        certificate === undefined ? [] : ['-cert', certificate.certificatePem, '-key', certificate.keyPem],
        sessionIn === undefined ? [] : ['-sess_in', sessionIn],
        sessionOut === undefined ? [] : ['-sess_out', sessionOut],
        // Without `-quiet` its notes get mixed into the data; the trace in a file says what they would have said.
        ['-quiet', '-nocommands', '-msg', '-msgfile', trace],
      ].flat(),
      { input: connection.input, timeoutMs: connection.timeoutMs ?? 20_000 },
    );
    const text = stdout.toString('utf8');
    const status = Number(/^HTTP\/1\.\d (\d{3})/.exec(text)?.[1] ?? 0);
    return { ...parseMessages(await readFile(trace, 'utf8')), received: stdout, text, status, stderr };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The names of the CAs that the server lists when it asks for a certificate; empty when it asks for none. */
export async function acceptableAuthorities(
  connection: Pick<OpensslConnection, 'port' | 'serverName'>,
): Promise<readonly string[]> {
  const { stdout } = await runCommand('openssl', target(connection));
  const list = /^Acceptable client certificate CA names\n([\s\S]*?)\n(?:Requested|Client Certificate|---)/m;
  return list.exec(stdout.toString('utf8'))?.[1]?.split('\n') ?? [];
}
