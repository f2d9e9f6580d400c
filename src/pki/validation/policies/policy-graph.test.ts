import { describe, expect, test } from 'vitest';
import { encodeElement, encodeOid, encodeSequence } from '../../der/der-writer.ts';
import { OID } from '../../der/oid.ts';
import { trustAnchorOf } from '../path-inputs.ts';
import { describeReasons } from '../testing/describe-reasons.ts';
import {
  certificatePolicies,
  extension,
  policyConstraints,
  policyMappings,
  type TestExtension,
} from '../testing/extensions.ts';
import { makeAuthority, makeCertificate, TEST_TIME, type TestEntity } from '../testing/test-pki.ts';
import { validateCertificationPath } from '../validate-certification-path.ts';
import { PolicyGraph } from './policy-graph.ts';

const [P1, P2, P3] = ['1.2.3.1', '1.2.3.2', '1.2.3.3'];
const root = makeAuthority('CN=Root');

/** One authority for each list of extensions, the last an end entity. */
function validate(
  levels: readonly (readonly TestExtension[])[],
  initialPolicies?: readonly string[],
  initialExplicitPolicy = true,
) {
  const path: TestEntity[] = [];
  for (const [index, extensions] of levels.entries()) {
    const issuer = path.at(-1) ?? root;
    const make = index === levels.length - 1 ? makeCertificate : makeAuthority;
    path.push(make(`CN=${index}`, { issuer, extensions }));
  }
  return validateCertificationPath({
    anchor: trustAnchorOf(root.certificate),
    path: path.map(({ certificate }) => certificate),
    inputs: { time: TEST_TIME, initialExplicitPolicy, ...(initialPolicies && { initialPolicies }) },
  });
}

const policies = certificatePolicies;

describe('the policies of a path', () => {
  test.each<
    [string, readonly (readonly TestExtension[])[], readonly string[] | undefined, readonly string[]]
  >([
    ['one everywhere', [[policies(P1)], [policies(P1)]], undefined, [P1]],
    ['what all have in common', [[policies(P1, P2)], [policies(P2, P3)]], undefined, [P2]],
    ['any, then one', [[policies(OID.anyPolicy)], [policies(P1)]], undefined, [P1]],
    ['one, then any', [[policies(P1)], [policies(OID.anyPolicy)]], undefined, [P1]],
    ['any everywhere', [[policies(OID.anyPolicy)], [policies(OID.anyPolicy)]], undefined, [OID.anyPolicy]],
    ['any everywhere, one asked for', [[policies(OID.anyPolicy)], [policies(OID.anyPolicy)]], [P3], [P3]],
    [
      'mapped, told in the words of the anchor',
      [[policies(P1), policyMappings([P1, P2])], [policies(P2)]],
      undefined,
      [P1],
    ],
    [
      'mapped to two',
      [[policies(P1), policyMappings([P1, P2], [P1, P3])], [policies(P2, P3)]],
      undefined,
      [P1],
    ],
    [
      'two mapped to one',
      [[policies(P1, P2), policyMappings([P1, P3], [P2, P3])], [policies(P3)]],
      undefined,
      [P1, P2],
    ],
    [
      'mapped beside any',
      [[policies(OID.anyPolicy), policyMappings([P1, P2])], [policies(P2)]],
      undefined,
      [P1, P2].slice(0, 1),
    ],
    [
      'mapped, and any below',
      [[policies(P1), policyMappings([P1, P2])], [policies(OID.anyPolicy)]],
      undefined,
      [P1],
    ],
  ])('%s', (_, levels, initial, expected) => {
    const outcome = validate(levels, initial);
    expect(describeReasons(outcome)).toEqual([]);
    expect([...outcome.policies].sort()).toEqual(expected);
  });

  test.each<[string, readonly (readonly TestExtension[])[], readonly string[] | undefined, string]>([
    ['nothing in common', [[policies(P1)], [policies(P2)]], undefined, '2 policy-missing'],
    ['none in one of them', [[], [policies(P2)]], undefined, '1 policy-missing'],
    ['another than is asked for', [[policies(P1)], [policies(P1)]], [P2], '2 policy-missing'],
    [
      'mapped, and the old one below',
      [[policies(P1), policyMappings([P1, P2])], [policies(P1)]],
      undefined,
      '2 policy-missing',
    ],
    [
      'the mapped one is not of the anchor’s domain',
      [[policies(P1), policyMappings([P1, P2])], [policies(P2)]],
      [P2],
      '2 policy-missing',
    ],
    [
      'mapping inhibited',
      [
        [policies(P1), policyConstraints(undefined, 0)],
        [policies(P1), policyMappings([P1, P2])],
        [policies(P2)],
      ],
      undefined,
      '3 policy-missing',
    ],
    [
      'the same policy twice',
      [[policies(P1, P1)], [policies(P1)]],
      undefined,
      '1 extension-malformed,1 policy-missing',
    ],
  ])('%s', (_, levels, initial, expected) => {
    expect(describeReasons(validate(levels, initial)).join()).toBe(expected);
  });

  test('an end entity can ask for a policy itself', () => {
    const levels = [[], [policyConstraints(0)]];
    expect(describeReasons(validate(levels, undefined, false))).toEqual(['2 policy-missing']);
    expect(describeReasons(validate([[], [policyConstraints(1)]], undefined, false))).toEqual([]);
  });

  test('a critical extension with a qualifier that nobody knows is refused', () => {
    const qualified = (isCritical: boolean) =>
      extension(
        OID.certificatePolicies,
        encodeSequence(
          encodeSequence(
            encodeOid(P1 ?? ''),
            encodeSequence(encodeSequence(encodeOid('1.2.3.4'), encodeElement(0x05))),
          ),
        ),
        isCritical,
      );
    expect(describeReasons(validate([[policies(P1 ?? '')], [qualified(true)]]))).toEqual([
      '2 policy-qualifier-unknown',
    ]);
    expect(describeReasons(validate([[policies(P1 ?? '')], [qualified(false)]]))).toEqual([]);
  });
});

test('work grows with the size of the extensions, not with the ways through them', () => {
  // In the tree of RFC 5280 this has 60 to the power of 16 nodes.
  const all = Array.from({ length: 60 }, (_, index) => `1.2.3.${index}`);
  const crossed = all.flatMap((from) =>
    all.map((to) => ({ issuerDomainPolicy: from, subjectDomainPolicy: to })),
  );
  const graph = new PolicyGraph();
  const startedAt = performance.now();
  for (let depth = 0; depth < 16; depth += 1) {
    graph.addCertificate(new Set(all), true);
    graph.mapPolicies(crossed, true);
  }
  graph.addCertificate(new Set(all), true);
  expect([...(graph.constrain(undefined) ?? [])].sort()).toEqual([...all].sort());
  expect(performance.now() - startedAt).toBeLessThan(3000);
});
