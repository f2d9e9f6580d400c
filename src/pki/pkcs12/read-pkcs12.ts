/**
 * Reads what a person imports from a PKCS#12 file: certificates, with their names, and whether the file has keys for
 * them. Keys are never decrypted: nobody here has a use for them, and what is not opened cannot leak.
 */
import { ProblemError } from '../../kernel/problem.ts';
import { PbeError } from '../pkcs5/pbe-error.ts';
import { DEFAULT_WORK_ROUNDS, WorkBudget } from '../pkcs5/work-budget.ts';
import { MAX_PKCS12_BYTES, type Pkcs12Limits } from './open-pkcs12.ts';
import { openSafes } from './open-safes.ts';
import type { BagAttributes, KeyBag } from './safe-contents.ts';

export interface Pkcs12Certificate extends BagAttributes {
  /** Not parsed: the other certificates of the file are read even if this one is damaged. */
  readonly certificateDer: Uint8Array;
  /** By the identifier that key and certificate share. */
  readonly hasKey: boolean;
}

export type Pkcs12Reading =
  | {
      readonly kind: 'read';
      /** In the order of the file, each once. */
      readonly certificates: readonly Pkcs12Certificate[];
      readonly revocationListsDer: readonly Uint8Array[];
      readonly keyCount: number;
      /** `none`: nothing says that the file is as its maker wrote it. */
      readonly integrity: 'verified' | 'none';
    }
  | { readonly kind: 'refused'; readonly reason: Pkcs12Refusal; readonly detail: string };

export type Pkcs12Refusal =
  /** Or the file has none. */
  | 'password-wrong'
  /** The password is right, or is not reached. */
  | 'damaged'
  | 'not-pkcs12'
  | 'too-large'
  /** It asks for more rounds of key derivation than is allowed. */
  | 'too-much-work'
  /** The detail names it. */
  | 'scheme-unsupported';

/** Takes up to some seconds where the file asks for many rounds: for a worker. Never throws for any file. */
export function readPkcs12(file: Uint8Array, password: string, limits: Pkcs12Limits = {}): Pkcs12Reading {
  const { maxBytes = MAX_PKCS12_BYTES, maxRounds = DEFAULT_WORK_ROUNDS } = limits;
  if (file.length > maxBytes) return refused('too-large', `longer than ${maxBytes} bytes`);
  if (!looksLikePkcs12(file)) return refused('not-pkcs12', 'it does not begin like a PFX file');
  try {
    const { bags, integrity } = openSafes(file, password, new WorkBudget(maxRounds));
    const seen = new Set<string>();
    const certificates = bags.certificates.flatMap(({ der, ...attributes }) => {
      const text = Buffer.from(der).toString('latin1');
      if (seen.has(text)) return [];
      seen.add(text);
      return [
        {
          certificateDer: der,
          ...attributes,
          hasKey: hasKey(attributes, bags.keys, bags.certificates.length),
        },
      ];
    });
    return {
      kind: 'read',
      certificates,
      revocationListsDer: bags.revocationLists.map(({ der }) => der),
      keyCount: bags.keys.length,
      integrity,
    };
  } catch (error) {
    if (error instanceof PbeError) {
      const reason = error.failure === 'decryption-failed' ? 'damaged' : error.failure;
      return refused(reason, error.message);
    }
    if (error instanceof ProblemError)
      return refused(error.code === 'pkcs12-password' ? 'password-wrong' : 'damaged', error.detail ?? '');
    throw error;
  }
}

/** PFX ::= SEQUENCE { version INTEGER (3), ... }, in DER or BER. */
export function looksLikePkcs12(file: Uint8Array): boolean {
  if (file[0] !== 0x30) return false;
  const length = file[1] ?? 0;
  const start = length > 0x80 ? 2 + (length & 0x7f) : 2;
  return file[start] === 0x02 && file[start + 1] === 1 && file[start + 2] === 3 && file[start + 3] === 0x30;
}

/** Some makers write no identifiers; one key beside one certificate needs none. */
function hasKey(certificate: BagAttributes, keys: readonly KeyBag[], certificateCount: number): boolean {
  if (certificate.localKeyId !== undefined)
    return keys.some(({ localKeyId }) => localKeyId === certificate.localKeyId);
  return keys.length === 1 && certificateCount === 1;
}

function refused(reason: Pkcs12Refusal, detail: string): Pkcs12Reading {
  return { kind: 'refused', reason, detail };
}
