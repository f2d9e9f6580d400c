/** Redeems what `prepareCertificate` returned. */
import type { Certificate } from '../x509/certificate.ts';
import { assembleCertificate } from './certificate-builder.ts';
import { signAs } from './issuer.ts';
import { lintCertificate } from './lint-certificate.ts';
import { type IssuanceToken, redeemIssuanceToken } from './prepare-certificate.ts';

export interface IssuedCertificate {
  readonly certificateDer: Uint8Array;
  readonly certificate: Certificate;
}

/**
 * Signs once. The caller has recorded serial number and intent before; the certificate is verified and compared with
 * what was prepared before it is returned.
 *
 * @throws {ProblemError} `issuance-token-used` the second time; `internal` when the result is not what was prepared.
 */
export function issueCertificate(token: IssuanceToken): IssuedCertificate {
  const { issuer, template, tbsDer } = redeemIssuanceToken(token);
  const certificateDer = assembleCertificate(tbsDer, signAs(issuer, tbsDer));
  const certificate = lintCertificate(certificateDer, template, issuer.certificate);
  return { certificateDer: certificate.der, certificate };
}
