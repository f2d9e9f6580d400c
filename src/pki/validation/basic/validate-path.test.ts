/** What PKITS 4.1 to 4.12 and 4.16 do not reach. */
import { describe, expect, test } from 'vitest';
import { encodeElement, encodeSequence } from '../../der/der-writer.ts';
import { OID } from '../../der/oid.ts';
import { type PathInputs, trustAnchorOf } from '../path-inputs.ts';
import { describeReasons } from '../testing/describe-reasons.ts';
import {
  basicConstraints,
  extendedKeyUsage,
  extension,
  keyUsage,
  policyConstraints,
  subjectAltName,
} from '../testing/extensions.ts';
import {
  daysFromNow,
  makeAuthority,
  makeCertificate,
  makeKey,
  TEST_TIME,
  type TestEntity,
} from '../testing/test-pki.ts';
import { validateCertificationPath } from '../validate-certification-path.ts';

const root = makeAuthority('CN=Root');

function validateUnder(anchor: TestEntity, path: readonly TestEntity[], inputs: Partial<PathInputs> = {}) {
  return validateCertificationPath({
    anchor: trustAnchorOf(anchor.certificate),
    path: path.map(({ certificate }) => certificate),
    inputs: { time: TEST_TIME, ...inputs },
  });
}

const reasonsOf = (...input: Parameters<typeof validateUnder>) => describeReasons(validateUnder(...input));

test('everything that is wrong is told at once, with its place, clause and facts', () => {
  const authority = makeCertificate('CN=Sub', {
    issuer: root,
    notAfter: daysFromNow(-3),
    extensions: [keyUsage('cRLSign')],
  });
  const stranger = { name: 'CN=Sub', key: makeKey() };
  const endEntity = makeCertificate('CN=x', { issuer: stranger, notBefore: daysFromNow(2) });
  const { reasons, verdict } = validateUnder(root, [authority, endEntity]);
  expect(verdict).toBe('invalid');
  expect(reasons).toEqual([
    {
      code: 'certificate-expired',
      notAfter: daysFromNow(-3),
      certificate: 1,
      clause: 'RFC 5280, 6.1.3 (a) (2)',
    },
    { code: 'basic-constraints-missing', certificate: 1, clause: 'RFC 5280, 6.1.4 (k)' },
    { code: 'key-usage-missing', usage: 'keyCertSign', certificate: 1, clause: 'RFC 5280, 6.1.4 (n)' },
    { code: 'signature-mismatch', certificate: 2, clause: 'RFC 5280, 6.1.3 (a) (1)' },
    {
      code: 'certificate-not-yet-valid',
      notBefore: daysFromNow(2),
      certificate: 2,
      clause: 'RFC 5280, 6.1.3 (a) (2)',
    },
  ]);
});

describe('dates', () => {
  test.each<[string, Date, readonly string[]]>([
    ['a second before', new Date(daysFromNow(-1).getTime() - 1000), ['1 certificate-not-yet-valid']],
    ['the first second', daysFromNow(-1), []],
    ['the last second', daysFromNow(1), []],
    ['a second after', new Date(daysFromNow(1).getTime() + 1000), ['1 certificate-expired']],
  ])('%s', (_, time, expected) => {
    const endEntity = makeCertificate('CN=x', {
      issuer: root,
      notBefore: daysFromNow(-1),
      notAfter: daysFromNow(1),
    });
    expect(reasonsOf(root, [endEntity], { time })).toEqual(expected);
  });
});

describe('extensions', () => {
  test.each<[string, boolean, readonly string[]]>([
    ['unknown and critical', true, ['1 extension-critical-unknown']],
    ['unknown', false, []],
  ])('%s', (_, isCritical, expected) => {
    const strange = extension('1.2.3.4', encodeElement(0x05), isCritical);
    expect(reasonsOf(root, [makeCertificate('CN=x', { issuer: root, extensions: [strange] })])).toEqual(
      expected,
    );
  });

  test('one that cannot be read makes the certificate unusable, critical or not', () => {
    const broken = extension(OID.policyMappings, encodeSequence(encodeElement(0x05)));
    const endEntity = makeCertificate('CN=x', { issuer: root, extensions: [broken] });
    expect(validateUnder(root, [endEntity]).reasons[0]).toMatchObject({
      code: 'extension-malformed',
      oid: OID.policyMappings,
    });
  });
});

describe('authorities', () => {
  const below = (authority: TestEntity) => makeCertificate('CN=x', { issuer: authority });

  test('of version 1 are none, but an anchor of version 1 is one', () => {
    const old = makeCertificate('CN=Old', { issuer: root, version: 1 });
    expect(reasonsOf(root, [old, below(old)])).toEqual(['1 version-too-old']);
    const anchor = makeCertificate('CN=Anchor', { version: 1 });
    expect(reasonsOf(anchor, [below(anchor)])).toEqual([]);
  });

  test('the anchor’s own certificate counts: dates, flags, length, policies, unknown extensions', () => {
    const anchors: [TestEntity, string][] = [
      [makeAuthority('CN=A', { notAfter: daysFromNow(-1) }), '0 certificate-expired'],
      [makeCertificate('CN=A', { extensions: [basicConstraints(false)] }), '0 authority-flag-missing'],
      [
        makeCertificate('CN=A', { extensions: [basicConstraints(true), keyUsage('cRLSign')] }),
        '0 key-usage-missing',
      ],
      [
        makeAuthority('CN=A', { extensions: [extension('1.2.3', encodeElement(0x05), true)] }),
        '0 extension-critical-unknown',
      ],
      [makeAuthority('CN=A', { extensions: [policyConstraints(0)] }), '1 policy-missing'],
    ];
    for (const [anchor, expected] of anchors) expect(reasonsOf(anchor, [below(anchor)])).toEqual([expected]);
    const short = makeCertificate('CN=A', { extensions: [basicConstraints(true, 0)] });
    const middle = makeAuthority('CN=B', { issuer: short });
    expect(reasonsOf(short, [middle, below(middle)])).toEqual(['1 path-length-exceeded']);
  });

  test('the caller can limit how many there are', () => {
    const first = makeAuthority('CN=1', { issuer: root });
    const renewed = makeAuthority('CN=1', { issuer: first });
    const second = makeAuthority('CN=2', { issuer: renewed });
    const path = [first, renewed, second, below(second)];
    expect(reasonsOf(root, path, { maxPathLength: 2 })).toEqual([]);
    expect(reasonsOf(root, path, { maxPathLength: 1 })).toEqual(['3 path-length-exceeded']);
  });

  test('an anchor may be a name and a key', () => {
    const old = makeAuthority('CN=A', { notAfter: daysFromNow(-1) });
    const outcome = validateCertificationPath({
      anchor: { name: old.certificate.subject, subjectPublicKeyInfo: old.key.spki },
      path: [below(old).certificate],
      inputs: { time: TEST_TIME },
    });
    expect(outcome.verdict).toBe('valid');
    expect(outcome.anchor?.certificate).toBeUndefined();
  });
});

describe('what a certificate is for', () => {
  const forServers = makeCertificate('CN=x', {
    issuer: root,
    extensions: [extendedKeyUsage(OID.serverAuth), keyUsage('digitalSignature')],
  });

  test('purpose and usage of the key are asked for where the certificate speaks of them', () => {
    expect(
      reasonsOf(root, [forServers], { purpose: OID.serverAuth, keyUsages: ['digitalSignature'] }),
    ).toEqual([]);
    expect(reasonsOf(root, [forServers], { purpose: OID.clientAuth })).toEqual(['1 purpose-missing']);
    expect(reasonsOf(root, [forServers], { keyUsages: ['keyAgreement'] })).toEqual(['1 key-usage-missing']);
    const silent = makeCertificate('CN=x', { issuer: root });
    expect(reasonsOf(root, [silent], { purpose: OID.clientAuth, keyUsages: ['keyAgreement'] })).toEqual([]);
  });

  test('authorities are asked when the caller wants it', () => {
    const authority = makeAuthority('CN=Sub', {
      issuer: root,
      extensions: [extendedKeyUsage(OID.clientAuth)],
    });
    const path = [authority, makeCertificate('CN=x', { issuer: authority })];
    expect(reasonsOf(root, path, { purpose: OID.serverAuth })).toEqual([]);
    const strictly = { purpose: OID.serverAuth, isPurposeAskedOfAuthorities: true };
    expect(reasonsOf(root, path, strictly)).toEqual(['1 purpose-missing']);
  });
});

describe('the profile of section 4', () => {
  test.each<[string, TestEntity, readonly string[]]>([
    ['a certificate as it should be', makeCertificate('CN=x', { issuer: root }), []],
    [
      'without identifiers of keys',
      makeCertificate('CN=x', { issuer: root, isBare: true }),
      ['authority-key-identifier-missing'],
    ],
    [
      'serial number zero',
      makeCertificate('CN=x', { issuer: root, serial: 0 }),
      ['serial-number-not-positive'],
    ],
    ['no name at all', makeCertificate('', { issuer: root }), ['subject-empty-without-alternative-name']],
    [
      'a name in an extension that is not critical',
      makeCertificate('', {
        issuer: root,
        extensions: [subjectAltName(encodeElement(0x82, Buffer.from('a.org')))],
      }),
      ['subject-alternative-name-not-critical'],
    ],
    [
      'an authority in an extension that is not critical',
      makeCertificate('CN=x', {
        issuer: root,
        extensions: [basicConstraints(true, undefined, false), keyUsage('keyCertSign')],
      }),
      ['basic-constraints-not-critical'],
    ],
    [
      'a key that certifies, without the flag',
      makeCertificate('CN=x', { issuer: root, extensions: [keyUsage('keyCertSign')] }),
      ['key-usage-certificate-signing-without-authority'],
    ],
  ])('%s', (_, endEntity, rules) => {
    expect(reasonsOf(root, [endEntity])).toEqual([]);
    const { reasons } = validateUnder(root, [endEntity], { conformity: 'rfc5280' });
    expect(reasons.map((reason) => (reason.code === 'profile-violated' ? reason.rule : reason.code))).toEqual(
      rules,
    );
  });
});
