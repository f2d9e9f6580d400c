/** Key pairs: P-256 (RFC 5480) by default, RSA with 2048 bits for old clients. */
import { createPrivateKey, createPublicKey, generateKeyPair as generate, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { ProblemError } from '../../kernel/problem.ts';

export type KeyAlgorithm = 'p-256' | 'rsa-2048';

export interface KeyPair {
  readonly algorithm: KeyAlgorithm;
  /** PrivateKeyInfo (RFC 5958) in DER. A secret: seal it or forget it. */
  readonly privateKeyPkcs8: Uint8Array;
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKeySpki: Uint8Array;
}

const generateAsync = promisify(generate);

export async function generateKeyPair(algorithm: KeyAlgorithm = 'p-256'): Promise<KeyPair> {
  const { privateKey, publicKey } =
    algorithm === 'p-256'
      ? await generateAsync('ec', { namedCurve: 'prime256v1' })
      : await generateAsync('rsa', { modulusLength: 2048, publicExponent: 0x10001 });
  return {
    algorithm,
    privateKeyPkcs8: new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' })),
    publicKeySpki: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })),
  };
}

/** @throws {ProblemError} `der-invalid` when the bytes are no private key that OpenSSL can use. */
export function readPrivateKey(privateKeyPkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(privateKeyPkcs8), format: 'der', type: 'pkcs8' });
  } catch (cause) {
    throw new ProblemError('der-invalid', { detail: 'not a private key in PKCS#8', cause });
  }
}

/** The public half as SubjectPublicKeyInfo in DER. */
export function publicKeyOf(privateKey: KeyObject): Uint8Array {
  return new Uint8Array(createPublicKey(privateKey).export({ format: 'der', type: 'spki' }));
}

/**
 * What is wrong with a public key that a certificate is asked for, or undefined. Taken are P-256 and P-384 by name,
 * and RSA of 2048 to 4096 bits with an odd exponent of 65537 or more (NIST SP 800-56B, 6.2.1).
 */
export function findKeyWeakness(publicKeySpki: Uint8Array): string | undefined {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: Buffer.from(publicKeySpki), format: 'der', type: 'spki' });
  } catch {
    return 'the public key cannot be read';
  }
  // One key has one encoding here: explicit curve parameters and stray octets are not let through.
  if (Buffer.compare(key.export({ format: 'der', type: 'spki' }), publicKeySpki) !== 0) {
    return 'the public key is not in its canonical encoding';
  }
  const { namedCurve, modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case 'ec':
      return namedCurve === 'prime256v1' || namedCurve === 'secp384r1'
        ? undefined
        : 'the curve of the public key is neither P-256 nor P-384';
    case 'rsa':
      if (modulusLength < 2048 || modulusLength > 4096)
        return `an RSA key has 2048 to 4096 bits, not ${modulusLength}`;
      return publicExponent >= 65537n && publicExponent % 2n === 1n
        ? undefined
        : 'the exponent of the RSA key is below 65537 or even';
    default:
      return 'the public key is neither EC nor RSA';
  }
}
