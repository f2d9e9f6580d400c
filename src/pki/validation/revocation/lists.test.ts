/** Distribution points, partitions, indirect and delta lists: PKITS 4.14 and 4.15 with chains of our own. */
import { describe, expect, test } from 'vitest';
import type { IndexedRevocationList } from '../../crl/indexed-revocation-list.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { trustAnchorOf } from '../path-inputs.ts';
import { describeReasons } from '../testing/describe-reasons.ts';
import {
  distributionPoints,
  extension,
  issuingDistributionPoint,
  keyUsage,
  generalName as name,
  numbers,
  type TestExtension,
} from '../testing/extensions.ts';
import {
  daysFromNow,
  makeAuthority,
  makeCertificate,
  makeKey,
  makeList,
  TEST_TIME,
} from '../testing/test-pki.ts';
import { validateCertificationPath } from '../validate-certification-path.ts';

const root = makeAuthority('CN=Root');
const anchor = trustAnchorOf(root.certificate);

function check(
  certificate: Certificate,
  lists: readonly IndexedRevocationList[],
  certificates: readonly Certificate[] = [],
) {
  return validateCertificationPath({
    anchor,
    path: [certificate],
    certificates,
    revocation: { lists },
    inputs: { time: TEST_TIME },
  });
}

const reasonsOf = (...input: Parameters<typeof check>) => describeReasons(check(...input));
const certify = (...extensions: readonly TestExtension[]) =>
  makeCertificate('CN=x', { issuer: root, extensions }).certificate;

const REVOKED = ['1 certificate-revoked'];
const unknown = (...gaps: readonly string[]) => [`1 revocation-unknown: ${gaps.join(', ')}`];
const uri = (path: string) => ({ full: [name.uri(`http://crl.example/${path}`)] });

describe('the scope of a list', () => {
  test.each<[string, readonly TestExtension[], readonly TestExtension[], boolean]>([
    [
      'the same address',
      [distributionPoints({ name: uri('a') })],
      [issuingDistributionPoint({ name: uri('a') })],
      true,
    ],
    [
      'the host in another case',
      [distributionPoints({ name: { full: [name.uri('HTTP://CRL.example/a')] } })],
      [issuingDistributionPoint({ name: uri('a') })],
      true,
    ],
    [
      'the path in another case',
      [distributionPoints({ name: uri('A') })],
      [issuingDistributionPoint({ name: uri('a') })],
      false,
    ],
    [
      'one of several addresses',
      [distributionPoints({ name: { full: [name.uri('ldap://x/'), name.uri('http://crl.example/a')] } })],
      [issuingDistributionPoint({ name: uri('a') })],
      true,
    ],
    [
      'another address',
      [distributionPoints({ name: uri('b') })],
      [issuingDistributionPoint({ name: uri('a') })],
      false,
    ],
    ['an address in the list alone', [], [issuingDistributionPoint({ name: uri('a') })], false],
    ['an address in the certificate alone', [distributionPoints({ name: uri('a') })], [], true],
    [
      'one part of a name in both',
      [distributionPoints({ name: { relative: 'CN=List 1' } })],
      [issuingDistributionPoint({ name: { relative: 'CN=list 1' } })],
      true,
    ],
    [
      'a part of a name and the whole',
      [distributionPoints({ name: { relative: 'CN=List 1' } })],
      [issuingDistributionPoint({ name: { full: [name.directory('CN=Root,CN=List 1')] } })],
      true,
    ],
    [
      'another part of a name',
      [distributionPoints({ name: { relative: 'CN=List 1' } })],
      [issuingDistributionPoint({ name: { relative: 'CN=List 2' } })],
      false,
    ],
    [
      'the name of the issuer, which is assumed',
      [],
      [issuingDistributionPoint({ name: { full: [name.directory('CN=Root')] } })],
      true,
    ],
    ['end entities only', [], [issuingDistributionPoint({ onlyUser: true })], true],
    ['authorities only', [], [issuingDistributionPoint({ onlyAuthorities: true })], false],
    ['attribute certificates only', [], [issuingDistributionPoint({ onlyAttributes: true })], false],
    ['an indirect list of the issuer itself', [], [issuingDistributionPoint({ isIndirect: true })], true],
  ])('%s', (_, inCertificate, inList, isInScope) => {
    const certificate = certify(...inCertificate);
    const entries = [{ certificate, reason: 1 }];
    expect(reasonsOf(certificate, [makeList(root, { extensions: inList, entries })])).toEqual(
      isInScope ? REVOKED : unknown('list-scope-other'),
    );
    expect(reasonsOf(certificate, [makeList(root, { extensions: inList })])).toEqual(
      isInScope ? [] : unknown('list-scope-other'),
    );
  });

  test('a list about authorities is for authorities, one about end entities is not', () => {
    const { certificate } = makeAuthority('CN=Sub', { issuer: root });
    const lists = (point: Parameters<typeof issuingDistributionPoint>[0]) => [
      makeList(root, { extensions: [issuingDistributionPoint(point)] }),
    ];
    expect(reasonsOf(certificate, lists({ onlyAuthorities: true }))).toEqual([]);
    expect(reasonsOf(certificate, lists({ onlyUser: true }))).toEqual(unknown('list-scope-other'));
  });
});

describe('lists for some reasons', () => {
  const some = (...reasons: readonly number[]) => issuingDistributionPoint({ onlySomeReasons: reasons });
  const compromise = some(1, 2, 8);
  const rest = some(3, 4, 5, 6, 7);

  test('together they answer, one of them does not', () => {
    const certificate = certify();
    const [first, second] = [
      makeList(root, { extensions: [compromise] }),
      makeList(root, { extensions: [rest] }),
    ];
    expect(reasonsOf(certificate, [first, second])).toEqual([]);
    expect(reasonsOf(certificate, [first])).toEqual(unknown('list-reasons-partial'));
    const outcome = check(certificate, [first]);
    expect(outcome.reasons[0]).toMatchObject({ gaps: [{ missingReasons: 0b11111000 }] });
  });

  test('being on one of them is enough', () => {
    const certificate = certify();
    const lists = [
      makeList(root, { extensions: [compromise] }),
      makeList(root, { extensions: [rest], entries: [{ certificate, reason: 4 }] }),
    ];
    expect(reasonsOf(certificate, lists)).toEqual(REVOKED);
    expect(check(certificate, lists).reasons[0]).toMatchObject({
      reason: 'superseded',
      revokedAt: daysFromNow(-2),
    });
  });

  test('the reasons of the certificate’s point count, too', () => {
    const certificate = certify(
      distributionPoints(
        { name: uri('a'), reasons: [1, 2, 8] },
        { name: uri('b'), reasons: [3, 4, 5, 6, 7] },
      ),
    );
    const at = (path: string) =>
      makeList(root, { extensions: [issuingDistributionPoint({ name: uri(path) })] });
    expect(reasonsOf(certificate, [at('a'), at('b')])).toEqual([]);
    expect(reasonsOf(certificate, [at('a')])).toEqual(unknown('list-reasons-partial'));
  });
});

describe('lists of another issuer', () => {
  const listIssuer = makeCertificate('CN=List issuer', { issuer: root, extensions: [keyUsage('cRLSign')] });
  const indirect = issuingDistributionPoint({ isIndirect: true });
  const pool = [listIssuer.certificate];
  const ownLists = () => makeList(root);
  const certificate = certify(distributionPoints({ issuer: 'CN=List issuer' }));

  test('answer when the certificate names the issuer and the list is indirect', () => {
    const lists = [makeList(listIssuer, { extensions: [indirect] }), ownLists()];
    expect(reasonsOf(certificate, lists, pool)).toEqual([]);
  });

  test('are about the certificates of the issuer that an entry names', () => {
    const listing = (issuer?: string) => [
      makeList(listIssuer, {
        extensions: [indirect],
        entries: [{ certificate, reason: 1, ...(issuer !== undefined && { issuer }) }],
      }),
      ownLists(),
    ];
    expect(reasonsOf(certificate, listing('CN=ROOT'), pool)).toEqual(REVOKED);
    expect(reasonsOf(certificate, listing('CN=Another'), pool)).toEqual([]);
    expect(reasonsOf(certificate, listing(), pool)).toEqual([]);
  });

  test('name the issuer once for all entries that follow', () => {
    const another = certify();
    const lists = [
      makeList(listIssuer, {
        extensions: [indirect],
        entries: [{ certificate: another, issuer: 'CN=Root' }, { certificate }],
      }),
      ownLists(),
    ];
    expect(reasonsOf(certificate, lists, pool)).toEqual(REVOKED);
  });

  test('do not answer when they are not indirect', () => {
    expect(reasonsOf(certificate, [makeList(listIssuer)], pool)).toEqual(unknown('list-scope-other'));
  });

  test('do not answer when the certificate does not name them', () => {
    expect(reasonsOf(certify(), [makeList(listIssuer, { extensions: [indirect] })], pool)).toEqual(
      unknown('list-missing'),
    );
  });

  test('do not answer when the issuer’s certificate is missing, or revoked', () => {
    const list = makeList(listIssuer, { extensions: [indirect] });
    expect(reasonsOf(certificate, [list])).toEqual(unknown('list-issuer-missing'));
    const signer = makeCertificate('CN=List issuer', {
      issuer: root,
      extensions: [keyUsage('cRLSign'), distributionPoints({ name: uri('signers') })],
    });
    const about = (entries: readonly { certificate: Certificate }[]) => [
      makeList(signer, { extensions: [indirect] }),
      makeList(root, { entries, extensions: [issuingDistributionPoint({ name: uri('signers') })] }),
    ];
    expect(reasonsOf(certificate, about([]), [signer.certificate])).toEqual([]);
    expect(reasonsOf(certificate, about([signer]), [signer.certificate])).toEqual(
      unknown('list-issuer-not-valid', 'list-scope-other'),
    );
  });

  test('tell the status of their own signer only when nobody else does', () => {
    const key = makeKey();
    const signer = makeCertificate('CN=Root', { issuer: root, key, extensions: [keyUsage('cRLSign')] });
    const subject = certify();
    const own = makeList(signer);
    expect(reasonsOf(subject, [own], [signer.certificate])).toEqual([]);
    expect(
      reasonsOf(
        subject,
        [makeList(signer, { entries: [{ certificate: signer.certificate }] })],
        [signer.certificate],
      ),
    ).toEqual(unknown('list-issuer-not-valid'));
    const older = makeList(root, {
      thisUpdate: daysFromNow(-3),
      entries: [{ certificate: signer.certificate }],
    });
    // The newer list is not believed about its signer: the older one, which is signed by somebody else, counts.
    expect(describeReasons(check(signer.certificate, [own, older], [signer.certificate]))).toEqual(REVOKED);
  });

  test('are not taken from a key that may not sign lists', () => {
    const signer = makeCertificate('CN=Root', {
      issuer: root,
      extensions: [keyUsage('digitalSignature')],
    });
    expect(reasonsOf(certify(), [makeList(signer)], [signer.certificate])).toEqual(
      unknown('list-key-usage-missing'),
    );
  });
});

describe('delta lists', () => {
  const certificate = certify();
  const delta = (
    number: number,
    base: number,
    entries: readonly { certificate: Certificate; reason: number }[] = [],
    more: Parameters<typeof makeList>[1] = {},
  ) =>
    makeList(root, {
      number,
      entries,
      ...more,
      extensions: [numbers.deltaBase(base), ...(more.extensions ?? [])],
    });
  const complete = (entries: readonly { certificate: Certificate; reason: number }[] = [], more = {}) =>
    makeList(root, { number: 5, entries, ...more });
  const KEY_COMPROMISE = { certificate, reason: 1 };
  const HOLD = { certificate, reason: 6 };
  const REMOVED = { certificate, reason: 8 };
  const expired = { thisUpdate: daysFromNow(-9), nextUpdate: daysFromNow(-2) };

  test.each<[string, readonly IndexedRevocationList[], readonly string[]]>([
    ['a delta list alone', [delta(6, 5)], unknown('list-base-missing')],
    ['nothing in either', [complete(), delta(6, 5)], []],
    ['revoked since', [complete(), delta(6, 5, [KEY_COMPROMISE])], REVOKED],
    ['on hold since', [complete(), delta(6, 5, [HOLD])], ['1 certificate-on-hold']],
    ['off hold since', [complete([HOLD]), delta(6, 5, [REMOVED])], []],
    ['still on hold', [complete([HOLD]), delta(6, 5)], ['1 certificate-on-hold']],
    ['revoked after the hold', [complete([HOLD]), delta(6, 5, [KEY_COMPROMISE])], REVOKED],
    ['a base that is newer than the complete list', [complete(), delta(8, 7, [KEY_COMPROMISE])], []],
    ['a base that is older', [complete(), delta(6, 3, [KEY_COMPROMISE])], REVOKED],
    ['no newer than the complete list', [complete(), delta(5, 3, [KEY_COMPROMISE])], []],
    [
      'another scope',
      [
        complete(),
        delta(6, 5, [KEY_COMPROMISE], { extensions: [issuingDistributionPoint({ onlyUser: true })] }),
      ],
      [],
    ],
    [
      'an old delta list beside a fresh complete one',
      [complete(), delta(6, 5, [KEY_COMPROMISE], expired)],
      [],
    ],
    ['a fresh delta list beside an old complete one', [complete([], expired), delta(6, 5)], []],
    ['both old', [complete([], expired), delta(6, 5, [], expired)], unknown('list-expired')],
    [
      'the newest of two',
      [
        complete(),
        delta(6, 5, [HOLD], { thisUpdate: daysFromNow(-0.8) }),
        delta(7, 5, [REMOVED], { thisUpdate: daysFromNow(-0.5) }),
      ],
      [],
    ],
  ])('%s', (_, lists, expected) => {
    expect(reasonsOf(certificate, lists)).toEqual(expected);
    expect(reasonsOf(certificate, lists.toReversed())).toEqual(expected);
  });

  test('of another key are passed over', () => {
    const stranger = { name: 'CN=Root', key: { ...makeKey(), identifier: root.key.identifier } };
    const forged = makeList(stranger, {
      number: 6,
      entries: [KEY_COMPROMISE],
      extensions: [numbers.deltaBase(5)],
    });
    expect(reasonsOf(certificate, [complete(), forged])).toEqual([]);
  });
});

describe('the age of a list', () => {
  const certificate = certify();
  const old = { thisUpdate: daysFromNow(-9), nextUpdate: daysFromNow(-2) };

  test('an old list leaves the status unknown, and says since when', () => {
    const outcome = check(certificate, [makeList(root, old)]);
    expect(describeReasons(outcome)).toEqual(unknown('list-expired'));
    expect(outcome.verdict).toBe('unknown');
    expect(outcome.reasons[0]).toMatchObject({ gaps: [{ nextUpdate: daysFromNow(-2), issuer: 'CN=Root' }] });
  });

  test('a revocation in an old list stands, a hold does not', () => {
    const on = (reason: number) => [makeList(root, { ...old, entries: [{ certificate, reason }] })];
    expect(reasonsOf(certificate, on(1))).toEqual(REVOKED);
    expect(reasonsOf(certificate, on(6))).toEqual(unknown('list-expired'));
  });

  test('the newer of two lists counts', () => {
    const held = makeList(root, {
      number: 1,
      thisUpdate: daysFromNow(-3),
      entries: [{ certificate, reason: 6 }],
    });
    expect(reasonsOf(certificate, [held, makeList(root, { number: 2 })])).toEqual([]);
  });

  test('a list from the future is not used', () => {
    expect(reasonsOf(certificate, [makeList(root, { thisUpdate: daysFromNow(1) })])).toEqual(
      unknown('list-not-yet-valid'),
    );
  });

  test('an address that did not answer is told', () => {
    const url = 'http://crl.example/a';
    const { reasons } = validateCertificationPath({
      anchor,
      path: [certify(distributionPoints({ name: uri('a') }))],
      revocation: {
        lists: [],
        unreachable: [
          { url, category: 'too-slow' },
          { url: 'http://elsewhere.example/', category: 'too-slow' },
        ],
      },
      inputs: { time: TEST_TIME },
    });
    expect(reasons[0]).toMatchObject({
      gaps: [
        { code: 'address-unreachable', url, category: 'too-slow' },
        { code: 'list-missing', urls: [url], issuer: 'CN=Root' },
      ],
    });
  });
});

test('a critical extension that nobody knows makes a list unusable, in an entry as well', () => {
  const certificate = certify();
  const strange = extension('1.2.3.4', Uint8Array.of(5, 0), true);
  expect(reasonsOf(certificate, [makeList(root, { extensions: [strange] })])).toEqual(
    unknown('list-extension-unknown'),
  );
  const other = certify();
  const inEntry = makeList(root, { entries: [{ certificate: other, extensions: [strange] }] });
  expect(reasonsOf(certificate, [inEntry])).toEqual(unknown('list-extension-unknown'));
});
