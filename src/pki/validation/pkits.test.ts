/** The yardstick: NIST PKITS. Every case, and for each invalid one the reason that its title names. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { indexRevocationList } from '../crl/indexed-revocation-list.ts';
import { parseRevocationList } from '../crl/parse-revocation-list.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { type PathInputs, trustAnchorOf } from './path-inputs.ts';
import { describeReasons } from './testing/describe-reasons.ts';
import { PKITS_REASONS } from './testing/pkits-reasons.ts';
import { buildCertificationPath, validateCertificationPath } from './validate-certification-path.ts';

const FOLDER = resolve(import.meta.dirname, '../../../test/vectors/pkits');

interface PkitsCase {
  readonly id: string;
  readonly title: string;
  readonly certificates: readonly string[];
  readonly crls: readonly string[];
  readonly valid: boolean;
  readonly initialPolicySet?: readonly string[];
  readonly userConstrainedPolicySet?: readonly string[];
  readonly initialExplicitPolicy?: boolean;
  readonly initialPolicyMappingInhibit?: boolean;
  readonly initialInhibitAnyPolicy?: boolean;
}

interface Pkits {
  readonly validationTime: string;
  readonly policies: Readonly<Record<string, string>>;
  readonly cases: readonly PkitsCase[];
}

const PKITS: Pkits = JSON.parse(readFileSync(resolve(FOLDER, 'cases.json'), 'utf8'));

const policyOf = (name: string): string => PKITS.policies[name] ?? `no such policy: ${name}`;
const certificateOf = (name: string): Certificate =>
  parseCertificate(readFileSync(resolve(FOLDER, 'certs', `${name}.crt`)));
const listOf = (name: string) =>
  indexRevocationList(parseRevocationList(readFileSync(resolve(FOLDER, 'crls', `${name}.crl`))));

function inputsOf(pkitsCase: PkitsCase): PathInputs {
  return {
    time: new Date(PKITS.validationTime),
    ...(pkitsCase.initialPolicySet && { initialPolicies: pkitsCase.initialPolicySet.map(policyOf) }),
    initialExplicitPolicy: pkitsCase.initialExplicitPolicy === true,
    initialPolicyMappingInhibit: pkitsCase.initialPolicyMappingInhibit === true,
    initialAnyPolicyInhibit: pkitsCase.initialInhibitAnyPolicy === true,
    // The suite signs with DSA and SHA-1 in section 4.1.
    weakDigests: 'accepted',
  };
}

function open(pkitsCase: PkitsCase) {
  const [anchor, ...others] = pkitsCase.certificates.map(certificateOf);
  const endEntity = others.at(-1);
  if (!anchor || !endEntity) throw new RangeError(pkitsCase.id);
  return {
    anchor: trustAnchorOf(anchor),
    others,
    endEntity,
    revocation: { lists: pkitsCase.crls.map(listOf) },
    inputs: inputsOf(pkitsCase),
  };
}

test('all 164 cases are here', () => {
  expect(PKITS.cases).toHaveLength(164);
  const invalid = PKITS.cases.filter(({ valid }) => !valid).map(({ id, title }) => `${id} ${title}`);
  expect(Object.keys(PKITS_REASONS).sort()).toEqual(invalid.sort());
});

describe('a path is built and validated', () => {
  test.each(PKITS.cases.map((pkitsCase) => [`${pkitsCase.id} ${pkitsCase.title}`, pkitsCase] as const))(
    '%s',
    (name, pkitsCase) => {
      const { anchor, others, endEntity, ...question } = open(pkitsCase);
      const outcome = buildCertificationPath({
        endEntity,
        anchors: [anchor],
        certificates: others,
        ...question,
      });
      expect(describeReasons(outcome)).toEqual(pkitsCase.valid ? [] : PKITS_REASONS[name]);
      expect(outcome.verdict === 'valid').toBe(pkitsCase.valid);
      if (pkitsCase.valid) {
        const { userConstrainedPolicySet = ['NIST-test-policy-1'] } = pkitsCase;
        expect([...outcome.policies].sort()).toEqual(userConstrainedPolicySet.map(policyOf).sort());
      }
    },
  );
});

/** Cases whose certificates are not all one path: signers of lists lie beside it, or names do not chain. */
const OF_MANY_PATHS = /^4\.(?:3\.[12]|4\.19|4\.20|4\.21|5\.[345678])$/;

describe('the path as it is given is validated', () => {
  const cases = PKITS.cases.filter(({ id }) => !OF_MANY_PATHS.test(id));
  test.each(cases.map((pkitsCase) => [`${pkitsCase.id} ${pkitsCase.title}`, pkitsCase] as const))(
    '%s',
    (name, pkitsCase) => {
      const { others, endEntity: _, ...question } = open(pkitsCase);
      const outcome = validateCertificationPath({ path: others, ...question });
      expect(describeReasons(outcome)).toEqual(pkitsCase.valid ? [] : PKITS_REASONS[name]);
    },
  );

  test.each(['4.3.1', '4.3.2'])('%s: names that do not chain are told as such', (id) => {
    const pkitsCase = PKITS.cases.find((candidate) => candidate.id === id);
    if (!pkitsCase) throw new RangeError(id);
    const { others, endEntity: _, ...question } = open(pkitsCase);
    expect(describeReasons(validateCertificationPath({ path: others, ...question }))).toEqual([
      '2 issuer-name-mismatch',
    ]);
  });
});

test('a signature over SHA-1 is refused where the caller does not accept it', () => {
  const pkitsCase = PKITS.cases.find(({ id }) => id === '4.1.4');
  if (!pkitsCase) throw new RangeError('4.1.4');
  const { others, endEntity: _, inputs, ...question } = open(pkitsCase);
  const outcome = validateCertificationPath({
    path: others,
    ...question,
    inputs: { ...inputs, weakDigests: 'refused' },
  });
  expect(outcome.verdict).toBe('invalid');
  expect(describeReasons(outcome)).toEqual(['2 signature-algorithm-weak']);
});
