import type { CertificateStore, KnownCertificate, SourceKind } from './known-certificate.ts';

/** Why a certificate goes where it goes; pages have a sentence for each. */
export type PlacementReason = 'authority' | 'from-dss' | 'with-key' | 'without-key';

export interface Placement {
  readonly store: CertificateStore;
  readonly reason: PlacementReason;
}

/**
 * The certificates of authorities to theirs; what belongs to a key of this person (in a PFX or in a DSS) to the personal
 * ones; everything else is another person's.
 */
export function placeOf(
  certificate: Pick<KnownCertificate, 'isCa'>,
  origin: { readonly source: SourceKind; readonly hasKey: boolean },
): Placement {
  if (certificate.isCa) return { store: 'authorities', reason: 'authority' };
  if (origin.source === 'dss') return { store: 'personal', reason: 'from-dss' };
  if (origin.hasKey) return { store: 'personal', reason: 'with-key' };
  return { store: 'others', reason: 'without-key' };
}
