/** Takes the server's certificate and key as administrators have them: PEM files or one PFX. */
import { createPrivateKey } from 'node:crypto';
import { ProblemError } from '../../kernel/problem.ts';
import { decodePem, encodePem } from '../pem/pem.ts';
import { openEncryptedPrivateKey } from '../pkcs8/root-key-file.ts';
import { openPkcs12 } from '../pkcs12/open-pkcs12.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';

export type ServerCertificateSource =
  | {
      readonly kind: 'pem';
      /** The server's certificate and the authorities above it. */
      readonly certificates: string | Uint8Array;
      /** PKCS#8, plain or encrypted, or a traditional `EC` or `RSA PRIVATE KEY`. May be the same file. */
      readonly key: string | Uint8Array;
      readonly passphrase?: string;
    }
  | { readonly kind: 'pkcs12'; readonly file: Uint8Array; readonly password: string };

export interface ServerCertificate {
  /** As the file has them; `checkServerCertificate` says whether their order is right. */
  readonly certificates: readonly Certificate[];
  /** PKCS#8 in DER. A secret. */
  readonly privateKeyPkcs8: Uint8Array;
}

/**
 * @throws {ProblemError} `pem-invalid`, `der-invalid`, `pkcs12-invalid`, `pkcs12-password`, `sealed-data` (a wrong
 * passphrase of the key)
 */
export function readServerCertificate(source: ServerCertificateSource): ServerCertificate {
  if (source.kind === 'pkcs12') {
    const { certificates, privateKeyPkcs8 } = openPkcs12(source.file, source.password);
    if (!privateKeyPkcs8) {
      throw new ProblemError('pkcs12-invalid', {
        detail: 'the file has no private key that can be read; export it again with its private key',
      });
    }
    return { certificates, privateKeyPkcs8 };
  }
  const certificates = decodePem(source.certificates)
    .filter(({ label }) => label === 'CERTIFICATE')
    .map(({ bytes }) => parseCertificate(bytes));
  if (certificates.length === 0) {
    throw new ProblemError('pem-invalid', { detail: 'there is no CERTIFICATE block' });
  }
  return { certificates, privateKeyPkcs8: readPemKey(source.key, source.passphrase) };
}

/** For the `cert` and `key` options of a TLS server. */
export function toPem({ certificates, privateKeyPkcs8 }: ServerCertificate): {
  certificatesPem: string;
  privateKeyPem: string;
} {
  return {
    certificatesPem: certificates.map(({ der }) => encodePem('CERTIFICATE', der)).join(''),
    privateKeyPem: encodePem('PRIVATE KEY', privateKeyPkcs8),
  };
}

function readPemKey(pem: string | Uint8Array, passphrase: string | undefined): Uint8Array {
  const block = decodePem(pem).find(({ label }) => label.endsWith('PRIVATE KEY'));
  if (!block) throw new ProblemError('pem-invalid', { detail: 'there is no PRIVATE KEY block' });
  if (block.label === 'ENCRYPTED PRIVATE KEY') {
    if (passphrase === undefined) {
      throw new ProblemError('sealed-data', {
        detail: 'the private key is encrypted, and no passphrase is given',
      });
    }
    return openEncryptedPrivateKey(block.bytes, passphrase);
  }
  const text = typeof pem === 'string' ? pem : Buffer.from(pem).toString('latin1');
  if (text.includes('Proc-Type: 4,ENCRYPTED')) {
    throw new ProblemError('pem-invalid', {
      detail:
        'the private key is encrypted in the old way of OpenSSL; convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc',
    });
  }
  try {
    const key = createPrivateKey({ key: encodePem(block.label, block.bytes), format: 'pem' });
    return new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }));
  } catch (cause) {
    throw new ProblemError('pem-invalid', { detail: `the ${block.label} block is no private key`, cause });
  }
}
