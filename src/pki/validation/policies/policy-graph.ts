/**
 * The valid_policy_graph of RFC 9618, which replaces the tree of RFC 5280, 6.1: one node for each policy at a depth, so
 * that work grows with the size of the extensions and not with the number of ways through them.
 */
import { OID } from '../../der/oid.ts';
import type { PolicyMapping } from './policy-extensions.ts';

interface PolicyNode {
  readonly policy: string;
  expected: ReadonlySet<string>;
  readonly parents: Set<PolicyNode>;
  children: number;
}

type Level = Map<string, PolicyNode>;

const ANY_POLICY: ReadonlySet<string> = new Set([OID.anyPolicy]);

export class PolicyGraph {
  /** By depth; undefined when no policy is valid any more. */
  #levels: Level[] | undefined = [
    new Map([
      [OID.anyPolicy, { policy: OID.anyPolicy, expected: ANY_POLICY, parents: new Set(), children: 0 }],
    ]),
  ];

  get isNull(): boolean {
    return this.#levels === undefined;
  }

  /** RFC 9618, 5.4, step (e): a certificate without policies. */
  clear(): void {
    this.#levels = undefined;
  }

  /** RFC 9618, 5.4, step (d). */
  addCertificate(policies: ReadonlySet<string>, isAnyPolicyAllowed: boolean): void {
    const above = this.#levels?.at(-1);
    if (!this.#levels || !above) return;
    const level: Level = new Map();
    const expecting = indexByExpected(above);
    const anyPolicyAbove = above.get(OID.anyPolicy);
    for (const policy of policies) {
      if (policy === OID.anyPolicy) continue;
      const parents = expecting.get(policy) ?? (anyPolicyAbove && [anyPolicyAbove]);
      if (parents) addNode(level, policy, parents);
    }
    if (policies.has(OID.anyPolicy) && isAnyPolicyAllowed) {
      for (const [policy, parents] of expecting) if (!level.has(policy)) addNode(level, policy, parents);
    }
    this.#levels.push(level);
    this.#prune();
  }

  /** RFC 9618, 5.5, step (b). */
  mapPolicies(mappings: readonly PolicyMapping[], isMappingAllowed: boolean): void {
    const level = this.#levels?.at(-1);
    if (!level) return;
    const targets = new Map<string, Set<string>>();
    for (const { issuerDomainPolicy, subjectDomainPolicy } of mappings) {
      const set = targets.get(issuerDomainPolicy);
      if (set) set.add(subjectDomainPolicy);
      else targets.set(issuerDomainPolicy, new Set([subjectDomainPolicy]));
    }
    if (isMappingAllowed) {
      for (const [policy, expected] of targets) {
        const node = level.get(policy) ?? this.#addBesideAnyPolicy(level, policy);
        if (node) node.expected = expected;
      }
      return;
    }
    for (const policy of targets.keys()) {
      const node = level.get(policy);
      if (!node) continue;
      level.delete(policy);
      for (const parent of node.parents) parent.children -= 1;
    }
    this.#prune();
  }

  /**
   * RFC 9618, 5.6, step (g): what the authorities' policies and the initial policies have in common.
   *
   * @param initialPolicies undefined for any-policy
   * @returns undefined when nothing is left; otherwise policies of the anchor's domain, `anyPolicy` if all are valid
   */
  constrain(initialPolicies: ReadonlySet<string> | undefined): ReadonlySet<string> | undefined {
    const levels = this.#levels;
    if (!levels) return undefined;
    const valid = new Set<string>();
    for (const level of levels) {
      for (const node of level.values()) {
        const isOfTheAnchorsDomain =
          node.policy !== OID.anyPolicy && [...node.parents].some(({ policy }) => policy === OID.anyPolicy);
        if (isOfTheAnchorsDomain) valid.add(node.policy);
      }
    }
    const endsInAnyPolicy = levels.at(-1)?.has(OID.anyPolicy) === true;
    const isUnconstrained = initialPolicies === undefined || initialPolicies.has(OID.anyPolicy);
    const constrained = isUnconstrained
      ? new Set([...valid, ...(endsInAnyPolicy ? [OID.anyPolicy] : [])])
      : new Set([...initialPolicies].filter((policy) => endsInAnyPolicy || valid.has(policy)));
    return constrained.size === 0 ? undefined : constrained;
  }

  #addBesideAnyPolicy(level: Level, policy: string): PolicyNode | undefined {
    const anyPolicyAbove = this.#levels?.at(-2)?.get(OID.anyPolicy);
    if (!level.has(OID.anyPolicy) || !anyPolicyAbove) return undefined;
    return addNode(level, policy, [anyPolicyAbove]);
  }

  /** Step (d) (3): nodes above the last level that have no children go, until all have. */
  #prune(): void {
    const levels = this.#levels;
    if (!levels) return;
    for (let depth = levels.length - 2; depth >= 0; depth -= 1) {
      for (const [policy, node] of levels[depth] ?? []) {
        if (node.children > 0) continue;
        levels[depth]?.delete(policy);
        for (const parent of node.parents) parent.children -= 1;
      }
    }
    if (levels[0]?.size === 0 || levels.at(-1)?.size === 0) this.#levels = undefined;
  }
}

function addNode(level: Level, policy: string, parents: readonly PolicyNode[]): PolicyNode {
  for (const parent of parents) parent.children += 1;
  const expected = policy === OID.anyPolicy ? ANY_POLICY : new Set([policy]);
  const node: PolicyNode = { policy, expected, parents: new Set(parents), children: 0 };
  level.set(policy, node);
  return node;
}

function indexByExpected(level: Level): Map<string, PolicyNode[]> {
  const index = new Map<string, PolicyNode[]>();
  for (const node of level.values()) {
    for (const policy of node.expected) {
      const nodes = index.get(policy);
      if (nodes) nodes.push(node);
      else index.set(policy, [node]);
    }
  }
  return index;
}
