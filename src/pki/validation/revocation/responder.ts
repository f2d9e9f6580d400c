/** Who signed an OCSP response, and whether that one may answer (RFC 6960, 4.2.2.2). */
import { ProblemError } from '../../../kernel/problem.ts';
import { OID } from '../../der/oid.ts';
import { keyHash } from '../../ocsp/match-certificate-id.ts';
import type { BasicOcspResponse } from '../../ocsp/parse-ocsp-response.ts';
import { type Certificate, parseCertificate } from '../../x509/certificate.ts';
import { isEquivalentName } from '../../x509/name-comparison.ts';
import { checkCertificate } from '../basic/check-certificate.ts';
import { checkSignature } from '../basic/check-signature.ts';
import { reporter } from '../basic/report.ts';
import { isWeakSignature } from '../basic/weak-signature.ts';
import type { KeyHolder, PathInputs, PathServices, StatusQuestion } from '../path-inputs.ts';
import type { PathReason } from '../reasons.ts';
import type { CertificateStatus, ResponderFault, RevocationGap } from './certificate-status.ts';

export interface ResponderSearch {
  readonly inputs: PathInputs;
  readonly services: Pick<PathServices, 'verify'>;
  /** By lists alone: a response cannot vouch for its own responder. */
  readonly checkByLists: (question: StatusQuestion) => CertificateStatus;
}

const MOST_CERTIFICATES = 8;

/** Undefined: the response is signed by somebody who may answer for this authority. */
export function findResponderFault(
  response: BasicOcspResponse,
  question: StatusQuestion,
  search: ResponderSearch,
): RevocationGap | undefined {
  const { algorithm } = response.signature;
  if (search.inputs.weakDigests !== 'accepted' && isWeakSignature(response.signature)) {
    return { code: 'response-signature-weak', algorithm };
  }
  let gap: RevocationGap = { code: 'response-responder-not-authorised', detail: 'not-found' };
  for (const candidate of candidatesFor(response, question)) {
    const verdict = search.services.verify({
      signatureAlgorithm: response.signature.algorithmDer,
      subjectPublicKeyInfo: candidate.subjectPublicKeyInfo,
      signedBytes: response.tbsDer,
      signature: response.signature.value,
    });
    if (verdict === undefined) return { code: 'work-exhausted' };
    if (verdict !== 'verified') {
      gap =
        verdict === 'unsupported-algorithm' || verdict === 'unsupported-key'
          ? { code: 'response-signature-unsupported', algorithm }
          : { code: 'response-signature-mismatch' };
      continue;
    }
    const fault = candidate.delegate && findDelegateFault(candidate.delegate, question, search);
    if (fault === undefined) return undefined;
    gap = { code: 'response-responder-not-authorised', detail: fault };
  }
  return gap;
}

interface Candidate {
  readonly subjectPublicKeyInfo: Uint8Array;
  /** Undefined: the authority itself. */
  readonly delegate: Certificate | undefined;
}

function candidatesFor(response: BasicOcspResponse, { issuer }: StatusQuestion): readonly Candidate[] {
  const candidates: Candidate[] = [];
  if (isMeant(response, issuer)) {
    candidates.push({ subjectPublicKeyInfo: issuer.subjectPublicKeyInfo, delegate: undefined });
  }
  for (const der of response.certificatesDer.slice(0, MOST_CERTIFICATES)) {
    const delegate = tryParse(der);
    if (!delegate) continue;
    const holder = { name: delegate.subject, subjectPublicKeyInfo: delegate.publicKeySpki };
    if (isMeant(response, holder)) {
      candidates.push({ subjectPublicKeyInfo: delegate.publicKeySpki, delegate });
    }
  }
  return candidates;
}

function isMeant(
  { responderId }: BasicOcspResponse,
  holder: Pick<KeyHolder, 'name' | 'subjectPublicKeyInfo'>,
): boolean {
  return responderId.kind === 'name'
    ? isEquivalentName(responderId.name, holder.name)
    : Buffer.compare(responderId.sha1, keyHash(holder.subjectPublicKeyInfo)) === 0;
}

function findDelegateFault(
  delegate: Certificate,
  { issuer, anchor }: StatusQuestion,
  { inputs, services, checkByLists }: ResponderSearch,
): ResponderFault | undefined {
  const reasons: PathReason[] = [];
  const report = reporter(reasons, 1);
  // Directly by the authority that is asked about: a longer path does not do.
  const isIssuedDirectly =
    isEquivalentName(delegate.issuer, issuer.name) &&
    checkSignature(delegate, issuer, inputs, services, report);
  if (!isIssuedDirectly) return 'not-issued-by-the-authority';
  if (!delegate.extendedKeyUsage?.includes(OID.ocspSigning)) return 'purpose-missing';
  checkCertificate(delegate, inputs, report);
  const [fault] = reasons;
  if (fault) {
    const isOfTime = fault.code === 'certificate-expired' || fault.code === 'certificate-not-yet-valid';
    return isOfTime ? 'outside-validity' : 'not-valid';
  }
  // RFC 6960, 4.2.2.2.1: without id-pkix-ocsp-nocheck its own revocation counts, as far as lists tell.
  if (delegate.extensionValues.has(OID.ocspNoCheck)) return undefined;
  const status = checkByLists({ certificate: delegate, issuer, anchor });
  return status.status === 'revoked' ? 'revoked' : undefined;
}

function tryParse(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}
