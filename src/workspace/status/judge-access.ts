/** The certificate for signing in: what this server knows of it decides, not what lists say. */
import type { Certificate } from '../../pki/x509/certificate.ts';
import { isEquivalentName } from '../../pki/x509/name-comparison.ts';
import { nameOf, SOON_DAYS } from './judge.ts';
import type { AccessState } from './ports.ts';
import { type CheckReason, isInvalid } from './reasons.ts';
import type { ChainLevel, Judgement, StatusDetail } from './status-detail.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const MOST_LEVELS = 4;

/** @param authorities of this server */
export function judgeAccess(
  certificate: Certificate,
  access: AccessState,
  authorities: readonly Certificate[],
  now: Date,
): Judgement {
  const reason = reasonOf(certificate, access, now);
  const isWrong = reason !== undefined && isInvalid(reason);
  const detail: StatusDetail = {
    reason,
    culprit: reason && { sha256: certificate.sha256Fingerprint, name: nameOf(certificate) },
    facts: { ...(reason && factsOf(certificate, access, reason)), isAccess: true },
    chain: [
      ...authoritiesOf(certificate, authorities).map((authority, index) => levelOf(authority, index === 0)),
      {
        ...levelOf(certificate, false),
        ...(isWrong && { state: 'invalid' as const, reason }),
      },
    ],
    fixes:
      reason === 'revoked' || reason === 'expired' || reason === 'expires-soon'
        ? [{ kind: 'replace-access' }]
        : [],
    lists: [],
    skippedUrls: [],
  };
  const state = reason === undefined ? 'valid' : reason === 'expires-soon' ? 'valid-expires-soon' : 'invalid';
  return { state, detail, dueAt: nextLook(certificate, reason, now) };
}

function reasonOf(
  { notBefore, notAfter }: Certificate,
  { status }: AccessState,
  now: Date,
): CheckReason | undefined {
  if (status === 'suspended') return 'on-hold';
  if (status !== 'active') return 'revoked';
  if (notAfter < now) return 'expired';
  if (notBefore > now) return 'not-yet-valid';
  return notAfter.getTime() - now.getTime() <= SOON_DAYS * DAY_MS ? 'expires-soon' : undefined;
}

function factsOf(
  { notBefore, notAfter }: Certificate,
  { statusChangedAt, revocationReason }: AccessState,
  reason: CheckReason,
): StatusDetail['facts'] {
  switch (reason) {
    case 'revoked':
    case 'on-hold':
      return { at: statusChangedAt.toISOString(), ...(revocationReason && { revocationReason }) };
    case 'not-yet-valid':
      return { at: notBefore.toISOString() };
    default:
      return { at: notAfter.toISOString() };
  }
}

/** From the root down. */
function authoritiesOf(
  certificate: Certificate,
  authorities: readonly Certificate[],
): readonly Certificate[] {
  const above: Certificate[] = [];
  let below = certificate;
  while (above.length < MOST_LEVELS) {
    const { issuer, authorityKeyIdentifier } = below;
    const found = authorities.find(
      ({ subject, subjectKeyIdentifier }) =>
        isEquivalentName(subject, issuer) &&
        (authorityKeyIdentifier === undefined || authorityKeyIdentifier === subjectKeyIdentifier),
    );
    if (found === undefined || above.includes(found)) break;
    above.unshift(found);
    below = found;
  }
  return above;
}

function levelOf(certificate: Certificate, isTrusted: boolean): ChainLevel {
  return {
    sha256: certificate.sha256Fingerprint,
    name: nameOf(certificate),
    notAfter: certificate.notAfter.toISOString(),
    isTrusted,
    state: 'valid',
    reason: undefined,
  };
}

/** What is suspended may be taken up again at any moment. */
function nextLook({ notBefore, notAfter }: Certificate, reason: CheckReason | undefined, now: Date): Date {
  if (reason === 'on-hold') return new Date(now.getTime() + MINUTE_MS);
  const moments = [
    notBefore.getTime(),
    notAfter.getTime() - SOON_DAYS * DAY_MS,
    notAfter.getTime() + 1,
  ].filter((moment) => moment > now.getTime());
  const wait = Math.min(DAY_MS, ...moments.map((moment) => moment - now.getTime()));
  return new Date(now.getTime() + Math.max(wait, MINUTE_MS));
}
