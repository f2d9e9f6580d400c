import { readSignedData } from '../../pki/cms/read-signed-data.ts';
import { indexRevocationListInWorker } from '../../pki/crl/index-in-worker.ts';
import { recogniseFile } from '../../pki/recognition/recognise-file.ts';
import { describeCertificate, describeList } from '../stores/describe-certificate.ts';
import type { KnownCertificate, KnownList } from '../stores/known-certificate.ts';

export interface FetchedContent {
  readonly certificates: readonly KnownCertificate[];
  readonly lists: readonly KnownList[];
}

const MOST_CERTIFICATES = 20;

/**
 * RFC 5280, 4.2.2.1: one certificate in DER, or a collection (`.p7c`); 4.2.1.13: one list in DER. Many servers give PEM.
 *
 * @returns undefined for something else
 * @throws {ProblemError} `der-invalid`
 */
export async function readFetched(
  body: Uint8Array,
  kind: 'issuer' | 'list',
): Promise<FetchedContent | undefined> {
  const file = recogniseFile(body);
  if (file.kind !== 'objects') return undefined;
  if (kind === 'list') {
    const found = file.objects.find((object) => object.kind === 'revocation-list');
    if (!found) return undefined;
    // In a thread of its own, whatever its size: it is anybody's.
    return { certificates: [], lists: [describeList(await indexRevocationListInWorker(found.der, []))] };
  }
  const ders = file.objects.flatMap((object) => {
    if (object.kind === 'certificate') return [object.der];
    return object.kind === 'signed-data' ? readSignedData(object.der).certificatesDer : [];
  });
  // A server that names others among the issuers gives nobody a personal certificate.
  const certificates = ders
    .slice(0, MOST_CERTIFICATES)
    .map(describeCertificate)
    .filter(({ isCa }) => isCa);
  return certificates.length > 0 ? { certificates, lists: [] } : undefined;
}
