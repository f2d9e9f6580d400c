import type { Actor } from '../kernel/audit-event.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { issueRevocationList } from '../pki/crl/issue-revocation-list.ts';
import { earlier } from '../pki/issuance/validity.ts';
import { parseCertificate } from '../pki/x509/certificate.ts';
import type { CertificateAuthority } from './certificate-authority.ts';
import { secondsAfter } from './options.ts';
import type { EnrolmentPort, Issuer, RevocationListRow } from './ports.ts';
import { type Repetition, repeat } from './repeat.ts';

/** A new list each day; a week, so that a weekend without the server does not lock out those who check lists. */
const LIST_EVERY_SECONDS = 24 * 3600;
const LIST_VALID_SECONDS = 7 * 24 * 3600;
const INTERVAL_MS = 5_000;
const SYSTEM: Actor = { kind: 'system' };

export interface RevocationListDependencies {
  readonly port: Pick<
    EnrolmentPort,
    'listIssuers' | 'listRevoked' | 'findRevocationList' | 'storeRevocationList' | 'readCertificateRevision'
  >;
  readonly authority: Pick<CertificateAuthority, 'openIssuer' | 'addressesOf'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Issues the lists that are due: none yet, a day old, or something was revoked since. Authorities whose key is not
 * here are passed over. Several nodes may do so at once: the number decides whose list stands.
 *
 * @returns how many were issued by this call
 */
export async function refreshRevocationLists(dependencies: RevocationListDependencies): Promise<number> {
  const { port, clock } = dependencies;
  let issued = 0;
  for (const issuer of await port.listIssuers()) {
    if (issuer.privateKeyPkcs8 === undefined) continue;
    const { notAfter } = parseCertificate(issuer.certificateDer);
    if (notAfter <= clock.now()) continue;
    if (await refreshList(dependencies, issuer, notAfter)) issued++;
  }
  return issued;
}

async function refreshList(
  { port, authority, clock, logger }: RevocationListDependencies,
  issuer: Issuer,
  issuerNotAfter: Date,
): Promise<boolean> {
  // Before the entries: a change in between makes another list, and is not lost.
  const revision = await port.readCertificateRevision();
  const stored = await port.findRevocationList(issuer.id);
  const now = clock.now();
  if (stored && !isDue(issuer, stored, revision, now)) return false;
  const entries = issuer.role === 'issuing' ? await port.listRevoked(issuer.id, now) : [];
  const number = (stored?.number ?? 0) + 1;
  // The root's key leaves the server, so its list (over the issuing authority) lasts as long as it does.
  const nextUpdate =
    issuer.role === 'root' ? issuerNotAfter : earlier(secondsAfter(now, LIST_VALID_SECONDS), issuerNotAfter);
  const der = issueRevocationList({
    issuer: authority.openIssuer(issuer),
    number,
    thisUpdate: now,
    nextUpdate,
    entries: entries.map(({ serialNumber, revokedAt, reason }) => ({
      serialNumber,
      revokedAt,
      ...(reason === undefined ? {} : { reason }),
    })),
    distributionPointUrl: authority.addressesOf(issuer.id).revocationListUrl,
    covers: issuer.role === 'root' ? 'ca-certificates' : 'user-certificates',
  });
  const row: RevocationListRow = { issuerId: issuer.id, number, der, thisUpdate: now, nextUpdate, revision };
  const isOurs = await port.storeRevocationList(row, entries.length, SYSTEM, now);
  if (isOurs) {
    logger.info({ issuerId: issuer.id, number, entries: entries.length }, 'revocation list issued');
  }
  return isOurs;
}

function isDue(issuer: Issuer, stored: RevocationListRow, revision: number, now: Date): boolean {
  if (issuer.role === 'root') return false;
  return revision !== stored.revision || now >= secondsAfter(stored.thisUpdate, LIST_EVERY_SECONDS);
}

/** Keeps the lists fresh until stopped: at start, at every change (seen within `intervalMs`, at once when woken), daily. */
export function startRevocationLists(
  dependencies: RevocationListDependencies & { readonly intervalMs?: number },
): Repetition {
  const { port, clock, logger, intervalMs = INTERVAL_MS } = dependencies;
  // A look at a number is cheap; the lists themselves can be megabytes.
  let seen: { readonly revision: number; readonly at: Date } | undefined;
  return repeat(async () => {
    try {
      const revision = await port.readCertificateRevision();
      const now = clock.now();
      if (seen?.revision === revision && now < secondsAfter(seen.at, 60)) return;
      await refreshRevocationLists(dependencies);
      seen = { revision, at: now };
    } catch (error) {
      logger.error({ err: error }, 'the revocation lists could not be refreshed; it is tried again');
    }
  }, intervalMs);
}
