/**
 * Reads PKCS#12 files with their private key, of any maker: OpenSSL, NSS, Windows, Java, and our own. For the server's
 * own certificate; people's files are read by `readPkcs12`, which leaves keys alone. Nothing is validated: whether a
 * certificate is any good is asked elsewhere.
 */
import { ProblemError } from '../../kernel/problem.ts';
import { derInvalid } from '../der/der-element.ts';
import { PbeError } from '../pkcs5/pbe-error.ts';
import { DEFAULT_WORK_ROUNDS, WorkBudget } from '../pkcs5/work-budget.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { decryptWithPassword } from './decrypt-with-password.ts';
import { asWrongPassword, type OpenedSafes, openSafes } from './open-safes.ts';
import { type OpenedContents, type Pkcs12Contents, selectContents } from './pkcs12-contents.ts';
import type { ContentBag } from './safe-contents.ts';

export interface Pkcs12Limits {
  readonly maxBytes?: number;
  /** Rounds of key derivation over the whole file. */
  readonly maxRounds?: number;
}

export const MAX_PKCS12_BYTES = 1024 * 1024;
const MAX_CERTIFICATES = 200;
const MAX_KEYS = 20;

/**
 * @throws {ProblemError} `pkcs12-password` when the password is wrong, `pkcs12-invalid` for everything else, with what
 * to do about it.
 */
export function openPkcs12(file: Uint8Array, password: string, limits: Pkcs12Limits = {}): Pkcs12Contents {
  const { maxBytes = MAX_PKCS12_BYTES, maxRounds = DEFAULT_WORK_ROUNDS } = limits;
  if (file.length > maxBytes) throw invalid(`the file is longer than ${maxBytes} bytes`);
  if (Buffer.from(file.subarray(0, 64)).toString('latin1').includes('-----BEGIN')) {
    throw invalid('this is a PEM file (text); a PFX or P12 file is binary');
  }
  const budget = new WorkBudget(maxRounds);
  try {
    const safes = openSafes(file, password, budget);
    return selectContents({
      certificates: readCertificates(safes.bags.certificates),
      ...decryptKeys(safes, password, budget),
    });
  } catch (error) {
    throw toProblem(error);
  }
}

/** Each certificate once. */
function readCertificates(bags: readonly ContentBag[]): readonly Certificate[] {
  const certificates = new Map<string, Certificate>();
  for (const { der } of bags) {
    const certificate = parseCertificate(der);
    certificates.set(certificate.sha256Fingerprint, certificate);
    if (certificates.size > MAX_CERTIFICATES) throw derInvalid(`more than ${MAX_CERTIFICATES} certificates`);
  }
  return [...certificates.values()];
}

/** A key in a scheme of its maker's own must not keep the certificates from being read. */
function decryptKeys(
  { bags, integrity }: OpenedSafes,
  password: string,
  budget: WorkBudget,
): Pick<OpenedContents, 'privateKeys' | 'unsupportedKeys'> {
  if (bags.keys.length > MAX_KEYS) throw derInvalid(`more than ${MAX_KEYS} private keys`);
  const privateKeys: Uint8Array[] = [];
  const unsupportedKeys: string[] = [];
  for (const key of bags.keys) {
    try {
      privateKeys.push(
        key.kind === 'plain'
          ? key.privateKeyPkcs8
          : decryptWithPassword(key.algorithm, key.ciphertext, password, budget),
      );
    } catch (error) {
      if (!(error instanceof PbeError) || error.failure !== 'scheme-unsupported')
        throw integrity === 'none' ? asWrongPassword(error) : error;
      unsupportedKeys.push(error.message);
    }
  }
  return { privateKeys, unsupportedKeys };
}

function toProblem(error: unknown): unknown {
  if (error instanceof PbeError) {
    switch (error.failure) {
      case 'scheme-unsupported':
        return invalid(`${error.message}, which is not supported; ${SAVE_AGAIN}`, error);
      case 'too-much-work':
        return invalid(`opening it takes more key derivation than is allowed (${error.message})`, error);
      case 'decryption-failed':
        return invalid(
          'the file is damaged: its password is right, but a part of it cannot be decrypted',
          error,
        );
    }
  }
  if (error instanceof ProblemError && error.code === 'der-invalid')
    return invalid(error.detail ?? '', error);
  return error;
}

const SAVE_AGAIN =
  'save it again with: openssl pkcs12 -legacy -in old.pfx -nodes -out temporary.pem, then openssl pkcs12 -export -in temporary.pem -out new.pfx, and delete temporary.pem';

function invalid(detail: string, cause?: unknown): ProblemError {
  return new ProblemError('pkcs12-invalid', { detail, cause });
}
