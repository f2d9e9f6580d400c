/**
 * The file in which the root's key leaves the server: PKCS#8 in PEM, encrypted with a passphrase, so that OpenSSL
 * opens it where Propusk is not at hand (`openssl pkey -in root-key.pem`).
 *
 * The file is as strong as its passphrase; where it is kept and who may read it is its owner's business.
 */
import { ProblemError } from '../../kernel/problem.ts';
import type { Random } from '../../kernel/random.ts';
import { decodePem, encodePem } from '../pem/pem.ts';
import { PbeError } from '../pkcs5/pbe-error.ts';
import { encryptPbes2 } from '../pkcs5/pbes2.ts';
import { DEFAULT_WORK_ROUNDS, WorkBudget } from '../pkcs5/work-budget.ts';
import { readPrivateKey } from '../x509/key-pair.ts';
import { decryptEncryptedPrivateKey, encodeEncryptedPrivateKey } from './encrypted-private-key.ts';

const LABEL = 'ENCRYPTED PRIVATE KEY';
const MIN_PASSPHRASE_CHARACTERS = 12;

/** OpenSSL refuses scrypt above 32 MiB; what memory cannot give is made up for by repetition. */
const SCRYPT = { kind: 'scrypt', cost: 2 ** 14, blockSize: 8, parallelization: 5, saltBytes: 16 } as const;

/** @throws {ProblemError} `password-invalid` for a passphrase below 12 characters. */
export function sealRootKeyFile(
  privateKeyPkcs8: Uint8Array,
  passphrase: string,
  deps: { random: Random },
): string {
  readPrivateKey(privateKeyPkcs8);
  if ([...passphrase].length < MIN_PASSPHRASE_CHARACTERS) {
    throw new ProblemError('password-invalid', {
      detail: `the passphrase of the root's key has at least ${MIN_PASSPHRASE_CHARACTERS} characters`,
    });
  }
  return encodePem(
    LABEL,
    encodeEncryptedPrivateKey(encryptPbes2(privateKeyPkcs8, passphrase, SCRYPT, deps.random)),
  );
}

/**
 * PKCS#8 in DER. Takes what {@link sealRootKeyFile} wrote and what `openssl pkcs8 -topk8` writes with PBES2.
 *
 * @throws {ProblemError} `sealed-data` for a wrong passphrase, `pem-invalid` for another file.
 */
export function openRootKeyFile(pem: string | Uint8Array, passphrase: string): Uint8Array {
  const block = decodePem(pem).find(({ label }) => label === LABEL);
  if (!block) throw new ProblemError('pem-invalid', { detail: `there is no ${LABEL} block` });
  return openEncryptedPrivateKey(block.bytes, passphrase);
}

/** @throws {ProblemError} `sealed-data`, `pem-invalid` */
export function openEncryptedPrivateKey(der: Uint8Array, passphrase: string): Uint8Array {
  try {
    const privateKeyPkcs8 = decryptEncryptedPrivateKey(der, passphrase, new WorkBudget(DEFAULT_WORK_ROUNDS));
    readPrivateKey(privateKeyPkcs8);
    return privateKeyPkcs8;
  } catch (cause) {
    if (cause instanceof PbeError && cause.failure !== 'decryption-failed') {
      throw new ProblemError('pem-invalid', {
        detail: `the key is encrypted with ${cause.message}, which is not supported; encrypt it again with: openssl pkcs8 -topk8 -v2 aes-256-cbc`,
        cause,
      });
    }
    // One wrong passphrase in 256 gives right padding and then no key.
    throw new ProblemError('sealed-data', { detail: 'the passphrase does not open the private key', cause });
  }
}
