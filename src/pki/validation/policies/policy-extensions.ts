/** The four extensions about certificate policies (RFC 5280, 4.2.1.4, 4.2.1.5, 4.2.1.11, 4.2.1.14). */
import { contextTag, type DerElement, derInvalid, readDer, TAG } from '../../der/der-element.ts';
import { readOid } from '../../der/der-values.ts';
import { OID } from '../../der/oid.ts';

export interface CertificatePolicies {
  readonly policies: ReadonlySet<string>;
  /** Of all qualifiers; a critical extension whose qualifiers are not understood must be refused. */
  readonly qualifiers: ReadonlySet<string>;
}

export interface PolicyMapping {
  readonly issuerDomainPolicy: string;
  readonly subjectDomainPolicy: string;
}

export interface PolicyConstraints {
  readonly requireExplicitPolicy?: number;
  readonly inhibitPolicyMapping?: number;
}

export function decodeCertificatePolicies(value: Uint8Array): CertificatePolicies {
  const what = 'certificate policies';
  const policies = new Set<string>();
  const qualifiers = new Set<string>();
  for (const element of listOf(value, what)) {
    const fields = element.expect(TAG.sequence, what).reader();
    const policy = readOid(fields.next(what), what);
    // RFC 5280, 4.2.1.4: a policy does not appear more than once.
    if (policies.has(policy)) throw derInvalid(`${what}: ${policy} occurs twice`);
    policies.add(policy);
    const list = fields.optional(TAG.sequence);
    fields.end(what);
    for (const qualifier of list?.reader().rest() ?? []) {
      const qualifierFields = qualifier.expect(TAG.sequence, what).reader();
      qualifiers.add(readOid(qualifierFields.next(what), what));
      qualifierFields.next(what);
      qualifierFields.end(what);
    }
  }
  return { policies, qualifiers };
}

export function decodePolicyMappings(value: Uint8Array): readonly PolicyMapping[] {
  const what = 'policy mappings';
  return listOf(value, what).map((element) => {
    const fields = element.expect(TAG.sequence, what).reader();
    const issuerDomainPolicy = readOid(fields.next(what), what);
    const subjectDomainPolicy = readOid(fields.next(what), what);
    fields.end(what);
    return { issuerDomainPolicy, subjectDomainPolicy };
  });
}

export function decodePolicyConstraints(value: Uint8Array): PolicyConstraints {
  const what = 'policy constraints';
  const fields = readDer(value, what).expect(TAG.sequence, what).reader();
  const explicit = fields.optional(contextTag(0, 'primitive'));
  const mapping = fields.optional(contextTag(1, 'primitive'));
  fields.end(what);
  if (!explicit && !mapping) throw derInvalid(`${what}: empty`);
  return {
    ...(explicit && { requireExplicitPolicy: skipCertsOf(explicit.content, what) }),
    ...(mapping && { inhibitPolicyMapping: skipCertsOf(mapping.content, what) }),
  };
}

export function decodeInhibitAnyPolicy(value: Uint8Array): number {
  const what = 'inhibit anyPolicy';
  return skipCertsOf(readDer(value, what).expect(TAG.integer, what).content, what);
}

/** SkipCerts has no upper bound; what is beyond any path counts as the most that can be written here. */
function skipCertsOf(content: Uint8Array, what: string): number {
  const [first, second] = content;
  if (first === undefined || first >= 0x80) throw derInvalid(`${what}: not a number of certificates`);
  if (first === 0 && second !== undefined && second < 0x80) throw derInvalid(`${what}: not minimal`);
  return content.length > 4 ? 0x7fffffff : content.reduce((sum, octet) => sum * 256 + octet, 0);
}

function listOf(value: Uint8Array, what: string): DerElement[] {
  const elements = readDer(value, what).expect(TAG.sequence, what).reader().rest();
  if (elements.length === 0) throw derInvalid(`${what}: empty`);
  return elements;
}

/** The qualifiers of RFC 5280: both are texts for people, which is all there is to process. */
export const KNOWN_QUALIFIERS: ReadonlySet<string> = new Set([OID.cpsQualifier, OID.userNoticeQualifier]);
