/**
 * Path building (RFC 4158): from the end entity towards the anchors, depth first, the most likely issuer first, until a
 * path is valid. When none is, the most helpful outcome is given.
 */
import type { Certificate } from '../../x509/certificate.ts';
import { validatePath } from '../basic/validate-path.ts';
import type { PathInputs, PathOutcome, PathServices, TrustAnchor } from '../path-inputs.ts';
import type { PathReason } from '../reasons.ts';
import type { CertificatePool } from './certificate-pool.ts';
import { describeDeadEnd } from './dead-end.ts';
import { isBetter } from './rank-outcomes.ts';

export interface PathSearch {
  readonly pool: CertificatePool;
  readonly inputs: PathInputs;
  readonly services: PathServices;
}

const MOST_CERTIFICATES_IN_A_PATH = 20;

export function findPath(
  endEntity: Certificate,
  search: PathSearch,
  /** Only paths under this anchor; absent: under any. */
  onlyAnchor?: TrustAnchor,
): PathOutcome {
  const { pool, inputs, services } = search;
  const { budget } = services;
  let best: PathOutcome | undefined;
  let deadEnd: readonly Certificate[] = [endEntity];

  const trusted = pool
    .findAnchors(endEntity.subject)
    .find(({ certificate }) => certificate?.sha256Fingerprint === endEntity.sha256Fingerprint);
  if (trusted && (!onlyAnchor || onlyAnchor === trusted)) {
    return validatePath({ anchor: trusted, path: [], inputs, services });
  }

  // Forged issuers are many and cheap: certificates whose key made the signature go first, the others only serve to
  // say what is wrong.
  if (!explore([endEntity], 'verified') && !best) explore([endEntity], 'any');

  const outcome = best ?? describeDeadEnd(deadEnd, search);
  if (outcome.verdict === 'valid' || budget.exhausted === undefined) return outcome;
  const exhausted: PathReason = {
    code: 'work-exhausted',
    kind: budget.exhausted,
    certificate: outcome.path.length,
    clause: 'RFC 4158, 2.4.2',
  };
  const reasons = outcome.reasons.some(({ code }) => code === 'work-exhausted')
    ? outcome.reasons
    : [...outcome.reasons, exhausted];
  return { ...outcome, verdict: outcome.verdict === 'invalid' ? 'invalid' : 'unknown', reasons };

  /** @param below the end entity first; true when a valid path was found */
  function explore(below: readonly Certificate[], signatures: 'verified' | 'any'): boolean {
    const last = below.at(-1);
    if (!last || !budget.spend('steps')) return false;
    if (below.length > deadEnd.length) deadEnd = below;
    for (const anchor of pool.findAnchors(last.issuer)) {
      if (onlyAnchor && anchor !== onlyAnchor) continue;
      if (signatures === 'verified' && !isSignedWith(last, anchor.subjectPublicKeyInfo)) continue;
      if (!budget.spend('paths')) return false;
      const outcome = validatePath({ anchor, path: below.toReversed(), inputs, services });
      if (!best || isBetter(outcome, best)) best = outcome;
      if (outcome.verdict === 'valid') return true;
    }
    if (below.length >= MOST_CERTIFICATES_IN_A_PATH) return false;
    for (const issuer of pool.findBySubject(last.issuer, last.authorityKeyIdentifier, inputs.time)) {
      if (isRepeated(issuer, below)) continue;
      if (signatures === 'verified' && !isSignedWith(last, issuer.publicKeySpki)) continue;
      if (explore([...below, issuer], signatures)) return true;
      if (budget.exhausted === 'steps' || budget.exhausted === 'paths') return false;
    }
    return false;
  }

  /** What is not known to be wrong may be right: a key can get its parameters from above, an algorithm be unknown. */
  function isSignedWith(certificate: Certificate, subjectPublicKeyInfo: Uint8Array): boolean {
    const verdict = services.verify({
      signatureAlgorithm: certificate.signature.algorithmDer,
      subjectPublicKeyInfo,
      signedBytes: certificate.tbsDer,
      signature: certificate.signature.value,
    });
    return verdict !== undefined && verdict !== 'mismatch';
  }
}

/** RFC 4158, 2.4.1: the same name with the same key twice is a loop, in whatever certificates. */
function isRepeated(issuer: Certificate, below: readonly Certificate[]): boolean {
  return below.some(
    (certificate) =>
      Buffer.compare(certificate.publicKeySpki, issuer.publicKeySpki) === 0 &&
      Buffer.compare(certificate.subject.der, issuer.subject.der) === 0,
  );
}
