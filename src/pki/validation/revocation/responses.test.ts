/** OCSP responses (RFC 6960): who may answer, for how long, and what an answer means. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeElement } from '../../der/der-writer.ts';
import { OID } from '../../der/oid.ts';
import { parseOcspResponse } from '../../ocsp/parse-ocsp-response.ts';
import { directoryWith, run } from '../../testing/run-program.ts';
import { trustAnchorOf } from '../path-inputs.ts';
import { describeReasons } from '../testing/describe-reasons.ts';
import { extendedKeyUsage, extension } from '../testing/extensions.ts';
import {
  daysFromNow,
  makeAuthority,
  makeCertificate,
  makeKey,
  makeList,
  makeResponseDer,
  type ResponseSpec,
  TEST_TIME,
} from '../testing/test-pki.ts';
import { validateCertificationPath } from '../validate-certification-path.ts';
import type { OcspEvidence, RevocationEvidence } from './certificate-status.ts';

const root = makeAuthority('CN=Root');
const { certificate } = makeCertificate('CN=x', { issuer: root });
const noCheck = extension(OID.ocspNoCheck, encodeElement(0x05));
const delegate = makeCertificate('CN=Responder', {
  issuer: root,
  extensions: [extendedKeyUsage(OID.ocspSigning), noCheck],
});

function respond(spec: Partial<ResponseSpec> = {}): OcspEvidence {
  const response = parseOcspResponse(makeResponseDer({ certificate, issuer: root, signer: root, ...spec }));
  if (response.kind === 'error') throw new RangeError(response.error);
  return { response };
}

function check(responses: readonly OcspEvidence[], more: Partial<RevocationEvidence> = {}) {
  return validateCertificationPath({
    anchor: trustAnchorOf(root.certificate),
    path: [certificate],
    revocation: { lists: [], responses, ...more },
    inputs: { time: TEST_TIME },
  });
}

const reasonsOf = (...input: Parameters<typeof check>) => describeReasons(check(...input));
/** The gap of the response; that there is no list either is told after it. */
const unknown = (gap: string) => [`1 revocation-unknown: ${gap}, list-missing`];

describe('an answer', () => {
  test.each<[string, Partial<ResponseSpec>, readonly string[]]>([
    ['good', {}, []],
    ['good, by SHA-256', { digest: 'sha256' }, []],
    ['good, from a responder named by its key', { responderBy: 'key' }, []],
    ['revoked', { status: 'revoked' }, ['1 certificate-revoked']],
    ['on hold', { status: 'revoked', reason: 6 }, ['1 certificate-on-hold']],
    ['unknown', { status: 'unknown' }, unknown('response-unknown')],
    ['too old', { nextUpdate: daysFromNow(-0.1) }, unknown('response-expired')],
    ['without an end, of today', { nextUpdate: undefined }, []],
    [
      'without an end, of last week',
      { thisUpdate: daysFromNow(-7), nextUpdate: undefined },
      unknown('response-expired'),
    ],
    ['from the future', { thisUpdate: daysFromNow(0.1) }, unknown('response-not-yet-valid')],
    [
      'with an unknown critical extension',
      { extensions: [extension('1.2.3', encodeElement(0x05), true)] },
      unknown('response-extension-unknown'),
    ],
  ])('%s', (_, spec, expected) => {
    expect(reasonsOf([respond(spec)])).toEqual(expected);
  });

  test('tells when and why', () => {
    expect(check([respond({ status: 'revoked', reason: 1 })]).reasons[0]).toMatchObject({
      code: 'certificate-revoked',
      source: 'ocsp-response',
      reason: 'keyCompromise',
      revokedAt: daysFromNow(-3),
    });
  });

  test('about another certificate is none', () => {
    const other = makeCertificate('CN=y', { issuer: root });
    expect(reasonsOf([respond({ certificate: other.certificate })])).toEqual([
      '1 revocation-unknown: list-missing',
    ]);
  });

  test('about the same number of another authority is none', () => {
    const other = makeAuthority('CN=Other');
    expect(reasonsOf([respond({ issuer: other })])).toEqual(['1 revocation-unknown: list-missing']);
  });

  test('must carry the nonce that was sent, if it carries one', () => {
    const nonce = encodeElement(0x04, Uint8Array.of(1, 2, 3));
    const { response } = respond({ nonce: Uint8Array.of(1, 2, 3) });
    expect(reasonsOf([{ response, nonce }])).toEqual([]);
    expect(reasonsOf([{ response, nonce: encodeElement(0x04, Uint8Array.of(9)) }])).toEqual(
      unknown('response-nonce-mismatch'),
    );
    expect(reasonsOf([{ ...respond(), nonce }])).toEqual([]);
  });
});

describe('a responder', () => {
  const answerOf = (signer: typeof delegate) => respond({ signer, certificates: [signer.certificate] });
  const refused = unknown('response-responder-not-authorised');
  const makeResponder = (spec: Parameters<typeof makeCertificate>[1]) =>
    makeCertificate('CN=Responder', {
      issuer: root,
      extensions: [extendedKeyUsage(OID.ocspSigning), noCheck],
      ...spec,
    });

  test('may be one that the authority appointed', () => {
    expect(reasonsOf([answerOf(delegate)])).toEqual([]);
    expect(
      reasonsOf([respond({ signer: delegate, responderBy: 'key', certificates: [delegate.certificate] })]),
    ).toEqual([]);
  });

  test.each<[string, Parameters<typeof makeCertificate>[1], string]>([
    ['without the purpose', { extensions: [noCheck] }, 'purpose-missing'],
    [
      'with any purpose, which is not this one',
      { extensions: [extendedKeyUsage(OID.anyExtendedKeyUsage)] },
      'purpose-missing',
    ],
    ['of another authority', { issuer: makeAuthority('CN=Other') }, 'not-issued-by-the-authority'],
    ['of an authority of the same name', { issuer: makeAuthority('CN=Root') }, 'not-issued-by-the-authority'],
    ['whose certificate has expired', { notAfter: daysFromNow(-1) }, 'outside-validity'],
    [
      'whose certificate says something critical and unknown',
      { extensions: [extendedKeyUsage(OID.ocspSigning), extension('1.2.3', encodeElement(0x05), true)] },
      'not-valid',
    ],
  ])('is refused %s', (_, spec, detail) => {
    const outcome = check([answerOf(makeResponder(spec))]);
    expect(describeReasons(outcome)).toEqual(refused);
    expect(outcome.reasons[0]).toMatchObject({ gaps: [{ detail }, {}] });
  });

  test('is refused when a list revokes it, unless nobody is to look', () => {
    const revocable = makeResponder({ extensions: [extendedKeyUsage(OID.ocspSigning)] });
    const listing = (responder: typeof delegate) => ({
      lists: [makeList(root, { entries: [responder], nextUpdate: daysFromNow(1) })],
    });
    // The list answers for the certificate itself; what the response says is seen by its being a revocation.
    const answer = (signer: typeof delegate) =>
      respond({ signer, status: 'revoked', certificates: [signer.certificate] });
    expect(reasonsOf([answer(revocable)], { lists: [] })).toEqual(['1 certificate-revoked']);
    expect(reasonsOf([answer(revocable)], listing(revocable))).toEqual([]);
    expect(reasonsOf([answer(delegate)], listing(delegate))).toEqual(['1 certificate-revoked']);
  });

  test('is refused when its certificate is not there, or the signature is another’s', () => {
    expect(reasonsOf([respond({ signer: delegate })])).toEqual(refused);
    const impostor = { ...delegate, key: makeKey() };
    expect(reasonsOf([respond({ signer: impostor, certificates: [delegate.certificate] })])).toEqual(
      unknown('response-signature-mismatch'),
    );
  });
});

describe('a response beside a list', () => {
  const listed = (reason: number, days: number) => ({
    lists: [makeList(root, { thisUpdate: daysFromNow(days), entries: [{ certificate, reason }] })],
  });

  test('revoked by either is revoked', () => {
    expect(reasonsOf([respond()], listed(1, -3))).toEqual(['1 certificate-revoked']);
    expect(reasonsOf([respond({ status: 'revoked' })], { lists: [makeList(root)] })).toEqual([
      '1 certificate-revoked',
    ]);
  });

  test('of a hold and its end the newer one counts', () => {
    expect(reasonsOf([respond()], listed(6, -3))).toEqual([]);
    expect(reasonsOf([respond()], listed(6, -0.1))).toEqual(['1 certificate-on-hold']);
  });
});

describe('a response made by OpenSSL', () => {
  test.each(['sha1', 'sha256'])('by %s is read, verified and believed', (digest) => {
    // The responder's clock is the machine's: the certificates are valid at any time that may be.
    const always = {
      notBefore: new Date('2020-01-01T00:00:00Z'),
      notAfter: new Date('2049-01-01T00:00:00Z'),
    };
    const authority = makeAuthority('CN=Root', always);
    const subject = makeCertificate('CN=x', { issuer: authority, serial: 0x1234, ...always }).certificate;
    const directory = directoryWith({
      'ca.pem': authority.certificate.der,
      'key.pem': String(authority.key.privateKey.export({ format: 'pem', type: 'pkcs8' })),
      'x.pem': subject.der,
      'index.txt': 'R\t270101000000Z\t261120000000Z,keyCompromise\t1234\tunknown\t/CN=x\n',
    });
    run(directory, 'openssl', [
      ...['ocsp', '-index', 'index.txt', '-CA', 'ca.pem', '-rsigner', 'ca.pem', '-rkey', 'key.pem'],
      ...['-issuer', 'ca.pem', `-${digest}`, '-cert', 'x.pem', '-ndays', '9000', '-respout', 'response.der'],
    ]);
    const response = parseOcspResponse(readFileSync(join(directory, 'response.der')));
    if (response.kind === 'error') throw new RangeError(response.error);
    const outcome = validateCertificationPath({
      anchor: trustAnchorOf(authority.certificate),
      path: [subject],
      revocation: { lists: [], responses: [{ response }] },
      inputs: { time: new Date(response.producedAt.getTime() + 1000) },
    });
    expect(outcome.reasons.map(({ code }) => code)).toContain('certificate-revoked');
    expect(outcome.reasons[0]).toMatchObject({
      source: 'ocsp-response',
      reason: 'keyCompromise',
      revokedAt: new Date('2026-11-20T00:00:00Z'),
    });
  });
});
