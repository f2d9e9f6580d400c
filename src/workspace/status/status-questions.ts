/** What responders are asked (OCSP): one question a certificate, the same for everybody who has it. */
import { ProblemError } from '../../kernel/problem.ts';
import { buildOcspRequest } from '../../pki/ocsp/build-request.ts';
import { type BasicOcspResponse, parseOcspResponse } from '../../pki/ocsp/parse-ocsp-response.ts';
import type { Certificate } from '../../pki/x509/certificate.ts';
import { isEquivalentName } from '../../pki/x509/name-comparison.ts';
import type { Wish } from './ports.ts';
import { isFetchable } from './reasons.ts';

const MOST_QUESTIONS = 12;
const MOST_RESPONDERS = 2;
/** One name, several keys: an authority that renewed its key. */
const MOST_ISSUERS = 2;

/** @param pool where the issuers are looked for */
export function questionsOf(
  certificates: readonly Certificate[],
  pool: readonly Certificate[],
): readonly Wish[] {
  const questions = new Map<string, Wish>();
  for (const certificate of certificates) {
    const responders = certificate.ocspUrls.filter(isFetchable).slice(0, MOST_RESPONDERS);
    if (responders.length === 0) continue;
    for (const issuer of pool.filter((each) => isIssuerOf(each, certificate)).slice(0, MOST_ISSUERS)) {
      const request = requestFor(certificate, issuer);
      if (request === undefined) continue;
      for (const responder of responders) {
        if (questions.size >= MOST_QUESTIONS) return [...questions.values()];
        const url = questionUrl(responder, request);
        questions.set(url, { url, kind: 'status', sha256: certificate.sha256Fingerprint });
      }
    }
  }
  return [...questions.values()];
}

function isIssuerOf(issuer: Certificate, certificate: Certificate): boolean {
  const { authorityKeyIdentifier } = certificate;
  return (
    issuer.sha256Fingerprint !== certificate.sha256Fingerprint &&
    isEquivalentName(issuer.subject, certificate.issuer) &&
    (authorityKeyIdentifier === undefined ||
      issuer.subjectKeyIdentifier === undefined ||
      authorityKeyIdentifier === issuer.subjectKeyIdentifier)
  );
}

function requestFor(certificate: Certificate, issuer: Certificate): Uint8Array | undefined {
  try {
    return buildOcspRequest(certificate, issuer.publicKeySpki);
  } catch (error) {
    if (error instanceof ProblemError) return undefined;
    throw error;
  }
}

/** The question stands behind the address, where no server sees it: one row, one address, one question. */
function questionUrl(responder: string, request: Uint8Array): string {
  return `${responderOf(responder)}#${Buffer.from(request).toString('base64url')}`;
}

export function responderOf(url: string): string {
  return url.split('#', 1)[0] ?? url;
}

/** Empty for an address without a question. */
export function questionOf(url: string): Uint8Array {
  return Buffer.from(url.slice(responderOf(url).length + 1), 'base64url');
}

/** What can be used as evidence of these answers. */
export function readAnswers(ders: readonly Uint8Array[]): readonly BasicOcspResponse[] {
  return ders.flatMap((der) => {
    try {
      const response = parseOcspResponse(der);
      return response.kind === 'basic' ? [response] : [];
    } catch (error) {
      if (error instanceof ProblemError) return [];
      throw error;
    }
  });
}
