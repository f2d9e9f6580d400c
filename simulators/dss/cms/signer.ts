import { spawn } from 'node:child_process';
import { createHash, sign } from 'node:crypto';
import { json, Refusal } from '../answer.ts';
import type { SigningKey } from '../authority/certificates.ts';
import * as der from '../der/encode.ts';

/** What a key does: its digest and its signature, and how both are named. */
export interface Signer {
  readonly digestAlgorithm: Buffer;
  readonly signatureAlgorithm: Buffer;
  digest(bytes: Uint8Array): Promise<Buffer>;
  /** Of the bytes, with the digest inside. */
  sign(bytes: Uint8Array): Promise<Buffer>;
}

/** RSA by Node. GOST R 34.10-2012 by OpenSSL's engine in a process of its own: Node has none. */
export function signerOf(key: SigningKey): Signer {
  return key.kind === 'rsa' ? rsaSigner(key) : gostSigner(key);
}

function rsaSigner({ privateKey }: SigningKey & { kind: 'rsa' }): Signer {
  return {
    digestAlgorithm: der.sequence(der.oid('2.16.840.1.101.3.4.2.1'), der.nothing()),
    // rsaEncryption: RFC 3370, 3.2, asks for it in CMS
    signatureAlgorithm: der.sequence(der.oid('1.2.840.113549.1.1.1'), der.nothing()),
    digest: async (bytes) => createHash('sha256').update(bytes).digest(),
    sign: async (bytes) => sign('sha256', bytes, privateKey),
  };
}

function gostSigner({ bits, keyFile }: SigningKey & { kind: 'gost' }): Signer {
  const is256 = bits === 256;
  const digestOption = `-md_gost12_${bits}`;
  return {
    // id-tc26-gost3411-12-256, -512 and id-tc26-gost3410-12-256, -512 (RFC 9215, 2)
    digestAlgorithm: der.sequence(der.oid(is256 ? '1.2.643.7.1.1.2.2' : '1.2.643.7.1.1.2.3')),
    signatureAlgorithm: der.sequence(der.oid(is256 ? '1.2.643.7.1.1.1.1' : '1.2.643.7.1.1.1.2')),
    digest: (bytes) => runOpenssl([digestOption, '-binary'], bytes),
    sign: (bytes) => runOpenssl([digestOption, '-sign', keyFile], bytes),
  };
}

const NO_ENGINE =
  'OpenSSL with the GOST engine is not on this machine (Debian: apt install libengine-gost-openssl): the simulator signs in GOST only with it; its RSA certificates sign everywhere';

async function runOpenssl(options: readonly string[], input: Uint8Array): Promise<Buffer> {
  const child = spawn('openssl', ['dgst', '-engine', 'gost', ...options], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const { promise: ended, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject);
  child.once('close', resolve);
  // A child that ends before it has read everything says so by its exit code.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const code = await ended.catch(() => undefined);
  if (code !== 0) throw new Refusal(json({ Message: 'gost_not_available', MessageDetail: NO_ENGINE }, 500));
  return Buffer.concat(chunks);
}
