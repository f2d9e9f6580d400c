/** What a PKCS#12 file holds, in the order in which people think of it: the certificate with the key first. */
import type { Certificate } from '../x509/certificate.ts';
import { publicKeyOf, readPrivateKey } from '../x509/key-pair.ts';

export interface OpenedContents {
  readonly certificates: readonly Certificate[];
  /** PKCS#8 in DER. */
  readonly privateKeys: readonly Uint8Array[];
  /** How the keys are encrypted that cannot be decrypted here. */
  readonly unsupportedKeys: readonly string[];
}

export interface Pkcs12Contents {
  /** The certificate of the private key first, where the file has both; each once. */
  readonly certificates: readonly Certificate[];
  /** PKCS#8 in DER. A secret. */
  readonly privateKeyPkcs8?: Uint8Array;
  /** `unsupported`: there is a key, encrypted or of a kind that cannot be read here (GOST, for example). */
  readonly privateKey: 'none' | 'read' | 'unsupported';
}

/** The first key that has its certificate in the file; else the first key that can be read. */
export function selectContents({
  certificates,
  privateKeys,
  unsupportedKeys,
}: OpenedContents): Pkcs12Contents {
  const keys = privateKeys.map((privateKeyPkcs8) => {
    const publicKeySpki = readPublicKey(privateKeyPkcs8);
    const certificate =
      publicKeySpki &&
      certificates.find((candidate) => Buffer.compare(candidate.publicKeySpki, publicKeySpki) === 0);
    return { privateKeyPkcs8, publicKeySpki, certificate };
  });
  const readable = keys.filter(({ publicKeySpki }) => publicKeySpki !== undefined);
  const key = readable.find(({ certificate }) => certificate !== undefined) ?? readable[0];
  if (!key) {
    const isPresent = keys.length > 0 || unsupportedKeys.length > 0;
    return { certificates, privateKey: isPresent ? 'unsupported' : 'none' };
  }
  const { certificate: endEntity, privateKeyPkcs8 } = key;
  return {
    certificates: endEntity
      ? [endEntity, ...certificates.filter((certificate) => certificate !== endEntity)]
      : certificates,
    privateKeyPkcs8,
    privateKey: 'read',
  };
}

function readPublicKey(privateKeyPkcs8: Uint8Array): Uint8Array | undefined {
  try {
    return publicKeyOf(readPrivateKey(privateKeyPkcs8));
  } catch {
    return undefined;
  }
}
