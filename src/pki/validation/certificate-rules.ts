/**
 * What the rules of path validation read in a certificate beyond what everybody reads. Decoded once, when first asked;
 * an extension that cannot be read is told by its object identifier and makes the certificate unusable in a path.
 */
import { ProblemError } from '../../kernel/problem.ts';
import { readDer, TAG } from '../der/der-element.ts';
import { OID } from '../der/oid.ts';
import type { Certificate } from '../x509/certificate.ts';
import { type DistributionPoint, decodeDistributionPoints } from '../x509/distribution-point.ts';
import { decodeGeneralNames, type GeneralName } from '../x509/general-name.ts';
import { isEquivalentName } from '../x509/name-comparison.ts';
import { decodeNameConstraints, type NameConstraints } from './names/name-constraints.ts';
import {
  type CertificatePolicies,
  decodeCertificatePolicies,
  decodeInhibitAnyPolicy,
  decodePolicyConstraints,
  decodePolicyMappings,
  type PolicyConstraints,
  type PolicyMapping,
} from './policies/policy-extensions.ts';

export interface CertificateRules {
  /** RFC 5280, 3.2: the same name as subject and issuer; says nothing about keys. */
  readonly isSelfIssued: boolean;
  readonly isSubjectEmpty: boolean;
  readonly subjectAltNames: readonly GeneralName[];
  /** Values of the attribute emailAddress in the subject. */
  readonly subjectEmailAddresses: readonly string[];
  readonly nameConstraints?: NameConstraints;
  readonly policies?: CertificatePolicies;
  readonly policyMappings: readonly PolicyMapping[];
  readonly policyConstraints: PolicyConstraints;
  readonly inhibitAnyPolicy?: number;
  readonly distributionPoints: readonly DistributionPoint[];
  readonly malformed: readonly { readonly oid: string; readonly detail: string }[];
}

const cache = new WeakMap<Certificate, CertificateRules>();

export function rulesOf(certificate: Certificate): CertificateRules {
  const known = cache.get(certificate);
  if (known) return known;
  const rules = readRules(certificate);
  cache.set(certificate, rules);
  return rules;
}

function readRules(certificate: Certificate): CertificateRules {
  const malformed: { oid: string; detail: string }[] = [];
  const decode = <T>(oid: string, decoder: (value: Uint8Array) => T): T | undefined => {
    const value = certificate.extensionValues.get(oid);
    if (!value) return undefined;
    try {
      return decoder(value);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      malformed.push({ oid, detail: error.detail ?? error.code });
      return undefined;
    }
  };
  const nameConstraints = decode(OID.nameConstraints, decodeNameConstraints);
  const policies = decode(OID.certificatePolicies, decodeCertificatePolicies);
  const inhibitAnyPolicy = decode(OID.inhibitAnyPolicy, decodeInhibitAnyPolicy);
  const subject = readDer(certificate.subject.der, 'subject').reader();
  return {
    isSelfIssued: isEquivalentName(certificate.subject, certificate.issuer),
    isSubjectEmpty: subject.isDone,
    subjectAltNames:
      decode(OID.subjectAltName, (value) => decodeGeneralNames(value, 'subject alternative name')) ?? [],
    subjectEmailAddresses: emailAddressesOf(certificate),
    ...(nameConstraints && { nameConstraints }),
    ...(policies && { policies }),
    policyMappings: decode(OID.policyMappings, decodePolicyMappings) ?? [],
    policyConstraints: decode(OID.policyConstraints, decodePolicyConstraints) ?? {},
    ...(inhibitAnyPolicy !== undefined && { inhibitAnyPolicy }),
    distributionPoints: decode(OID.cRLDistributionPoints, decodeDistributionPoints) ?? [],
    malformed,
  };
}

const EMAIL_ADDRESS = Buffer.from([0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x01]);

function emailAddressesOf({ subject }: Certificate): readonly string[] {
  if (!Buffer.from(subject.der).includes(EMAIL_ADDRESS)) return [];
  const addresses: string[] = [];
  for (const set of readDer(subject.der, 'subject').reader().rest()) {
    for (const attribute of set.reader().rest()) {
      const fields = attribute.expect(TAG.sequence, 'subject').reader();
      if (Buffer.compare(fields.next('subject').der, EMAIL_ADDRESS) === 0) {
        addresses.push(Buffer.from(fields.next('subject').content).toString('latin1'));
      }
    }
  }
  return addresses;
}
