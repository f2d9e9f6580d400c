/**
 * What validation asks of a revocation list. Entries are looked up and the signature is asked for by key, so that a
 * list of a million entries can stand behind an index of serial numbers and be verified once, elsewhere.
 */
import type { SerialNumber } from '../../kernel/brand.ts';
import type { SignatureVerdict } from '../signatures/signature-verdict.ts';
import { verifySignature } from '../signatures/verify-signature.ts';
import type { DistinguishedName } from '../x509/distinguished-name.ts';
import { isEquivalentName } from '../x509/name-comparison.ts';
import type { RevocationList } from './parse-revocation-list.ts';
import type { RevokedEntry } from './revoked-entry.ts';

export interface IndexedRevocationList
  extends Pick<
    RevocationList,
    | 'sha256Fingerprint'
    | 'issuer'
    | 'thisUpdate'
    | 'nextUpdate'
    | 'number'
    | 'authorityKeyIdentifier'
    | 'issuingDistributionPoint'
    | 'issuingDistributionPointDer'
    | 'deltaBaseNumber'
    | 'criticalExtensions'
    | 'signature'
  > {
  verifySignature(subjectPublicKeyInfo: Uint8Array): SignatureVerdict;
  /** The last entry about this certificate of this issuer. */
  findEntry(serialNumber: SerialNumber, issuer: DistinguishedName): RevokedEntry | undefined;
  /** Entries with this serial number, whichever issuer's, the last one first; at most {@link MOST_SAME_SERIAL}. */
  findEntries(serialNumber: SerialNumber): readonly RevokedEntry[];
}

/** In an indirect list several authorities may have given out one number; no list has it more often than this. */
export const MOST_SAME_SERIAL = 20;

/** For lists that are small enough to be parsed into memory. */
export function indexRevocationList(list: RevocationList): IndexedRevocationList {
  let index: Map<SerialNumber, RevokedEntry[]> | undefined;
  const verdicts = new Map<string, SignatureVerdict>();
  const { tbsDer, signature, entries, ...facts } = list;
  return {
    ...facts,
    signature,
    verifySignature(subjectPublicKeyInfo) {
      const key = Buffer.from(subjectPublicKeyInfo).toString('latin1');
      const known = verdicts.get(key);
      if (known) return known;
      const verdict = verifySignature({
        signatureAlgorithm: signature.algorithmDer,
        subjectPublicKeyInfo,
        signedBytes: tbsDer,
        signature: signature.value,
      });
      verdicts.set(key, verdict);
      return verdict;
    },
    findEntry(serialNumber, issuer) {
      index ??= indexEntries(entries);
      return index
        .get(serialNumber)
        ?.findLast((entry) => isEquivalentName(entry.certificateIssuer ?? list.issuer, issuer));
    },
    findEntries(serialNumber) {
      index ??= indexEntries(entries);
      return (index.get(serialNumber) ?? []).slice(-MOST_SAME_SERIAL).reverse();
    },
  };
}

function indexEntries(entries: readonly RevokedEntry[]): Map<SerialNumber, RevokedEntry[]> {
  const index = new Map<SerialNumber, RevokedEntry[]>();
  for (const entry of entries) {
    const sameSerial = index.get(entry.serialNumber);
    if (sameSerial) sameSerial.push(entry);
    else index.set(entry.serialNumber, [entry]);
  }
  return index;
}
