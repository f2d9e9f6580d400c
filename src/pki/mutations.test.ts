/** Damaged input of every kind may only end in a {@link ProblemError}: no other exception, no endless work. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ProblemError } from '../kernel/problem.ts';
import { systemRandom } from '../kernel/random.ts';
import { issueRevocationList } from './crl/issue-revocation-list.ts';
import { parseRevocationList } from './crl/parse-revocation-list.ts';
import { encodePem } from './pem/pem.ts';
import { openRootKeyFile, sealRootKeyFile } from './pkcs8/root-key-file.ts';
import { buildPkcs12 } from './pkcs12/build-pkcs12.ts';
import { openPkcs12 } from './pkcs12/open-pkcs12.ts';
import { directoryWith, run } from './testing/run-program.ts';
import { ADDRESSES, issueFor, makeAuthorities, NOW } from './testing/test-authorities.ts';
import { parseCertificate } from './x509/certificate.ts';

/** A small generator with a fixed seed (xorshift32), so that a failure can be repeated. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const INTERESTING = [0, 1, 0x7f, 0x80, 0x81, 0x84, 0xff, 0x30, 0x24, 0xa0];

function mutate(original: Uint8Array, next: (below: number) => number): Uint8Array {
  const bytes = Uint8Array.from(original);
  for (let change = next(3); change >= 0; change -= 1) {
    const position = next(bytes.length);
    bytes[position] = next(2) === 0 ? (INTERESTING[next(INTERESTING.length)] ?? 0) : next(256);
  }
  const cut = next(8);
  if (cut === 0) return bytes.subarray(0, next(bytes.length));
  if (cut === 1) {
    const position = next(bytes.length);
    return Uint8Array.from([...bytes.subarray(0, position), ...bytes.subarray(next(bytes.length))]);
  }
  return bytes;
}

let samples: {
  certificate: Uint8Array;
  list: Uint8Array;
  compatible: Uint8Array;
  modern: Uint8Array;
  leaf: Uint8Array;
  keyPkcs8: Uint8Array;
  rootKey: Uint8Array;
};
beforeAll(async () => {
  const authorities = await makeAuthorities();
  const { certificateDer, certificate, keyPair } = await issueFor('ivanov', authorities);
  const pkcs12 = (format: 'compatible' | 'modern') =>
    buildPkcs12(
      {
        format,
        certificateDer,
        privateKeyPkcs8: keyPair.privateKeyPkcs8,
        authoritiesDer: [authorities.issuing.certificateDer],
        friendlyName: 'ivanov',
        password: 'x',
        iterations: 1,
      },
      { random: systemRandom },
    );
  samples = {
    certificate: certificateDer,
    list: issueRevocationList({
      issuer: authorities.issuing.issuer,
      number: 1,
      thisUpdate: NOW,
      nextUpdate: new Date(NOW.getTime() + 1000),
      entries: [{ serialNumber: certificate.serialNumber, revokedAt: NOW, reason: 'keyCompromise' }],
      distributionPointUrl: ADDRESSES.revocationListUrl,
      covers: 'user-certificates',
    }),
    compatible: pkcs12('compatible'),
    modern: pkcs12('modern'),
    leaf: certificateDer,
    keyPkcs8: keyPair.privateKeyPkcs8,
    rootKey: Buffer.from(
      sealRootKeyFile(keyPair.privateKeyPkcs8, 'twelve letters', { random: systemRandom }),
    ),
  };
});

/** Neither encrypted nor under a MAC: mutations of it reach the bags. */
function plainPkcs12(): Uint8Array {
  const directory = directoryWith({
    'leaf.pem': samples.leaf,
    'key.pem': encodePem('PRIVATE KEY', samples.keyPkcs8),
  });
  const plain = ['-keypbe', 'NONE', '-certpbe', 'NONE', '-nomac', '-passout', 'pass:x', '-out', 'plain.pfx'];
  run(directory, 'openssl', ['pkcs12', '-export', '-in', 'leaf.pem', '-inkey', 'key.pem', ...plain]);
  return readFileSync(join(directory, 'plain.pfx'));
}

describe('mutations', () => {
  test.each<[keyof typeof samples | 'plain', number, (bytes: Uint8Array) => unknown]>([
    ['certificate', 4000, parseCertificate],
    ['list', 3000, parseRevocationList],
    ['compatible', 1000, (bytes) => openPkcs12(bytes, 'x', { maxRounds: 2000 })],
    ['modern', 1000, (bytes) => openPkcs12(bytes, 'x', { maxRounds: 2000 })],
    ['plain', 2000, (bytes) => openPkcs12(bytes, 'x', { maxRounds: 2000 })],
  ])('of a sample of %s end in a value or in a problem', (name, rounds, parse) => {
    const sample = name === 'plain' ? plainPkcs12() : samples[name];
    const next = seeded(20261122);
    const outcomes = { value: 0, problem: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const bytes = mutate(sample, next);
      try {
        parse(bytes);
        outcomes.value += 1;
      } catch (error) {
        if (!(error instanceof ProblemError) || error.code === 'internal') {
          throw new Error(`round ${round}: ${Buffer.from(bytes).toString('base64')}`, { cause: error });
        }
        outcomes.problem += 1;
      }
    }
    // Both kinds must occur, or the mutations test nothing; a MAC lets next to none pass.
    expect(outcomes.problem).toBeGreaterThan(rounds / 10);
    if (name !== 'compatible' && name !== 'modern') expect(outcomes.value).toBeGreaterThan(rounds / 20);
  });

  test('of the root’s key file end in a value or in a problem', () => {
    const next = seeded(3);
    for (let round = 0; round < 15; round += 1) {
      const bytes = mutate(samples.rootKey, next);
      try {
        openRootKeyFile(bytes, 'twelve letters');
      } catch (error) {
        expect(error).toBeInstanceOf(ProblemError);
      }
    }
  });
});
