import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { PresentedFact } from '../access/facts.ts';
import type { SerialNumber } from '../kernel/brand.ts';
import { fingerprintOf } from '../pki/x509/fingerprint.ts';
import type { PresentedSummary } from './ports.ts';

export const NOTHING_PRESENTED: PresentedFact = { kind: 'none' };

/**
 * What the connection shows, read once when the handshake is over and for a resumed session too. Only the octets of
 * the certificate count: whether Node could verify them is never asked, because a resumed session has no answer to it.
 */
export function readPresentedCertificate(socket: TLSSocket): {
  readonly fact: PresentedFact;
  readonly certificateDer: Uint8Array | undefined;
} {
  const certificateDer = socket.getPeerX509Certificate()?.raw;
  if (certificateDer === undefined || certificateDer.length === 0) {
    return { fact: NOTHING_PRESENTED, certificateDer: undefined };
  }
  return {
    fact: { kind: 'certificate', sha256Fingerprint: fingerprintOf(certificateDer) },
    certificateDer,
  };
}

const SUBJECT_MAX_CHARACTERS = 64;

/** For the refusal page. The certificate may come from anybody: what cannot be read is left empty. */
export function summarizePresented(
  fact: PresentedFact,
  certificateDer: Uint8Array | undefined,
): PresentedSummary | undefined {
  if (fact.kind !== 'certificate' || certificateDer === undefined) return undefined;
  let subject = '';
  let serialNumber = '00';
  let notBefore = new Date(0);
  try {
    const certificate = new X509Certificate(certificateDer);
    subject = commonNameOf(certificate);
    serialNumber = certificate.serialNumber.toLowerCase();
    notBefore = certificate.validFromDate;
  } catch {
    // OpenSSL took it in the handshake and does not take it here: nothing to show but the fingerprint.
  }
  return {
    sha256Fingerprint: fact.sha256Fingerprint,
    subject: [...subject].slice(0, SUBJECT_MAX_CHARACTERS).join(''),
    serialNumber: serialNumber as SerialNumber,
    notBefore,
  };
}

function commonNameOf(certificate: X509Certificate): string {
  const subject = certificate.toLegacyObject().subject as { readonly CN?: string | readonly string[] };
  const name = typeof subject.CN === 'string' ? subject.CN : subject.CN?.[0];
  return (name ?? '').replace(/\p{C}/gu, '');
}
