/** The variables of policy processing (RFC 5280, 6.1.2 (d) to (f), with the graph of RFC 9618). */
import { OID } from '../../der/oid.ts';
import type { CertificateRules } from '../certificate-rules.ts';
import type { PathInputs } from '../path-inputs.ts';
import { KNOWN_QUALIFIERS } from '../policies/policy-extensions.ts';
import { PolicyGraph } from '../policies/policy-graph.ts';

export class PolicyState {
  readonly #graph = new PolicyGraph();
  readonly #initialPolicies: ReadonlySet<string> | undefined;
  #explicitPolicy: number;
  #inhibitAnyPolicy: number;
  #policyMapping: number;

  constructor(inputs: PathInputs, length: number) {
    this.#initialPolicies = inputs.initialPolicies && new Set(inputs.initialPolicies);
    this.#explicitPolicy = inputs.initialExplicitPolicy ? 0 : length + 1;
    this.#inhibitAnyPolicy = inputs.initialAnyPolicyInhibit ? 0 : length + 1;
    this.#policyMapping = inputs.initialPolicyMappingInhibit ? 0 : length + 1;
  }

  /** 6.1.3 (d) to (f); false when an explicit policy is needed and none is valid. */
  process(rules: CertificateRules, isLast: boolean): boolean {
    const isAnyPolicyAllowed = this.#inhibitAnyPolicy > 0 || (!isLast && rules.isSelfIssued);
    if (rules.policies) this.#graph.addCertificate(rules.policies.policies, isAnyPolicyAllowed);
    else this.#graph.clear();
    return this.#explicitPolicy > 0 || !this.#graph.isNull;
  }

  /** 6.1.4 (b). */
  map(rules: CertificateRules): void {
    if (rules.policyMappings.length > 0) {
      this.#graph.mapPolicies(rules.policyMappings, this.#policyMapping > 0);
    }
  }

  /** 6.1.4 (h). */
  countDown(): void {
    if (this.#explicitPolicy > 0) this.#explicitPolicy -= 1;
    if (this.#policyMapping > 0) this.#policyMapping -= 1;
    if (this.#inhibitAnyPolicy > 0) this.#inhibitAnyPolicy -= 1;
  }

  /** 6.1.4 (i) and (j). */
  constrain({ policyConstraints, inhibitAnyPolicy }: CertificateRules): void {
    const { requireExplicitPolicy = Infinity, inhibitPolicyMapping = Infinity } = policyConstraints;
    this.#explicitPolicy = Math.min(this.#explicitPolicy, requireExplicitPolicy);
    this.#policyMapping = Math.min(this.#policyMapping, inhibitPolicyMapping);
    this.#inhibitAnyPolicy = Math.min(this.#inhibitAnyPolicy, inhibitAnyPolicy ?? Infinity);
  }

  /** 6.1.5 (a), (b), (g); undefined when an explicit policy is needed and none is left. */
  wrapUp(endEntity: CertificateRules): readonly string[] | undefined {
    if (this.#explicitPolicy > 0) this.#explicitPolicy -= 1;
    if (endEntity.policyConstraints.requireExplicitPolicy === 0) this.#explicitPolicy = 0;
    const policies = this.#graph.constrain(this.#initialPolicies);
    if (!policies && this.#explicitPolicy === 0) return undefined;
    return [...(policies ?? [])];
  }
}

/** 6.1.4 (a). */
export function mapsAnyPolicy({ policyMappings }: CertificateRules): boolean {
  return policyMappings.some(
    ({ issuerDomainPolicy, subjectDomainPolicy }) =>
      issuerDomainPolicy === OID.anyPolicy || subjectDomainPolicy === OID.anyPolicy,
  );
}

/** 4.2.1.4: all qualifiers of a critical extension must be understood. */
export function findUnknownQualifier({ policies }: CertificateRules): string | undefined {
  return [...(policies?.qualifiers ?? [])].find((qualifier) => !KNOWN_QUALIFIERS.has(qualifier));
}
