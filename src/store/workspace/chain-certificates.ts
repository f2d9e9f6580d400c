import { hash } from 'node:crypto';
import type { AccountId, Sha256Fingerprint } from '../../kernel/brand.ts';
import type { ChainCertificate } from '../../workspace/status/ports.ts';
import type { StoreContext } from '../context.ts';
import { bytesOf } from '../row-values.ts';
import { entriesOf } from './entries.ts';

/** Of a chain: few. */
const MOST = 20;

/** Their own, anchors of everybody, and the authorities of this server; others are nobody's business. */
export async function readKnown(
  { reader }: StoreContext,
  accountId: AccountId,
  asked: readonly Sha256Fingerprint[],
): Promise<readonly ChainCertificate[]> {
  const sha256s = asked.slice(0, MOST);
  if (sha256s.length === 0) return [];
  const [own, anchors, issuers] = await Promise.all([
    entriesOf(reader, accountId)
      .select(['entries.sha256', 'known_certificates.der'])
      .where('entries.sha256', 'in', sha256s)
      .execute(),
    reader
      .selectFrom('trust_anchors')
      .innerJoin('known_certificates', 'known_certificates.sha256', 'trust_anchors.sha256')
      .select(['known_certificates.sha256', 'known_certificates.der'])
      .where('trust_anchors.account_id', '=', '')
      .where('withdrawn_at', 'is', null)
      .where('known_certificates.sha256', 'in', sha256s)
      .execute(),
    reader.selectFrom('issuers').select('certificate_der').execute(),
  ]);
  const found = new Map<string, ChainCertificate>();
  for (const { certificate_der } of issuers) {
    const der = bytesOf(certificate_der);
    const sha256 = hash('sha256', der, 'hex') as Sha256Fingerprint;
    if (sha256s.includes(sha256)) found.set(sha256, { sha256, der, isHere: false });
  }
  for (const { sha256, der } of anchors) found.set(sha256, { sha256, der: bytesOf(der), isHere: false });
  for (const { sha256, der } of own) found.set(sha256, { sha256, der: bytesOf(der), isHere: true });
  return sha256s.flatMap((sha256) => found.get(sha256) ?? []);
}
