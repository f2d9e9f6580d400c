/** The state of name constraints along a path: permitted_subtrees and excluded_subtrees (RFC 5280, 6.1.2 to 6.1.4). */
import type { Certificate } from '../../x509/certificate.ts';
import { formatGeneralName, type GeneralName, type GeneralNameForm } from '../../x509/general-name.ts';
import { rulesOf } from '../certificate-rules.ts';
import type { WorkBudget } from '../work-budget.ts';
import { matchSubtree } from './subtree-match.ts';

export type NameFinding =
  | {
      readonly code: 'name-not-permitted' | 'name-malformed';
      readonly form: GeneralNameForm;
      readonly name: string;
    }
  | {
      readonly code: 'name-excluded';
      readonly form: GeneralNameForm;
      readonly name: string;
      readonly subtree: string;
    }
  | { readonly code: 'name-constraint-unsupported'; readonly form: GeneralNameForm }
  | { readonly code: 'work-exhausted'; readonly kind: 'name-comparisons' };

export interface Subtrees {
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
}

interface SubtreeSet extends Subtrees {
  readonly isCritical: boolean;
}

export class ConstrainedNames {
  /**
   * One for each authority that constrains. A name must be in a permitted subtree of every one that constrains its
   * form, which is what intersecting the subtrees means.
   */
  readonly #sets: SubtreeSet[] = [];
  readonly #budget: WorkBudget;

  constructor(budget: WorkBudget) {
    this.#budget = budget;
  }

  constrain(subtrees: Subtrees, isCritical: boolean): void {
    this.#sets.push({ ...subtrees, isCritical });
  }

  /** Steps (b) and (c). The first thing wrong with each name. */
  check(certificate: Certificate): readonly NameFinding[] {
    if (this.#sets.length === 0) return [];
    const findings: NameFinding[] = [];
    for (const name of namesOf(certificate)) {
      const finding = this.#checkName(name);
      if (finding) findings.push(finding);
      if (finding?.code === 'work-exhausted') break;
    }
    return findings;
  }

  #checkName(name: GeneralName): NameFinding | undefined {
    const { form } = name;
    for (const set of this.#sets) {
      const permitted = set.permitted.filter((base) => base.form === form);
      const excluded = set.excluded.filter((base) => base.form === form);
      if (!this.#budget.spend('name-comparisons', set.permitted.length + set.excluded.length)) {
        return { code: 'work-exhausted', kind: 'name-comparisons' };
      }
      const matches = permitted.map((base) => matchSubtree(name, base, 'permitted'));
      const isUnsupported = [...permitted, ...excluded].some(
        (base) => matchSubtree(name, base, 'excluded') === 'unsupported',
      );
      if (isUnsupported) {
        // RFC 5280, 4.2.1.10: a critical constraint is processed, or the certificate refused.
        if (set.isCritical) return { code: 'name-constraint-unsupported', form };
        continue;
      }
      if (matches.includes('malformed'))
        return { code: 'name-malformed', form, name: formatGeneralName(name) };
      if (permitted.length > 0 && !matches.includes('inside')) {
        return { code: 'name-not-permitted', form, name: formatGeneralName(name) };
      }
      for (const base of excluded) {
        const match = matchSubtree(name, base, 'excluded');
        if (match === 'malformed') return { code: 'name-malformed', form, name: formatGeneralName(name) };
        if (match === 'inside') {
          const subtree = formatGeneralName(base);
          return { code: 'name-excluded', form, name: formatGeneralName(name), subtree };
        }
      }
    }
    return undefined;
  }
}

function namesOf(certificate: Certificate): readonly GeneralName[] {
  const { subjectAltNames, subjectEmailAddresses, isSubjectEmpty } = rulesOf(certificate);
  const subject: GeneralName[] = isSubjectEmpty ? [] : [{ form: 'directoryName', name: certificate.subject }];
  // RFC 5280, 4.2.1.10: without an alternative name, the constraint on mailboxes applies to emailAddress.
  const mailboxes: GeneralName[] =
    subjectAltNames.length > 0 ? [] : subjectEmailAddresses.map((text) => ({ form: 'rfc822Name', text }));
  return [...subject, ...mailboxes, ...subjectAltNames];
}
