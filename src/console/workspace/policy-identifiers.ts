import { ProblemError } from '../../kernel/problem.ts';
import { OID } from '../../pki/der/oid.ts';
import { decodeCertificatePolicies } from '../../pki/validation/policies/policy-extensions.ts';
import type { Certificate } from '../../pki/x509/certificate.ts';

/** Object identifiers; none where the extension cannot be read, which is for validation to say. */
export function decodePolicyIdentifiers(certificate: Certificate): readonly string[] {
  const value = certificate.extensionValues.get(OID.certificatePolicies);
  if (value === undefined) return [];
  try {
    return [...decodeCertificatePolicies(value).policies];
  } catch (error) {
    if (error instanceof ProblemError) return [];
    throw error;
  }
}
