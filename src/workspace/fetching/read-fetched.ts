import { readSignedData } from '../../pki/cms/read-signed-data.ts';
import { indexRevocationListInWorker } from '../../pki/crl/index-in-worker.ts';
import { parseOcspResponse } from '../../pki/ocsp/parse-ocsp-response.ts';
import { recogniseFile } from '../../pki/recognition/recognise-file.ts';
import { describeCertificate, describeList } from '../stores/describe-certificate.ts';
import type { KnownCertificate, KnownList } from '../stores/known-certificate.ts';

export interface FetchedContent {
  readonly certificates: readonly KnownCertificate[];
  readonly lists: readonly KnownList[];
  /** Of a responder. */
  readonly answer: { readonly der: Uint8Array; readonly nextUpdate: Date | undefined } | undefined;
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
    const list = describeList(await indexRevocationListInWorker(found.der, []));
    return { certificates: [], lists: [list], answer: undefined };
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
  return certificates.length > 0 ? { certificates, lists: [], answer: undefined } : undefined;
}

/**
 * RFC 6960, 4.2.1. Who signed it is asked where it is used as evidence.
 *
 * @returns undefined where the responder says that it does not answer
 * @throws {ProblemError} `der-invalid`
 */
export function readAnswer(body: Uint8Array): FetchedContent | undefined {
  const response = parseOcspResponse(body);
  if (response.kind === 'error') return undefined;
  const ends = response.responses.flatMap(({ nextUpdate }) => (nextUpdate ? [nextUpdate.getTime()] : []));
  const nextUpdate = ends.length > 0 ? new Date(Math.min(...ends)) : undefined;
  return { certificates: [], lists: [], answer: { der: body, nextUpdate } };
}
