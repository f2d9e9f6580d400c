import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SerialNumber } from '../../kernel/brand.ts';
import { ProblemError } from '../../kernel/problem.ts';
import { contextTag } from '../der/der-element.ts';
import {
  encodeElement,
  encodeInteger,
  encodeOctetString,
  encodeOid,
  encodeSequence,
} from '../der/der-writer.ts';
import { OID } from '../der/oid.ts';
import { directoryWith, run } from '../testing/run-program.ts';
import { type Authorities, depsAt, issueFor, makeAuthorities } from '../testing/test-authorities.ts';
import type { KeyAlgorithm } from '../x509/key-pair.ts';
import { createIssuerMatch } from './certificate-id.ts';
import {
  type CertificateStatus,
  encodeOcspError,
  issueOcspResponse,
  type OcspError,
} from './issue-response.ts';
import { parseOcspRequest } from './parse-request.ts';
import { appointResponder, type ResponderKey } from './responder-key.ts';

/** Now and not a frozen time: `openssl ocsp` compares with the real clock. */
const NOW = new Date(Math.floor(Date.now() / 1000) * 1000);
const HOUR_MS = 3_600_000;

interface World {
  readonly authorities: Authorities;
  readonly key: ResponderKey;
  readonly ivanovDer: Uint8Array;
  readonly serialNumber: SerialNumber;
}

async function makeWorld(keyAlgorithm: KeyAlgorithm): Promise<World> {
  const authorities = await makeAuthorities(keyAlgorithm, NOW);
  const { certificateDer, certificate } = await issueFor('ivanov', authorities, { now: NOW });
  const key = await appointResponder(authorities.issuing.issuer, { validityDays: 7 }, depsAt(NOW));
  return { authorities, key, ivanovDer: certificateDer, serialNumber: certificate.serialNumber };
}

let world: World;
beforeAll(async () => {
  world = await makeWorld('p-256');
});

function directoryOf({ authorities, ivanovDer }: World): string {
  return directoryWith({
    'root.pem': authorities.root.certificateDer,
    'issuing.pem': authorities.issuing.certificateDer,
    'ivanov.pem': ivanovDer,
  });
}

/** A question as OpenSSL writes it. */
function ask(directory: string, ...options: string[]): Uint8Array {
  run(directory, 'openssl', ['ocsp', ...options, '-reqout', 'request.der']);
  return readFileSync(join(directory, 'request.der'));
}

const aboutIvanov = ['-issuer', 'issuing.pem', '-cert', 'ivanov.pem'];

/** What OpenSSL says about our answer to its question. */
function checkAnswer(directory: string, responseDer: Uint8Array, exitCode = 0): string {
  writeFileSync(join(directory, 'response.der'), responseDer);
  return run(
    directory,
    'openssl',
    [
      'ocsp',
      '-respin',
      'response.der',
      '-reqin',
      'request.der',
      '-no_nonce',
      ...aboutIvanov,
      '-CAfile',
      'root.pem',
      '-verify_other',
      'issuing.pem',
    ],
    exitCode,
  );
}

function answer({ key }: World, requestDer: Uint8Array, status: CertificateStatus): Uint8Array {
  const request = parseOcspRequest(requestDer);
  return issueOcspResponse(key, {
    answers: request.certificates.map((id) => ({ id, status })),
    thisUpdate: NOW,
    nextUpdate: new Date(NOW.getTime() + HOUR_MS),
    ...(request.nonce && { nonce: request.nonce }),
  });
}

describe('an answer, as OpenSSL reads it', () => {
  test.each<KeyAlgorithm>(['p-256', 'rsa-2048'])('good, %s', async (algorithm) => {
    const own = algorithm === 'p-256' ? world : await makeWorld(algorithm);
    const directory = directoryOf(own);
    const text = checkAnswer(directory, answer(own, ask(directory, ...aboutIvanov), { kind: 'good' }));
    expect(text).toContain('Response verify OK');
    expect(text).toMatch(/ivanov\.pem: good\n/);
    expect(text).not.toMatch(/nonce/i);
  });

  test('revoked, with time and reason', () => {
    const directory = directoryOf(world);
    const revokedAt = new Date('2026-11-20T09:08:07Z');
    const response = answer(world, ask(directory, ...aboutIvanov), {
      kind: 'revoked',
      revokedAt,
      reason: 'keyCompromise',
    });
    const text = checkAnswer(directory, response);
    expect(text).toContain('Response verify OK');
    expect(text).toMatch(/ivanov\.pem: revoked\n/);
    expect(text).toContain('Reason: keyCompromise');
    expect(text).toContain('Revocation Time: Nov 20 09:08:07 2026 GMT');
  });

  test('revoked without a reason, and unknown', () => {
    const directory = directoryOf(world);
    const request = ask(directory, ...aboutIvanov);
    const revoked = checkAnswer(
      directory,
      answer(world, request, { kind: 'revoked', revokedAt: NOW, reason: undefined }),
    );
    expect(revoked).toMatch(/ivanov\.pem: revoked\n/);
    expect(revoked).not.toContain('Reason');
    expect(checkAnswer(directory, answer(world, request, { kind: 'unknown' }))).toMatch(
      /ivanov\.pem: unknown\n/,
    );
  });

  test('the nonce of the question comes back, and none where none came', () => {
    const directory = directoryOf(world);
    const textOf = (response: Uint8Array): string => {
      writeFileSync(join(directory, 'response.der'), response);
      return run(directory, 'openssl', ['ocsp', '-respin', 'response.der', '-resp_text', '-noverify']);
    };
    const request = ask(directory, '-nonce', ...aboutIvanov);
    const nonce = Buffer.from(parseOcspRequest(request).nonce ?? [])
      .toString('hex')
      .toUpperCase();
    expect(nonce).toMatch(/^[0-9A-F]{32,}$/);
    expect(textOf(answer(world, request, { kind: 'good' }))).toMatch(
      new RegExp(`OCSP Nonce:\\s+04..${nonce}`),
    );
    const without = answer(world, ask(directory, '-no_nonce', ...aboutIvanov), { kind: 'good' });
    expect(textOf(without)).not.toContain('Nonce');
  });

  test('one changed bit is noticed', () => {
    const directory = directoryOf(world);
    const response = answer(world, ask(directory, ...aboutIvanov), { kind: 'good' });
    const position = Buffer.from(response).indexOf(Buffer.from(world.serialNumber, 'hex')) + 2;
    response[position] = (response[position] ?? 0) ^ 1;
    expect(checkAnswer(directory, response, 1)).toContain('Response Verify Failure');
  });

  test.each<[OcspError, string]>([
    ['malformedRequest', 'malformedrequest (1)'],
    ['internalError', 'internalerror (2)'],
    ['tryLater', 'trylater (3)'],
    ['unauthorized', 'unauthorized (6)'],
  ])('%s', (error, words) => {
    const directory = directoryWith({});
    writeFileSync(join(directory, 'response.der'), encodeOcspError(error));
    expect(run(directory, 'openssl', ['ocsp', '-respin', 'response.der'], 1)).toContain(words);
  });
});

test('the responder’s certificate is the issuer’s, for answers only, short-lived and not looked up itself', () => {
  const directory = directoryWith({ 'ocsp.pem': world.key.certificate.der });
  const text = run(directory, 'openssl', [
    'x509',
    '-in',
    'ocsp.pem',
    '-noout',
    '-text',
    '-nameopt',
    'RFC2253',
  ]);
  expect(text).toContain('Issuer: CN=Access 1,O=Romashka\n');
  expect(text).toContain('Subject: CN=OCSP\n');
  expect(text).toMatch(/X509v3 Extended Key Usage: ?\n\s+OCSP Signing\n/);
  expect(text).toContain('OCSP No Check');
  expect(text).toMatch(/X509v3 Key Usage: critical\n\s+Digital Signature\n/);
  expect(world.key.certificate.notAfter.getTime() - NOW.getTime()).toBe(7 * 24 * HOUR_MS);
});

describe('which issuer is meant', () => {
  test.each(['-sha1', '-sha256', '-sha384', '-sha512'])('%s', (digest) => {
    const directory = directoryOf(world);
    const [id] = parseOcspRequest(ask(directory, digest, ...aboutIvanov)).certificates;
    if (id === undefined) throw new Error('nothing was asked');
    expect(id.serialNumber).toBe(world.serialNumber);
    expect(createIssuerMatch(world.authorities.issuing.issuer.certificate)(id)).toBe(true);
    expect(createIssuerMatch(world.authorities.root.issuer.certificate)(id)).toBe(false);
  });

  test('a hash that nobody computes matches nobody', () => {
    const directory = directoryOf(world);
    const [id] = parseOcspRequest(ask(directory, '-md5', ...aboutIvanov)).certificates;
    if (id === undefined) throw new Error('nothing was asked');
    expect(createIssuerMatch(world.authorities.issuing.issuer.certificate)(id)).toBe(false);
  });
});

describe('a question', () => {
  const idOf = (serialNumber: number) =>
    encodeSequence(
      encodeSequence(encodeOid(OID.sha256)),
      encodeOctetString(new Uint8Array(32)),
      encodeOctetString(new Uint8Array(32)),
      encodeInteger(serialNumber),
    );
  const explicit = (number: number, ...content: Uint8Array[]) =>
    encodeElement(contextTag(number, 'constructed'), ...content);
  const extension = (oid: string, value: Uint8Array, critical = false) =>
    encodeSequence(
      encodeOid(oid),
      ...(critical ? [Uint8Array.of(1, 1, 0xff)] : []),
      encodeOctetString(value),
    );
  const question = (count: number, ...extensions: Uint8Array[]) =>
    encodeSequence(
      encodeSequence(
        encodeSequence(...Array.from({ length: count }, (_, index) => encodeSequence(idOf(index + 1)))),
        ...(extensions.length === 0 ? [] : [explicit(2, encodeSequence(...extensions))]),
      ),
    );
  const refusalOf = (der: Uint8Array): string | undefined => {
    try {
      parseOcspRequest(der);
      return undefined;
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'der-invalid') return error.detail;
      throw error;
    }
  };

  test('about two certificates, with a nonce', () => {
    const nonce = Uint8Array.of(1, 2, 3);
    const request = parseOcspRequest(question(2, extension(OID.ocspNonce, encodeOctetString(nonce))));
    expect(request.certificates.map(({ serialNumber }) => serialNumber)).toEqual(['01', '02']);
    expect(request.nonce).toEqual(nonce);
  });

  test('a nonce of 128 octets is taken, an empty one and one of 129 are not (RFC 9654, 2.1)', () => {
    const withNonce = (octets: number) =>
      question(1, extension(OID.ocspNonce, encodeOctetString(new Uint8Array(octets))));
    expect(parseOcspRequest(withNonce(128)).nonce).toHaveLength(128);
    expect(refusalOf(withNonce(0))).toContain('nonce');
    expect(refusalOf(withNonce(129))).toContain('nonce');
  });

  test('an unknown extension is passed over unless it is critical', () => {
    const unknown = '1.3.6.1.5.5.7.48.1.99';
    expect(parseOcspRequest(question(1, extension(unknown, Uint8Array.of(5, 0)))).nonce).toBeUndefined();
    expect(refusalOf(question(1, extension(unknown, Uint8Array.of(5, 0), true)))).toContain('critical');
  });

  test.each<[string, () => Uint8Array]>([
    ['about nothing', () => question(0)],
    ['about 33 certificates', () => question(33)],
    ['of no octets', () => new Uint8Array(0)],
    ['with something after it', () => Buffer.concat([question(1), Uint8Array.of(0)])],
    ['longer than the limit', () => question(1, extension('1.2.3', new Uint8Array(9000)))],
    ['cut in the middle', () => question(2).subarray(0, 60)],
  ])('%s is refused', (_, make) => {
    expect(refusalOf(make())).toBeDefined();
  });
});
