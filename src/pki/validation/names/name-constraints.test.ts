/** RFC 5280, 4.2.1.10: each form of name, inside and outside, permitted and excluded, and what cannot be compared. */
import { describe, expect, test } from 'vitest';
import { encodeSequence } from '../../der/der-writer.ts';
import { OID } from '../../der/oid.ts';
import { trustAnchorOf } from '../path-inputs.ts';
import { describeReasons } from '../testing/describe-reasons.ts';
import {
  extension,
  generalName as name,
  nameConstraints,
  subjectAltName,
  type TestExtension,
} from '../testing/extensions.ts';
import { makeAuthority, makeCertificate, TEST_TIME, type TestEntity } from '../testing/test-pki.ts';
import { validateCertificationPath } from '../validate-certification-path.ts';

const root = makeAuthority('CN=Root');
const inputs = { time: TEST_TIME };

function validate(...path: readonly TestEntity[]): readonly string[] {
  return describeReasons(
    validateCertificationPath({
      anchor: trustAnchorOf(root.certificate),
      path: path.map(({ certificate }) => certificate),
      inputs,
    }),
  );
}

/** One authority that constrains, one end entity with these alternative names. */
function validateNames(
  constraints: TestExtension,
  altNames: readonly Uint8Array[],
  subject = 'CN=anybody',
): readonly string[] {
  const authority = makeAuthority('CN=Constraining', { issuer: root, extensions: [constraints] });
  const endEntity = makeCertificate(subject, {
    issuer: authority,
    extensions: altNames.length === 0 ? [] : [subjectAltName(...altNames)],
  });
  return validate(authority, endEntity);
}

const permitted = (...names: readonly Uint8Array[]) => nameConstraints({ permitted: names });
const excluded = (...names: readonly Uint8Array[]) => nameConstraints({ excluded: names });

const OK: readonly string[] = [];
const NOT_PERMITTED = ['2 name-not-permitted'];
const EXCLUDED = ['2 name-excluded'];
const MALFORMED = ['2 name-malformed'];

describe('subtrees', () => {
  test.each<[string, TestExtension, readonly Uint8Array[], readonly string[]]>([
    ['the host itself', permitted(name.dns('example.org')), [name.dns('example.org')], OK],
    ['a host below', permitted(name.dns('example.org')), [name.dns('a.b.example.org')], OK],
    ['another case', permitted(name.dns('example.org')), [name.dns('A.EXAMPLE.ORG')], OK],
    [
      'a host that only ends alike',
      permitted(name.dns('example.org')),
      [name.dns('myexample.org')],
      NOT_PERMITTED,
    ],
    [
      'one of two outside',
      permitted(name.dns('a.org')),
      [name.dns('a.org'), name.dns('b.org')],
      NOT_PERMITTED,
    ],
    ['another form of name', permitted(name.dns('a.org')), [name.mailbox('x@b.org')], OK],
    ['an excluded host', excluded(name.dns('a.org')), [name.dns('x.a.org')], EXCLUDED],
    ['a host beside the excluded one', excluded(name.dns('a.org')), [name.dns('b.org')], OK],
    ['every host excluded', excluded(name.dns('')), [name.dns('b.org')], EXCLUDED],
    ['a wildcard within', permitted(name.dns('a.org')), [name.dns('*.a.org')], OK],
    ['a wildcard wider than permitted', permitted(name.dns('x.a.org')), [name.dns('*.a.org')], NOT_PERMITTED],
    [
      'a wildcard that reaches an excluded host',
      excluded(name.dns('x.a.org')),
      [name.dns('*.a.org')],
      EXCLUDED,
    ],
    ['a wildcard that does not reach it', excluded(name.dns('y.x.a.org')), [name.dns('*.a.org')], OK],
    ['a host with a space', permitted(name.dns('a.org')), [name.dns('a .a.org')], MALFORMED],
    ['a host with a NUL', excluded(name.dns('a.org')), [name.dns('b.org\0.a.org')], MALFORMED],

    ['the mailbox itself', permitted(name.mailbox('a@b.org')), [name.mailbox('a@B.ORG')], OK],
    [
      'its local part in another case',
      permitted(name.mailbox('a@b.org')),
      [name.mailbox('A@b.org')],
      NOT_PERMITTED,
    ],
    ['a mailbox of the host', permitted(name.mailbox('b.org')), [name.mailbox('x@b.org')], OK],
    [
      'a mailbox of a host below',
      permitted(name.mailbox('b.org')),
      [name.mailbox('x@c.b.org')],
      NOT_PERMITTED,
    ],
    ['a mailbox below a domain', permitted(name.mailbox('.b.org')), [name.mailbox('x@c.b.org')], OK],
    [
      'a mailbox of the domain itself',
      permitted(name.mailbox('.b.org')),
      [name.mailbox('x@b.org')],
      NOT_PERMITTED,
    ],
    ['an excluded mailbox', excluded(name.mailbox('.b.org')), [name.mailbox('x@c.b.org')], EXCLUDED],
    ['a mailbox without a host', permitted(name.mailbox('b.org')), [name.mailbox('x')], MALFORMED],

    ['the host of a URI', permitted(name.uri('b.org')), [name.uri('https://u@b.org:8443/p?q#f')], OK],
    ['a URI below the host', permitted(name.uri('b.org')), [name.uri('https://x.b.org/')], NOT_PERMITTED],
    ['a URI below a domain', permitted(name.uri('.b.org')), [name.uri('https://x.b.org/')], OK],
    ['an excluded URI', excluded(name.uri('.b.org')), [name.uri('ldap://x.b.org/cn=a')], EXCLUDED],
    [
      'a URI whose userinfo is the host',
      permitted(name.uri('b.org')),
      [name.uri('https://b.org@evil.org/')],
      NOT_PERMITTED,
    ],
    ['a URI without an authority', permitted(name.uri('b.org')), [name.uri('urn:uuid:1')], MALFORMED],
    ['a URI with an address', excluded(name.uri('b.org')), [name.uri('https://192.0.2.1/')], MALFORMED],

    [
      'an address within',
      permitted(name.address(10, 0, 0, 0, 255, 0, 0, 0)),
      [name.address(10, 1, 2, 3)],
      OK,
    ],
    [
      'an address outside',
      permitted(name.address(10, 0, 0, 0, 255, 0, 0, 0)),
      [name.address(11, 1, 2, 3)],
      NOT_PERMITTED,
    ],
    [
      'an IPv6 address among IPv4 ones',
      permitted(name.address(10, 0, 0, 0, 255, 0, 0, 0)),
      [name.address(...Array<number>(16).fill(0))],
      NOT_PERMITTED,
    ],
    [
      'an excluded IPv6 address',
      excluded(name.address(...Array<number>(32).fill(0))),
      [name.address(...Array<number>(16).fill(7))],
      EXCLUDED,
    ],
    [
      'an address of five octets',
      permitted(name.address(10, 0, 0, 0, 255, 0, 0, 0)),
      [name.address(10, 1, 2, 3, 4)],
      MALFORMED,
    ],

    ['a directory name below', permitted(name.directory('O=Romashka')), [], ['2 name-not-permitted']],
    [
      'an alternative directory name outside',
      permitted(name.directory('CN=anybody')),
      [name.directory('CN=nobody')],
      NOT_PERMITTED,
    ],
    ['an excluded directory name', excluded(name.directory('CN=ANYBODY')), [], EXCLUDED],

    [
      'a form that nobody compares, constrained',
      permitted(name.registered('1.2.3')),
      [name.registered('1.2.3.4')],
      ['2 name-constraint-unsupported'],
    ],
    ['the same form, unconstrained', permitted(name.dns('a.org')), [name.registered('1.2.3.4')], OK],
    [
      'the same constraint, not critical',
      nameConstraints({ permitted: [name.registered('1.2.3')] }, false),
      [name.registered('1.2.3.4')],
      OK,
    ],
    [
      'other names, constrained',
      excluded(name.other('1.2.3', 'x')),
      [name.other('1.2.3', 'y')],
      ['2 name-constraint-unsupported'],
    ],
  ])('%s', (_, constraints, altNames, expected) => {
    expect(validateNames(constraints, altNames)).toEqual(expected);
  });

  test('a directory name is compared part by part, in any string type and case', () => {
    const constraint = permitted(name.directory('C=RU,O=Romashka'));
    expect(validateNames(constraint, [], 'C=ru,O=ROMASHKA,CN=x')).toEqual(OK);
    expect(validateNames(constraint, [], 'C=RU,O=  romashka  ,CN=x')).toEqual(OK);
    expect(validateNames(constraint, [], 'C=RU,O=Romashka 2,CN=x')).toEqual(NOT_PERMITTED);
    expect(validateNames(constraint, [], 'O=Romashka,C=RU,CN=x')).toEqual(NOT_PERMITTED);
    expect(validateNames(constraint, [], 'C=RU')).toEqual(NOT_PERMITTED);
  });

  test('a mailbox in the subject counts where there is no alternative name', () => {
    const constraint = permitted(name.mailbox('b.org'));
    expect(validateNames(constraint, [], 'CN=x,E=x@b.org')).toEqual(OK);
    expect(validateNames(constraint, [], 'CN=x,E=x@c.org')).toEqual(NOT_PERMITTED);
    expect(validateNames(constraint, [name.dns('c.org')], 'CN=x,E=x@c.org')).toEqual(OK);
  });
});

describe('constraints that say nothing', () => {
  test.each<[string, Uint8Array]>([
    ['a host that begins with a period', name.dns('.a.org')],
    ['a host with a space', name.dns('a b')],
    ['an address without a mask', name.address(10, 0, 0, 0)],
    ['a mask with holes', name.address(10, 0, 0, 0, 255, 0, 255, 0)],
  ])('%s', (_, constraint) => {
    expect(validateNames(excluded(constraint), [])).toEqual(['1 extension-malformed']);
  });

  test('no subtree at all', () => {
    const empty = extension(OID.nameConstraints, encodeSequence(), true);
    expect(validateNames(empty, [])).toEqual(['1 extension-malformed']);
  });
});

describe('along a path', () => {
  const narrow = (...names: readonly Uint8Array[]) => ({ issuer: root, extensions: [permitted(...names)] });

  test('what two authorities permit is what both permit', () => {
    const first = makeAuthority('CN=1', narrow(name.dns('a.org'), name.dns('b.org')));
    const second = makeAuthority('CN=2', { ...narrow(name.dns('b.org'), name.dns('c.org')), issuer: first });
    const at = (host: string) =>
      makeCertificate('CN=x', { issuer: second, extensions: [subjectAltName(name.dns(host))] });
    expect(validate(first, second, at('b.org'))).toEqual(OK);
    expect(validate(first, second, at('a.org'))).toEqual(['3 name-not-permitted']);
    expect(validate(first, second, at('c.org'))).toEqual(['3 name-not-permitted']);
  });

  test('an authority below is constrained itself', () => {
    const first = makeAuthority('CN=1', narrow(name.directory('O=Romashka')));
    const second = makeAuthority('CN=2', { issuer: first });
    const endEntity = makeCertificate('O=Romashka,CN=x', { issuer: second });
    expect(validate(first, second, endEntity)).toEqual(['2 name-not-permitted']);
  });

  test('a self-issued authority is not, a self-issued end entity is', () => {
    const first = makeAuthority('CN=1', narrow(name.directory('CN=2')));
    const renewed = makeAuthority('CN=1', { issuer: first });
    expect(validate(first, renewed, makeCertificate('CN=2', { issuer: renewed }))).toEqual(OK);
    expect(validate(first, makeCertificate('CN=1', { issuer: first }))).toEqual(['2 name-not-permitted']);
  });

  test('the anchor’s own certificate constrains as well', () => {
    const anchor = makeAuthority('CN=A', { extensions: [permitted(name.dns('a.org'))] });
    const endEntity = makeCertificate('CN=x', {
      issuer: anchor,
      extensions: [subjectAltName(name.dns('b.org'))],
    });
    const outcome = validateCertificationPath({
      anchor: trustAnchorOf(anchor.certificate),
      path: [endEntity.certificate],
      inputs,
    });
    expect(describeReasons(outcome)).toEqual(['1 name-not-permitted']);
    expect(outcome.reasons[0]).toMatchObject({
      form: 'dNSName',
      name: 'b.org',
      clause: 'RFC 5280, 6.1.3 (b)',
    });
  });

  test('thousands of names against thousands of subtrees end in time', () => {
    const hosts = (letter: string) =>
      Array.from({ length: 1200 }, (_, index) => name.dns(`${letter}${index}.org`));
    const startedAt = performance.now();
    expect(validateNames(excluded(...hosts('a')), hosts('b'))).toEqual(['2 work-exhausted']);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});
