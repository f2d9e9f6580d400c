import type { Answer, DssRequest } from '../answer.ts';
import {
  GOST_ISSUING,
  GOST_RESPONDER,
  GOST_ROOT,
  RSA_ISSUING,
  RSA_ROOT,
  readFixture,
} from './authorities.ts';
import type { CloudCertificates } from './certificates.ts';
import { answerOcsp, makeRevocationList } from './revocation.ts';

const CERTIFICATES = {
  'rsa-root.cer': RSA_ROOT.certificate,
  'rsa-issuing.cer': RSA_ISSUING.certificate,
  'gost-root.cer': GOST_ROOT,
  'gost-issuing.cer': GOST_ISSUING,
} as const;

/** What the authorities publish under `/ca/`: certificates, lists, OCSP. Undefined for a name that is none. */
export function publish(
  name: string,
  request: DssRequest,
  certificates: CloudCertificates,
): Answer | undefined {
  const certificate = Object.entries(CERTIFICATES).find(([file]) => file === name)?.[1];
  if (certificate) return file('application/pkix-cert', certificate.raw);
  switch (name) {
    case 'rsa.crl':
      return list(makeRevocationList(RSA_ISSUING, certificates.listRevoked(), request.now));
    case 'rsa-root.crl':
      return list(makeRevocationList(RSA_ROOT, [], request.now));
    case 'gost.crl':
    case 'gost-root.crl':
      return list(readFixture(name));
    default:
      return publishOcsp(name, request, certificates);
  }
}

/** By POST, or by GET with the request in the path (RFC 6960, A.1). */
function publishOcsp(name: string, request: DssRequest, certificates: CloudCertificates): Answer | undefined {
  const match = /^(rsa|gost)-ocsp(?:\/(.*))?$/.exec(name);
  if (!match) return undefined;
  const isRsa = match[1] === 'rsa';
  const encoded = match[2] === undefined ? undefined : decodeURIComponent(match[2]);
  const answer = answerOcsp({
    request: encoded === undefined ? request.body : Buffer.from(encoded, 'base64'),
    authority: isRsa ? RSA_ISSUING.certificate : GOST_ISSUING,
    responder: isRsa ? RSA_ISSUING : GOST_RESPONDER,
    stateOf: (serialNumber) => certificates.findBySerialNumber(isRsa ? 'rsa' : 'gost', serialNumber)?.state,
    now: request.now,
  });
  return file('application/ocsp-response', answer);
}

const list = (bytes: Buffer) => file('application/pkix-crl', bytes);

function file(type: string, body: Buffer): Answer {
  return { status: 200, type, body };
}
