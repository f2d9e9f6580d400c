/** Damaged files that people import end in a refusal or a {@link ProblemError}, in bounded time: nothing else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SerialNumber } from '../kernel/brand.ts';
import { ProblemError } from '../kernel/problem.ts';
import { readSignedData } from './cms/read-signed-data.ts';
import { verifySignedData } from './cms/verify-signed-data.ts';
import { buildRevocationListIndex, openRevocationListIndex } from './crl/large-revocation-list.ts';
import { TAG } from './der/der-element.ts';
import { encodeElement, encodeOid, encodeSequence } from './der/der-writer.ts';
import { readPkcs12 } from './pkcs12/read-pkcs12.ts';
import { recogniseFile } from './recognition/recognise-file.ts';
import { directoryWith, run } from './testing/run-program.ts';
import { parseCertificate } from './x509/certificate.ts';

const BUDGET_MS = 2000;
const SLOWEST_MS = 3000;

/** Xorshift with a fixed seed, so that a failure can be repeated. */
function makeRandom(): (below: number) => number {
  let state = 20_261_122;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function mutate(original: Uint8Array, random: (below: number) => number): Uint8Array {
  const bytes = Uint8Array.from(original);
  for (let change = random(4); change >= 0; change -= 1) {
    bytes[random(bytes.length)] =
      random(3) === 0 ? ([0, 0x7f, 0x80, 0x84, 0xff, 0x30, 0xa0][random(7)] ?? 0) : random(256);
  }
  return random(6) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes;
}

/** How many ended well, how many in a refusal; anything else fails. */
function attack(original: Uint8Array, read: (bytes: Uint8Array) => unknown): number {
  const random = makeRandom();
  const startedAt = performance.now();
  let tried = 0;
  for (; tried < 3000 && performance.now() - startedAt < BUDGET_MS; tried += 1) {
    const bytes = mutate(original, random);
    const before = performance.now();
    try {
      read(bytes);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
    }
    expect(performance.now() - before).toBeLessThan(SLOWEST_MS);
  }
  return tried;
}

function samples() {
  const directory = directoryWith({
    'ca.cnf': '[ca]\ndefault_ca=d\n[d]\ndatabase=index\ncrlnumber=number\ndefault_md=md_gost12_256\n',
    index: 'R\t291231235959Z\t251231235959Z,keyCompromise\t0A\tunknown\t/CN=petrov\n',
    number: '01\n',
    content: 'text',
  });
  const openssl = (command: string, ...args: string[]) =>
    run(directory, 'openssl', [command, '-engine', 'gost', ...args]);
  openssl('genpkey', '-algorithm', 'gost2012_256', '-pkeyopt', 'paramset:A', '-out', 'key');
  openssl('req', '-x509', '-new', '-key', 'key', '-subj', '/CN=ivanov', '-out', 'cert');
  openssl(
    'ca',
    '-config',
    'ca.cnf',
    '-gencrl',
    '-crldays',
    '1',
    '-keyfile',
    'key',
    '-cert',
    'cert',
    '-out',
    'crl',
  );
  run(directory, 'openssl', ['crl', '-in', 'crl', '-outform', 'DER', '-out', 'crl.der']);
  openssl(
    'cms',
    '-sign',
    '-nodetach',
    '-stream',
    '-in',
    'content',
    '-signer',
    'cert',
    '-inkey',
    'key',
    '-outform',
    'DER',
    '-out',
    'signed',
  );
  const pkcs12 = [
    '-export',
    '-in',
    'cert',
    '-inkey',
    'key',
    '-passout',
    'pass:1',
    '-macalg',
    'md_gost12_512',
    '-iter',
    '2',
  ];
  openssl('pkcs12', ...pkcs12, '-certpbe', 'gost89', '-keypbe', 'gost89', '-out', 'pfx');
  openssl(
    'pkcs12',
    ...pkcs12,
    '-nomac',
    '-certpbe',
    'AES-256-CBC',
    '-keypbe',
    'AES-256-CBC',
    '-out',
    'bare-pfx',
  );
  return (name: string) => new Uint8Array(readFileSync(join(directory, name)));
}

describe('damaged files that people import', () => {
  it('end in an answer or a refusal', () => {
    const file = samples();
    expect(
      attack(file('signed'), (bytes) => {
        const data = readSignedData(bytes);
        return verifySignedData(
          data,
          data.certificatesDer.map(parseCertificate),
          data.content ? undefined : Buffer.from('text'),
        );
      }),
    ).toBeGreaterThan(10);
    for (const name of ['pfx', 'bare-pfx']) {
      expect(attack(file(name), (bytes) => readPkcs12(bytes, '1', { maxRounds: 100_000 }))).toBeGreaterThan(
        10,
      );
    }
    expect(
      attack(file('crl.der'), (bytes) => {
        const list = openRevocationListIndex(buildRevocationListIndex(bytes, []));
        return list.findEntry('0a' as SerialNumber, list.issuer);
      }),
    ).toBeGreaterThan(10);
    for (const name of ['signed', 'pfx', 'crl.der', 'cert', 'crl', 'key']) {
      expect(attack(file(name), recogniseFile)).toBeGreaterThan(10);
    }
  });

  it('are refused in bounded time when they are built to take long', () => {
    const name = encodeSequence(encodeOid('2.5.4.3'), encodeElement(TAG.utf8String, Buffer.from('a')));
    const names = encodeElement(
      TAG.sequence,
      Buffer.concat(Array.from({ length: 100_000 }, () => encodeElement(TAG.set, name))),
    );
    let deep: Uint8Array = new Uint8Array();
    for (let level = 0; level < 3000; level += 1) deep = encodeSequence(deep);
    for (const hostile of [names, deep, Buffer.alloc(1_000_000, Uint8Array.of(0x30, 0x80))]) {
      for (const read of [
        parseCertificate,
        readSignedData,
        recogniseFile,
        (bytes: Uint8Array) => readPkcs12(bytes, ''),
        (bytes: Uint8Array) => buildRevocationListIndex(bytes, []),
      ]) {
        const startedAt = performance.now();
        try {
          read(hostile);
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error;
        }
        expect(performance.now() - startedAt).toBeLessThan(SLOWEST_MS);
      }
    }
  });
});
