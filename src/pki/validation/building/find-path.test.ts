/** Path building (RFC 4158): many candidates, cross certificates, loops, and what is told when there is no path. */
import { describe, expect, test } from 'vitest';
import { encodeElement } from '../../der/der-writer.ts';
import type { Certificate } from '../../x509/certificate.ts';
import { trustAnchorOf } from '../path-inputs.ts';
import { describeReasons } from '../testing/describe-reasons.ts';
import { basicConstraints, certificatePolicies, extension, keyUsage } from '../testing/extensions.ts';
import {
  daysFromNow,
  makeAuthority,
  makeCertificate,
  makeKey,
  makeList,
  TEST_TIME,
  type TestEntity,
} from '../testing/test-pki.ts';
import { type BuildingQuestion, buildCertificationPath } from '../validate-certification-path.ts';

function build(
  endEntity: TestEntity,
  anchors: readonly TestEntity[],
  certificates: readonly TestEntity[] = [],
  more: Partial<BuildingQuestion> = {},
) {
  return buildCertificationPath({
    endEntity: endEntity.certificate,
    anchors: anchors.map(({ certificate }) => trustAnchorOf(certificate)),
    certificates: certificates.map(({ certificate }) => certificate),
    inputs: { time: TEST_TIME },
    ...more,
  });
}

const namesOf = (path: readonly Certificate[]) => path.map(({ subject }) => subject.commonName);

const root = makeAuthority('CN=Root');
const middle = makeAuthority('CN=Middle', { issuer: root });
const endEntity = makeCertificate('CN=x', { issuer: middle });

describe('a path is found', () => {
  test('from certificates in any order, with strangers among them', () => {
    const strangers = [makeAuthority('CN=Stranger'), makeAuthority('CN=Middle')];
    const outcome = build(endEntity, [root], [...strangers, endEntity, root, middle]);
    expect(outcome.verdict).toBe('valid');
    expect(namesOf(outcome.path)).toEqual(['Middle', 'x']);
    expect(outcome.anchor?.certificate).toBe(root.certificate);
  });

  test('past an expired, a revoked and a forged issuer of the same name', () => {
    const { key } = middle;
    const expired = makeAuthority('CN=Middle', { issuer: root, key, notAfter: daysFromNow(-1) });
    const revoked = makeAuthority('CN=Middle', { issuer: root, key, notBefore: daysFromNow(-1) });
    const forged = makeAuthority('CN=Middle', { issuer: { name: 'CN=Root', key: makeKey() }, key });
    const lists = [makeList(root, { entries: [revoked] }), makeList(middle)];
    const outcome = build(endEntity, [root], [forged, expired, revoked, middle], { revocation: { lists } });
    expect(describeReasons(outcome)).toEqual([]);
    expect(outcome.path[0]).toBe(middle.certificate);
  });

  test('over a cross certificate to an older anchor', () => {
    const old = makeAuthority('CN=Old root');
    const cross = makeAuthority('CN=Root', { issuer: old, key: root.key });
    expect(namesOf(build(endEntity, [old], [middle, root, cross]).path)).toEqual(['Root', 'Middle', 'x']);
    expect(namesOf(build(endEntity, [old, root], [middle, root, cross]).path)).toEqual(['Middle', 'x']);
  });

  test('where the key identifier is wrong, because it is only a hint', () => {
    const misled = makeCertificate('CN=x', {
      issuer: { name: 'CN=Middle', key: { ...middle.key, identifier: new Uint8Array(20) } },
    });
    expect(build(misled, [root], [middle]).verdict).toBe('valid');
  });

  test('through authorities that certify one another in a circle', () => {
    const [a, b] = [makeAuthority('CN=A'), makeAuthority('CN=B')];
    const circle = [
      makeAuthority('CN=A', { issuer: b, key: a.key }),
      makeAuthority('CN=B', { issuer: a, key: b.key }),
    ];
    const subject = makeCertificate('CN=x', { issuer: a });
    expect(build(subject, [root], circle).verdict).toBe('unknown');
    const out = makeAuthority('CN=B', { issuer: root, key: b.key });
    expect(namesOf(build(subject, [root], [...circle, out]).path)).toEqual(['B', 'A', 'x']);
  });

  test('of length nothing, when the certificate is an anchor itself', () => {
    const outcome = build(root, [root]);
    expect(outcome).toMatchObject({ verdict: 'valid', path: [] });
    const old = makeAuthority('CN=Old', { notAfter: daysFromNow(-1) });
    expect(describeReasons(build(old, [old]))).toEqual(['0 certificate-expired']);
  });
});

describe('when there is none, the most helpful outcome is told', () => {
  test('the issuer that is missing', () => {
    const url = 'http://ca.example/middle.cer';
    const access = extension(
      '1.3.6.1.5.5.7.1.1',
      encodeElement(
        0x30,
        encodeElement(
          0x30,
          Uint8Array.from([6, 8, 0x2b, 6, 1, 5, 5, 7, 0x30, 2]),
          encodeElement(0x86, Buffer.from(url)),
        ),
      ),
    );
    const subject = makeCertificate('CN=x', { issuer: middle, extensions: [access] });
    const { verdict, reasons } = build(subject, [root]);
    expect(verdict).toBe('unknown');
    expect(reasons).toMatchObject([
      { code: 'issuer-missing', issuer: 'CN=Middle', caIssuersUrls: [url], certificate: 1 },
    ]);
  });

  test('the root that nobody trusts, as far up as certificates reach', () => {
    const outcome = build(endEntity, [makeAuthority('CN=Another')], [middle, root]);
    expect(outcome.verdict).toBe('unknown');
    expect(namesOf(outcome.path)).toEqual(['Root', 'Middle', 'x']);
    expect(outcome.reasons).toMatchObject([
      { code: 'anchor-not-trusted', sha256Fingerprint: root.certificate.sha256Fingerprint },
    ]);
  });

  test('a fault below a root that nobody trusts stays a fault', () => {
    const old = makeCertificate('CN=x', { issuer: middle, notAfter: daysFromNow(-1) });
    const outcome = build(old, [], [middle, root]);
    expect(outcome.verdict).toBe('invalid');
    expect(describeReasons(outcome)).toEqual(['3 certificate-expired', '1 anchor-not-trusted']);
  });

  test('unknown rather than invalid, and the fewest faults', () => {
    const { key } = middle;
    const worse = makeCertificate('CN=Middle', { issuer: root, key, notAfter: daysFromNow(-1) });
    const bad = makeAuthority('CN=Middle', { issuer: root, key, notAfter: daysFromNow(-1) });
    expect(describeReasons(build(endEntity, [root], [worse, bad]))).toEqual(['1 certificate-expired']);
    const lists = [makeList(root)];
    expect(describeReasons(build(endEntity, [root], [bad, middle], { revocation: { lists } }))).toEqual([
      '2 revocation-unknown: list-missing',
    ]);
  });

  test('a forged certificate is told as forged', () => {
    const forged = makeCertificate('CN=x', { issuer: { name: 'CN=Middle', key: makeKey() } });
    expect(describeReasons(build(forged, [root], [middle]))).toEqual(['2 signature-mismatch']);
  });
});

describe('hostile input', () => {
  test('authorities that all certify one another end in bounded work', () => {
    const keys = Array.from({ length: 12 }, makeKey);
    const mesh = keys.flatMap((key, index) =>
      keys
        .filter((other) => other !== key)
        .map((other) =>
          makeCertificate(`CN=${index}`, {
            issuer: { name: `CN=${keys.indexOf(other)}`, key: other },
            key,
            extensions: [basicConstraints(true), keyUsage('keyCertSign')],
          }),
        ),
    );
    const subject = makeCertificate('CN=x', { issuer: { name: 'CN=0', key: keys[0] ?? makeKey() } });
    const startedAt = performance.now();
    const outcome = build(subject, [root], mesh);
    expect(outcome.verdict).toBe('unknown');
    expect(outcome.reasons.map(({ code }) => code)).toContain('work-exhausted');
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test('authorities with thousands of policies each, in many ways, end in bounded work', () => {
    const oids = Array.from({ length: 3000 }, (_, index) => `1.2.3.${index}`);
    const levels: TestEntity[][] = [[root]];
    for (const name of ['CN=A', 'CN=B', 'CN=C']) {
      const key = makeKey();
      const issuer = levels.at(-1)?.[0] ?? root;
      levels.push(
        Array.from({ length: 4 }, () =>
          makeAuthority(name, { issuer, key, extensions: [certificatePolicies(...oids)] }),
        ),
      );
    }
    const subject = makeCertificate('CN=x', { issuer: levels.at(-1)?.[0] ?? root });
    // Without a list no path is valid, and all are tried.
    const outcome = build(subject, [root], levels.flat(), { revocation: { lists: [] } });
    expect(outcome.verdict).toBe('unknown');
    expect(outcome.reasons).toContainEqual(
      expect.objectContaining({ code: 'work-exhausted', kind: 'policies' }),
    );
  });

  test('hundreds of forged issuers do not hide the real one', () => {
    const forged = Array.from({ length: 150 }, () =>
      makeAuthority('CN=Middle', { issuer: root, isBare: true }),
    );
    const outcome = build(endEntity, [root], [...forged, middle]);
    expect(outcome.verdict).toBe('valid');
  });

  test('what may be spent can be set', () => {
    const outcome = build(endEntity, [root], [middle], { limits: { maxSignatures: 0 } });
    expect(outcome.verdict).toBe('unknown');
    expect(outcome.reasons.map(({ code }) => code)).toContain('work-exhausted');
  });
});
