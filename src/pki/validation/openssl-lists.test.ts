/** OpenSSL as the oracle for lists: points, partitions, indirect and delta lists in random combinations. */
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
import { describeReasons } from './testing/describe-reasons.ts';
import {
  distributionPoints,
  extension,
  issuingDistributionPoint,
  keyUsage,
  generalName as name,
  numbers,
  type PointName,
} from './testing/extensions.ts';
import { seeded } from './testing/random-chain.ts';
import {
  daysFromNow,
  type ListSpec,
  makeAuthority,
  makeCertificate,
  makeListDer,
  TEST_TIME,
} from './testing/test-pki.ts';
import { validateCertificationPath } from './validate-certification-path.ts';

/** Hundreds were compared once; these keep watch. */
const CASES = 50;

const root = makeAuthority('CN=Root');
/** The status of the other signer is known from a point of its own, so that it decides nothing. */
const SIGNERS: PointName = { full: [name.uri('http://signers.example/')] };
const signer = makeCertificate('CN=Signer', {
  issuer: root,
  extensions: [keyUsage('cRLSign'), distributionPoints({ name: SIGNERS })],
});
const listOfSigners = makeListDer(root, { extensions: [issuingDistributionPoint({ name: SIGNERS })] });
/** OpenSSL looks at delta lists only where one is announced; here whatever is given is used. */
const announced = extension(
  OID.freshestCRL,
  distributionPoints({ name: { full: [name.uri('http://delta.example/')] } }).value,
);
const directory = () =>
  directoryWith({ 'root.pem': root.certificate.der, 'signer.pem': signer.certificate.der });

const NAMES: readonly (PointName | undefined)[] = [
  undefined,
  undefined,
  { full: [name.uri('http://a.example/')] },
  { full: [name.uri('http://b.example/'), name.directory('CN=Root,CN=List')] },
  { relative: 'CN=List' },
];
const REASONS = [undefined, undefined, [1, 2, 3], [4, 5, 6, 7, 8]] as const;

function makeCase(seed: number) {
  const next = seeded(seed * 40_503 + 17);
  for (let round = 0; round < 9; round += 1) next(2);
  const pick = <T>(all: readonly T[]): T | undefined => all[next(all.length)];
  const told: string[] = [];
  const points = Array.from({ length: next(3) }, () => {
    const [pointName, reasons] = [pick(NAMES), pick(REASONS)];
    const issuer = next(3) === 0 ? 'CN=Signer' : undefined;
    // One of the two is obligatory.
    const full = pointName ?? (issuer === undefined ? NAMES[2] : undefined);
    told.push(`point ${JSON.stringify({ name: NAMES.indexOf(full), reasons, issuer })}`);
    return {
      ...(full && { name: full }),
      ...(reasons && { reasons }),
      ...(issuer !== undefined && { issuer }),
    };
  });
  const { certificate } = makeCertificate('CN=x', {
    issuer: root,
    extensions: [announced, ...(points.length === 0 ? [] : [distributionPoints(...points)])],
  });
  const lists = Array.from({ length: 1 + next(3) }, () => {
    const issuer = next(3) === 0 ? signer : root;
    // Where the certificate has points, OpenSSL does not try the one that RFC 5280, 6.3.3 assumes besides: lists that
    // would be in its scope are left out.
    const isNamed = points.length > 0 && issuer === root;
    const [listName, onlySomeReasons] = [pick(isNamed ? NAMES.slice(2) : NAMES), pick(REASONS)];
    const kind = next(6);
    const isIndirect = issuer === signer ? next(5) > 0 : next(5) === 0;
    const isPlain = !listName && !onlySomeReasons && kind > 1 && !isIndirect;
    const scope = isPlain
      ? []
      : [
          issuingDistributionPoint({
            ...(listName && { name: listName }),
            ...(onlySomeReasons && { onlySomeReasons }),
            onlyUser: kind === 0,
            onlyAuthorities: kind === 1,
            isIndirect,
          }),
        ];
    const listed = next(4);
    const entries =
      listed > 1
        ? []
        : [
            {
              certificate,
              reason: listed === 0 ? 1 : 6,
              ...(isIndirect && next(3) > 0 && { issuer: 'CN=Root' }),
            },
          ];
    const age = next(5) === 0 ? { thisUpdate: daysFromNow(-9), nextUpdate: daysFromNow(-2) } : {};
    told.push(
      `list of ${issuer.name} ${JSON.stringify({ name: NAMES.indexOf(listName), onlySomeReasons, kind, isIndirect, entries: entries.map(({ reason }) => reason), age })}`,
    );
    const complete: ListSpec = { number: 5, entries, extensions: scope, ...age };
    const withDelta = next(3);
    if (withDelta > 0) return [makeListDer(issuer, complete)];
    const change = pick([undefined, 1, 6, 8]);
    const base = 4 + next(3);
    told.push(`delta of it ${JSON.stringify({ change, base })}`);
    const delta: ListSpec = {
      number: 6,
      thisUpdate: daysFromNow(-0.5),
      entries:
        change === undefined
          ? []
          : [{ certificate, reason: change, ...(isIndirect && { issuer: 'CN=Root' }) }],
      extensions: [...scope, numbers.deltaBase(base)],
    };
    return [makeListDer(issuer, complete), makeListDer(issuer, delta)];
  }).flat();
  return {
    certificate,
    listsDer: [...lists, listOfSigners],
    told,
    hasNamelessPoint: points.some((point) => !('name' in point)),
  };
}

test(`OpenSSL and Propusk agree about ${CASES} collections of lists`, () => {
  const folder = directory();
  const disagreements: string[] = [];
  const verdicts = { valid: 0, not: 0 };
  for (let seed = 1; seed <= CASES; seed += 1) {
    const { certificate, listsDer, told, hasNamelessPoint } = makeCase(seed);
    writeFileSync(join(folder, 'x.pem'), encodePem('CERTIFICATE', certificate.der));
    writeFileSync(join(folder, 'lists.pem'), listsDer.map((der) => encodePem('X509 CRL', der)).join(''));
    const { status, stdout, stderr } = spawnSync(
      'openssl',
      [
        ...['verify', '-crl_check', '-extended_crl', '-use_deltas', '-no-CApath', '-no-CAstore'],
        ...['-attime', String(TEST_TIME.getTime() / 1000), '-CAfile', 'root.pem', '-untrusted', 'signer.pem'],
        ...['-CRLfile', 'lists.pem', 'x.pem'],
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    const outcome = validateCertificationPath({
      anchor: trustAnchorOf(root.certificate),
      path: [certificate],
      certificates: [signer.certificate],
      revocation: { lists: listsDer.map((der) => indexRevocationList(parseRevocationList(der))) },
      inputs: { time: TEST_TIME },
    });
    verdicts[outcome.verdict === 'valid' ? 'valid' : 'not'] += 1;
    if ((outcome.verdict === 'valid') === (status === 0)) continue;
    // RFC 5280, 6.3.3 (b) (2) (i) compares the name of a list with the issuer that a nameless point gives; OpenSSL
    // takes a nameless point for any name.
    if (hasNamelessPoint && status === 0 && describeReasons(outcome).join().includes('list-scope-other'))
      continue;
    disagreements.push(
      `seed ${seed} ${told.join(' | ')}: ${describeReasons(outcome).join(', ') || 'valid'} / ${stdout}${stderr}`.replaceAll(
        '\n',
        ' ',
      ),
    );
  }
  expect(disagreements).toEqual([]);
  expect(verdicts.valid).toBeGreaterThan(CASES / 20);
  expect(verdicts.not).toBeGreaterThan(CASES / 5);
}, 240_000);
