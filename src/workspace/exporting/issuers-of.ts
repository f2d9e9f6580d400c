import type { AccountId } from '../../kernel/brand.ts';
import type { KnownCertificate } from '../stores/known-certificate.ts';
import type { WorkspacePort } from '../stores/ports.ts';

const MAX_LEVELS = 10;

/**
 * The certificates above this one, as far as the person has them, the nearest first. By names and key identifiers only,
 * for a file that takes them along: whether they are good is for validation.
 */
export async function issuersOf(
  port: Pick<WorkspacePort, 'readIssuers'>,
  accountId: AccountId,
  certificate: Pick<KnownCertificate, 'sha256' | 'issuerKey' | 'authorityKeyIdentifier' | 'isSelfIssued'>,
): Promise<readonly KnownCertificate[]> {
  const found: KnownCertificate[] = [];
  const seen = new Set<string>([certificate.sha256]);
  let below: typeof certificate = certificate;
  while (!below.isSelfIssued && found.length < MAX_LEVELS) {
    const keyIdentifier = below.authorityKeyIdentifier;
    const candidates = await port.readIssuers(accountId, below.issuerKey);
    const issuer = candidates.find(
      ({ sha256, subjectKeyIdentifier }) =>
        !seen.has(sha256) &&
        (keyIdentifier === undefined ||
          subjectKeyIdentifier === undefined ||
          subjectKeyIdentifier === keyIdentifier),
    );
    if (issuer === undefined) break;
    seen.add(issuer.sha256);
    found.push(issuer);
    below = issuer;
  }
  return found;
}
