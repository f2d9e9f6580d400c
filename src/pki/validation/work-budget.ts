/**
 * How much work one question may cost. What is validated comes from strangers, and a few kilobytes of certificates can
 * describe more paths, names and policies than anybody can go through.
 */
export interface WorkLimits {
  /** Signatures verified, each at most once. */
  readonly maxSignatures: number;
  /** Complete paths that are tried. */
  readonly maxPaths: number;
  /** Certificates looked at while looking for paths. */
  readonly maxSteps: number;
  /** Names compared with name constraints. */
  readonly maxNameComparisons: number;
  /** Policies and mappings gone through, in every path anew. */
  readonly maxPolicies: number;
}

export const DEFAULT_WORK_LIMITS: WorkLimits = {
  maxSignatures: 200,
  maxPaths: 60,
  maxSteps: 2000,
  maxNameComparisons: 250_000,
  maxPolicies: 250_000,
};

export type WorkKind = 'signatures' | 'paths' | 'steps' | 'name-comparisons' | 'policies';

export class WorkBudget {
  readonly #left: Record<WorkKind, number>;
  #exhausted: WorkKind | undefined;

  constructor(limits: Partial<WorkLimits> = {}) {
    const all = { ...DEFAULT_WORK_LIMITS, ...limits };
    this.#left = {
      signatures: all.maxSignatures,
      paths: all.maxPaths,
      steps: all.maxSteps,
      'name-comparisons': all.maxNameComparisons,
      policies: all.maxPolicies,
    };
  }

  /** False when there is not enough left: then the work must not be done. */
  spend(kind: WorkKind, amount = 1): boolean {
    if (this.#left[kind] < amount) {
      this.#exhausted ??= kind;
      return false;
    }
    this.#left[kind] -= amount;
    return true;
  }

  /** What ran out first. */
  get exhausted(): WorkKind | undefined {
    return this.#exhausted;
  }
}
