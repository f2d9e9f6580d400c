/**
 * Path validation with reasons (RFC 5280, section 6; RFC 9618 for policies; RFC 6960 for OCSP). Pure and synchronous
 * over what is given: nothing is fetched, the time is an input, and the work is bounded.
 */
import type { Certificate } from '../x509/certificate.ts';
import { validatePath } from './basic/validate-path.ts';
import { CertificatePool } from './building/certificate-pool.ts';
import { findPath } from './building/find-path.ts';
import type { PathInputs, PathOutcome, PathServices, TrustAnchor } from './path-inputs.ts';
import type { RevocationEvidence } from './revocation/certificate-status.ts';
import { checkStatus } from './revocation/check-status.ts';
import { verifyOnce } from './verify-once.ts';
import { WorkBudget, type WorkLimits } from './work-budget.ts';

interface Question {
  readonly inputs: PathInputs;
  /** Intermediates, cross certificates, signers of lists; in any order, more than are needed. */
  readonly certificates?: readonly Certificate[];
  /** Absent: revocation is not asked about. */
  readonly revocation?: RevocationEvidence;
  readonly limits?: Partial<WorkLimits>;
}

export interface PathQuestion extends Question {
  readonly anchor: TrustAnchor;
  /** From the certificate that the anchor issued to the end entity. */
  readonly path: readonly Certificate[];
}

export interface BuildingQuestion extends Question {
  readonly endEntity: Certificate;
  readonly anchors: readonly TrustAnchor[];
}

/** Validates this path and looks for no other. Never throws on what a certificate says. */
export function validateCertificationPath(question: PathQuestion): PathOutcome {
  const { anchor, path, inputs } = question;
  const pool = new CertificatePool([...path, ...(question.certificates ?? [])], [anchor]);
  return validatePath({ anchor, path, inputs, services: makeServices(question, pool) });
}

/** Looks for a path to any of the anchors; the best outcome: valid before unknown before invalid. */
export function buildCertificationPath(question: BuildingQuestion): PathOutcome {
  const { endEntity, anchors, certificates = [], inputs } = question;
  const pool = new CertificatePool(certificates, anchors);
  return findPath(endEntity, { pool, inputs, services: makeServices(question, pool) });
}

function makeServices(question: Question, pool: CertificatePool): PathServices {
  const { inputs, revocation } = question;
  const budget = new WorkBudget(question.limits);
  const verify = verifyOnce(budget);
  const outcomesByAnchor = new Map<TrustAnchor, Map<string, PathOutcome | undefined>>();
  const services: PathServices = {
    budget,
    verify,
    checkStatus:
      revocation &&
      ((asked) =>
        checkStatus(asked, {
          evidence: revocation,
          time: inputs.time,
          weakDigests: inputs.weakDigests ?? 'refused',
          inputs,
          services: { verify },
          budget,
          findBySubject: (list) => pool.findBySubject(list.issuer, list.authorityKeyIdentifier, inputs.time),
          findPath: findSignerPath,
        })),
  };
  return services;

  /** RFC 5280, 6.3.3 (f): the same anchor, and nothing asked of policies and purposes. */
  function findSignerPath(certificate: Certificate, anchor: TrustAnchor): PathOutcome | undefined {
    const outcomes = outcomesByAnchor.get(anchor) ?? new Map<string, PathOutcome | undefined>();
    outcomesByAnchor.set(anchor, outcomes);
    const known = outcomes.get(certificate.sha256Fingerprint);
    if (known || outcomes.has(certificate.sha256Fingerprint)) return known;
    // While it is being looked for there is none: a list cannot vouch for its own signer.
    outcomes.set(certificate.sha256Fingerprint, undefined);
    const { time, weakDigests = 'refused' } = inputs;
    const outcome = findPath(certificate, { pool, inputs: { time, weakDigests }, services }, anchor);
    outcomes.set(certificate.sha256Fingerprint, outcome);
    return outcome;
  }
}
