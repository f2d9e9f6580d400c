/** OpenSSL as the oracle: the same chains with random faults, the same answer, and its reason among ours. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { indexRevocationList } from '../crl/indexed-revocation-list.ts';
import { parseRevocationList } from '../crl/parse-revocation-list.ts';
import { OID } from '../der/oid.ts';
import { encodePem } from '../pem/pem.ts';
import { directoryWith } from '../testing/run-program.ts';
import { trustAnchorOf } from './path-inputs.ts';
import type { PathReasonCode } from './reasons.ts';
import { describeReasons } from './testing/describe-reasons.ts';
import { makeRandomChain, type RandomChain } from './testing/random-chain.ts';
import { TEST_TIME } from './testing/test-pki.ts';
import { buildCertificationPath } from './validate-certification-path.ts';

/** Thousands were compared once; these keep watch. */
const CASES = 60;
const FIRST = 230;

/** Numbers of X509_V_ERR_… and what they are called here. */
const CODES: Readonly<Record<number, readonly PathReasonCode[]>> = {
  3: ['revocation-unknown'], // unable to get CRL
  7: ['signature-mismatch'],
  8: ['revocation-unknown'], // CRL signature failure
  9: ['certificate-not-yet-valid'],
  10: ['certificate-expired'],
  11: ['revocation-unknown'], // CRL is not yet valid
  12: ['revocation-unknown'], // CRL has expired
  20: ['issuer-missing', 'signature-mismatch'],
  23: ['certificate-revoked', 'certificate-on-hold'],
  25: ['path-length-exceeded'],
  32: ['key-usage-missing'],
  34: ['extension-critical-unknown'],
  35: ['revocation-unknown'], // key usage does not include CRL signing
  36: ['revocation-unknown'], // unhandled critical CRL extension
  42: ['policy-mapping-any'],
  43: ['policy-missing'],
  44: ['revocation-unknown'], // different CRL scope
  47: ['name-not-permitted'],
  48: ['name-excluded'],
  79: ['authority-flag-missing', 'basic-constraints-missing', 'key-usage-missing'], // invalid CA certificate
  80: ['profile-violated', 'authority-flag-missing'], // path length without the flag
  81: ['profile-violated', 'key-usage-missing'], // path length without keyCertSign
  82: ['profile-violated', 'authority-flag-missing'], // keyCertSign without the flag
  85: ['profile-violated'], // authority key identifier missing
  86: ['profile-violated'], // subject key identifier missing
  89: ['profile-violated'], // basic constraints not critical
  92: ['profile-violated'], // CA certificate without key usage
};

/** Where both refuse and OpenSSL names something that is not told here, with why. */
const EXPLAINED: readonly {
  readonly ours: PathReasonCode;
  readonly theirs: readonly number[];
  readonly because: string;
}[] = [
  {
    ours: 'signature-mismatch',
    theirs: [3, 8, 11, 12, 23, 35, 36, 43, 44],
    because:
      'OpenSSL asks about revocation and policies before it verifies signatures; here nobody is asked whose key is not proven',
  },
  {
    ours: 'revocation-unknown',
    theirs: [23],
    because: 'OpenSSL goes on to read a list that it has just refused for its dates',
  },
  {
    ours: 'certificate-revoked',
    theirs: [12],
    because:
      'a revocation in an old list still stands here; OpenSSL says that the list is old, and then the same',
  },
];

function askOpenssl(
  directory: string,
  chain: RandomChain,
): { status: number; errors: readonly number[]; text: string } {
  const file = (name: string, label: string, all: readonly Uint8Array[]) => {
    writeFileSync(join(directory, name), all.map((der) => encodePem(label, der)).join(''));
    return name;
  };
  const { status, stdout, stderr } = spawnSync(
    'openssl',
    [
      ...['verify', '-crl_check_all', '-policy_check', '-x509_strict', '-no-CApath', '-no-CAstore'],
      ...['-attime', String(TEST_TIME.getTime() / 1000)],
      ...(chain.explicitPolicy ? ['-explicit_policy'] : []),
      // Without it nothing is a policy that anybody wants, and explicit policies always fail.
      ...['-policy', chain.initialPolicy ?? OID.anyPolicy],
      ...['-CAfile', file('root.pem', 'CERTIFICATE', [chain.root.der])],
      ...[
        '-untrusted',
        file(
          'path.pem',
          'CERTIFICATE',
          chain.path.slice(0, -1).map(({ der }) => der),
        ),
      ],
      ...(chain.listsDer.length === 0 ? [] : ['-CRLfile', file('lists.pem', 'X509 CRL', chain.listsDer)]),
      file(
        'x.pem',
        'CERTIFICATE',
        chain.path.slice(-1).map(({ der }) => der),
      ),
    ],
    { cwd: directory, encoding: 'utf8' },
  );
  const text = `${stdout}${stderr}`;
  const errors = [...text.matchAll(/error (\d+) at/g)].map(([, number]) => Number(number));
  return { status: status ?? -1, errors, text };
}

test(`OpenSSL and Propusk agree about ${CASES} chains`, () => {
  const directory = directoryWith({});
  const disagreements: string[] = [];
  const verdicts = { valid: 0, not: 0 };
  for (let seed = FIRST; seed < FIRST + CASES; seed += 1) {
    const chain = makeRandomChain(seed);
    const endEntity = chain.path.at(-1);
    if (!endEntity) throw new RangeError('an empty chain');
    const outcome = buildCertificationPath({
      endEntity,
      anchors: [trustAnchorOf(chain.root)],
      certificates: chain.path,
      revocation: { lists: chain.listsDer.map((der) => indexRevocationList(parseRevocationList(der))) },
      inputs: {
        time: TEST_TIME,
        conformity: 'rfc5280',
        initialExplicitPolicy: chain.explicitPolicy,
        ...(chain.initialPolicy !== undefined && { initialPolicies: [chain.initialPolicy] }),
      },
    });
    const peer = askOpenssl(directory, chain);
    verdicts[outcome.verdict === 'valid' ? 'valid' : 'not'] += 1;
    const isSameVerdict = (outcome.verdict === 'valid') === (peer.status === 0);
    const ours = new Set(outcome.reasons.map(({ code }) => code));
    const isSameReason = peer.errors.every(
      (number) =>
        CODES[number]?.some((code) => ours.has(code)) ||
        EXPLAINED.some((explained) => ours.has(explained.ours) && explained.theirs.includes(number)),
    );
    if (isSameVerdict && isSameReason) continue;
    disagreements.push(
      `seed ${seed} [${chain.faults.join('; ')}] explicit ${chain.explicitPolicy} ${chain.initialPolicy ?? ''}: ${describeReasons(outcome).join(', ') || 'valid'} / ${peer.text.replaceAll('\n', ' ')}`,
    );
  }
  expect(disagreements).toEqual([]);
  expect(verdicts.valid).toBeGreaterThan(CASES / 10);
  expect(verdicts.not).toBeGreaterThan(CASES / 10);
}, 240_000);
