/** Revocation lists, opened: kept in memory as long as they are asked for, within a bound of octets. */

import type { Sha256Fingerprint } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { indexRevocationListInWorker } from '../../pki/crl/index-in-worker.ts';
import type { IndexedRevocationList } from '../../pki/crl/indexed-revocation-list.ts';
import { indexRevocationList } from '../../pki/crl/indexed-revocation-list.ts';
import { parseRevocationList } from '../../pki/crl/parse-revocation-list.ts';

/** Smaller ones take a few milliseconds; larger ones go to a thread of their own. */
const SMALL_BYTES = 64 * 1024;
const KEPT_BYTES = 128 * 1024 * 1024;

export interface OpenLists {
  /** Undefined for what is no list any more. */
  open(
    found: { readonly sha256: Sha256Fingerprint; readonly size: number },
    /** The keys that may have signed it: they are tried in the other thread. */
    issuerKeys: readonly Uint8Array[],
  ): Promise<IndexedRevocationList | undefined>;
}

export function createOpenLists(
  readDer: (sha256: Sha256Fingerprint) => Promise<Uint8Array | undefined>,
  mostBytes = KEPT_BYTES,
): OpenLists {
  const kept = new Map<Sha256Fingerprint, { readonly list: IndexedRevocationList; readonly size: number }>();
  let keptBytes = 0;

  function keep(sha256: Sha256Fingerprint, list: IndexedRevocationList, size: number): void {
    kept.set(sha256, { list, size });
    keptBytes += size;
    for (const [oldest, entry] of kept) {
      if (keptBytes <= mostBytes || oldest === sha256) break;
      kept.delete(oldest);
      keptBytes -= entry.size;
    }
  }

  return {
    async open({ sha256, size }, issuerKeys) {
      const known = kept.get(sha256);
      if (known) {
        // To the end: the first one is the one that was not asked for longest.
        kept.delete(sha256);
        kept.set(sha256, known);
        return known.list;
      }
      const der = await readDer(sha256);
      if (der === undefined) return undefined;
      try {
        const list =
          size <= SMALL_BYTES
            ? indexRevocationList(parseRevocationList(der))
            : await indexRevocationListInWorker(der, issuerKeys);
        keep(sha256, list, size);
        return list;
      } catch (error) {
        if (error instanceof ProblemError) return undefined;
        throw error;
      }
    },
  };
}
