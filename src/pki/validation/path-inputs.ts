/** What is asked about a path (RFC 5280, 6.1.1), and what the answer consists of. */
import type { SignatureToVerify, SignatureVerdict } from '../signatures/signature-verdict.ts';
import type { Certificate } from '../x509/certificate.ts';
import type { DistinguishedName } from '../x509/distinguished-name.ts';
import type { KeyUsage } from '../x509/key-usage.ts';
import type { Subtrees } from './names/constrained-names.ts';
import type { PathReason, PathVerdict } from './reasons.ts';
import type { CertificateStatus } from './revocation/certificate-status.ts';
import type { WorkBudget } from './work-budget.ts';

/** 6.1.1 (d): a name and a key. */
export interface TrustAnchor {
  readonly name: DistinguishedName;
  readonly subjectPublicKeyInfo: Uint8Array;
  /** When there is one, its dates, extensions and constraints count as well (RFC 5937). */
  readonly certificate?: Certificate;
}

export function trustAnchorOf(certificate: Certificate): TrustAnchor {
  return { name: certificate.subject, subjectPublicKeyInfo: certificate.publicKeySpki, certificate };
}

export interface PathInputs {
  readonly time: Date;
  /** user-initial-policy-set; absent: any-policy. */
  readonly initialPolicies?: readonly string[];
  readonly initialExplicitPolicy?: boolean;
  readonly initialPolicyMappingInhibit?: boolean;
  readonly initialAnyPolicyInhibit?: boolean;
  readonly initialSubtrees?: Subtrees;
  /** How many authorities that are not self-issued may stand between anchor and end entity; absent: as many as there are. */
  readonly maxPathLength?: number;
  /** An extended key usage that the end entity must be allowed for. */
  readonly purpose?: string;
  /** Whether authorities that name purposes must name this one, as browsers and OpenSSL ask. Default: no (RFC 5280). */
  readonly isPurposeAskedOfAuthorities?: boolean;
  /** All of them must be allowed to the end entity's key, where its certificate says anything about usage. */
  readonly keyUsages?: readonly KeyUsage[];
  /** `rfc5280`: what section 4 asks of authorities counts too. Default: section 6 alone. */
  readonly conformity?: 'section-6' | 'rfc5280';
  /** MD5 and SHA-1 signatures below the anchor. Default: refused. */
  readonly weakDigests?: 'refused' | 'accepted';
}

/** Who signed: a certificate's issuer within a path. */
export interface KeyHolder {
  readonly name: DistinguishedName;
  readonly subjectPublicKeyInfo: Uint8Array;
  readonly certificate: Certificate | undefined;
}

export interface StatusQuestion {
  readonly certificate: Certificate;
  readonly issuer: KeyHolder;
  readonly anchor: TrustAnchor;
}

/** What the steps of one validation share. */
export interface PathServices {
  readonly budget: WorkBudget;
  /** Each signature is verified once; undefined when the budget is spent. */
  readonly verify: (signature: SignatureToVerify) => SignatureVerdict | undefined;
  /** Undefined: revocation is not asked about. */
  readonly checkStatus: ((question: StatusQuestion) => CertificateStatus) | undefined;
}

export interface PathOutcome {
  readonly verdict: PathVerdict;
  /** Empty exactly when the verdict is `valid`. */
  readonly reasons: readonly PathReason[];
  /** Undefined when no path to an anchor was found. */
  readonly anchor: TrustAnchor | undefined;
  /** From the certificate that the anchor issued to the end entity. */
  readonly path: readonly Certificate[];
  /** user-constrained-policy-set: object identifiers in the anchor's domain; `anyPolicy` stands for all. */
  readonly policies: readonly string[];
  /** `SubjectPublicKeyInfo` of the end entity, with inherited parameters. */
  readonly workingKey: Uint8Array | undefined;
  /** In the order of the path; empty where revocation was not asked about. */
  readonly statuses: readonly (CertificateStatus | undefined)[];
}
