import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SerialNumber } from '../../kernel/brand.ts';
import { contextTag, readDer, TAG } from '../der/der-element.ts';
import {
  encodeBitString,
  encodedTrue,
  encodeElement,
  encodeInteger,
  encodeIntegerBytes,
  encodeOctetString,
  encodeOid,
  encodeSequence,
  encodeTime,
} from '../der/der-writer.ts';
import { makeGostSigner } from '../testing/gost-signer.ts';
import { problemOf } from '../testing/problem-of.ts';
import { type Authorities, makeAuthorities, NOW } from '../testing/test-authorities.ts';
import { encodeDistinguishedName, readDistinguishedName } from '../x509/distinguished-name.ts';
import { indexRevocationListInWorker } from './index-in-worker.ts';
import { indexRevocationList } from './indexed-revocation-list.ts';
import { issueRevocationList } from './issue-revocation-list.ts';
import { buildRevocationListIndex, openRevocationListIndex } from './large-revocation-list.ts';
import { parseRevocationList } from './parse-revocation-list.ts';
import { REASON_CODES } from './revoked-entry.ts';

const REASONS = [...(Object.keys(REASON_CODES) as (keyof typeof REASON_CODES)[]), undefined];

function serialAt(index: number): SerialNumber {
  const bytes = randomBytes(6 + (index % 14));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex') as SerialNumber;
}

describe('a large revocation list', () => {
  let authorities: Authorities;
  const entries = Array.from({ length: 3000 }, (_, index) => {
    const reason = REASONS[index % REASONS.length];
    return {
      serialNumber: serialAt(index),
      revokedAt: new Date(Date.UTC(1999, index % 12, 1 + (index % 31), index % 24, index % 60, index % 60)),
      ...(reason && { reason }),
    };
  });
  const issue = (chosen: typeof entries) =>
    issueRevocationList({
      issuer: authorities.issuing.issuer,
      number: 7,
      thisUpdate: NOW,
      nextUpdate: new Date(NOW.getTime() + 86_400_000),
      entries: chosen,
      distributionPointUrl: 'http://pki.propusk.example/issuing.crl',
      covers: 'user-certificates',
    });
  beforeAll(async () => {
    authorities = await makeAuthorities();
  });

  it('gives the same answers as the list that is parsed whole', () => {
    const der = issue(entries);
    const { certificate } = authorities.issuing.issuer;
    const large = openRevocationListIndex(buildRevocationListIndex(der, []));
    const { entries: _, ...facts } = parseRevocationList(der);
    const parsed = indexRevocationList(parseRevocationList(der));
    expect(large.entryCount).toBe(entries.length);
    for (const key of [
      'sha256Fingerprint',
      'thisUpdate',
      'nextUpdate',
      'number',
      'criticalExtensions',
      'signature',
    ] as const) {
      expect(large[key]).toEqual(facts[key]);
    }
    for (const { serialNumber } of entries) {
      expect(large.findEntry(serialNumber, certificate.subject)).toEqual(
        parsed.findEntry(serialNumber, certificate.subject),
      );
      expect(large.findEntry(serialNumber, certificate.subject)?.serialNumber).toBe(serialNumber);
    }
    for (let index = 0; index < 500; index += 1) {
      expect(
        large.findEntry(`7f${randomBytes(18).toString('hex')}` as SerialNumber, certificate.subject),
      ).toBeUndefined();
    }
    expect(
      large.findEntry(
        entries[0]?.serialNumber ?? ('' as SerialNumber),
        authorities.root.issuer.certificate.subject,
      ),
    ).toBeUndefined();
    expect(large.verifySignature(certificate.publicKeySpki)).toBe('verified');
    expect(large.verifySignature(authorities.root.issuer.certificate.publicKeySpki)).toBe('mismatch');
  });

  it('may be empty', () => {
    const large = openRevocationListIndex(buildRevocationListIndex(issue([]), []));
    expect(large.entryCount).toBe(0);
    expect(large.findEntry('01' as SerialNumber, large.issuer)).toBeUndefined();
  });

  it('is read and verified in a worker', async () => {
    const der = issue(entries);
    const { certificate } = authorities.issuing.issuer;
    const large = await indexRevocationListInWorker(der, [certificate.publicKeySpki]);
    expect(large.entryCount).toBe(entries.length);
    expect(large.verifySignature(certificate.publicKeySpki)).toBe('verified');
    expect(
      large.findEntry(entries[5]?.serialNumber ?? ('' as SerialNumber), certificate.subject),
    ).toBeDefined();
    await expect(indexRevocationListInWorker(der.slice(0, -1), [])).rejects.toMatchObject({
      code: 'der-invalid',
    });
  });

  it('is refused like any other list when an entry is damaged', () => {
    const der = Uint8Array.from(issue(entries.slice(0, 200)));
    const { entries: index } = buildRevocationListIndex(der, []);
    let refused = 0;
    for (let round = 0; round < 400; round += 1) {
      const start = index.offsets[round % 200] ?? 0;
      const at = start + Math.floor(Math.random() * 30);
      const before = der[at] ?? 0;
      der[at] = Math.floor(Math.random() * 256);
      const outcomes = [
        () => parseRevocationList(der),
        () => openRevocationListIndex(buildRevocationListIndex(der, [])),
      ].map((read) => {
        try {
          read();
          return 'read';
        } catch {
          return problemOf(read).code;
        }
      });
      expect(outcomes[1]).toBe(outcomes[0]);
      if (outcomes[0] !== 'read') refused += 1;
      der[at] = before;
    }
    expect(refused).toBeGreaterThan(10);
  });
});

describe('an indirect list', () => {
  const signer = makeGostSigner('1.2.643.7.1.2.1.1.1');
  const name = (commonName: string) => encodeDistinguishedName({ commonName });
  const read = (der: Uint8Array) => readDistinguishedName(readDer(der, 'name'), 'name');
  const extension = (oid: string, value: Uint8Array, isCritical = false) =>
    encodeSequence(encodeOid(oid), ...(isCritical ? [encodedTrue] : []), encodeOctetString(value));
  const entry = (serial: number, ...extensions: Uint8Array[]) =>
    encodeSequence(
      encodeIntegerBytes(Uint8Array.of(serial)),
      encodeTime(NOW),
      ...(extensions.length > 0 ? [encodeSequence(...extensions)] : []),
    );
  const issuerOf = (commonName: string) =>
    extension(
      '2.5.29.29',
      encodeSequence(encodeElement(contextTag(4, 'constructed'), name(commonName))),
      true,
    );
  const list = (...entries: Uint8Array[]) => {
    const tbs = encodeSequence(
      encodeInteger(1),
      signer.signatureAlgorithm,
      name('List'),
      encodeTime(NOW),
      ...(entries.length > 0 ? [encodeSequence(...entries)] : []),
    );
    return encodeSequence(tbs, signer.signatureAlgorithm, encodeBitString(signer.sign(tbs)));
  };

  it('keeps the issuer of an entry for those after it; the last of equal entries counts', () => {
    const hold = extension('2.5.29.21', encodeElement(TAG.enumerated, Uint8Array.of(6)));
    const removed = extension('2.5.29.21', encodeElement(TAG.enumerated, Uint8Array.of(8)));
    const der = list(
      entry(1),
      entry(1, issuerOf('First')),
      entry(2),
      entry(2, hold),
      entry(1, removed, issuerOf('Second')),
    );
    const large = openRevocationListIndex(buildRevocationListIndex(der, [signer.subjectPublicKeyInfo]));
    const find = (serial: string, issuer: string) =>
      large.findEntry(serial as SerialNumber, read(name(issuer)));
    expect(find('01', 'List')).toEqual({ serialNumber: '01', revokedAt: NOW });
    expect(find('01', 'First')?.certificateIssuer?.text).toBe('CN=First');
    expect(find('02', 'First')?.reason).toBe('certificateHold');
    expect(find('02', 'List')).toBeUndefined();
    expect(find('01', 'Second')?.isRemoved).toBe(true);
    expect(large.criticalExtensions).toEqual(['2.5.29.29']);
    expect(large.verifySignature(signer.subjectPublicKeyInfo)).toBe('verified');
    const whole = indexRevocationList(parseRevocationList(der));
    for (const serial of ['01', '02', '03'])
      for (const issuer of ['List', 'First', 'Second'])
        expect(find(serial, issuer)).toEqual(whole.findEntry(serial as SerialNumber, read(name(issuer))));
    const sameSerial = large.findEntries('01' as SerialNumber);
    expect(sameSerial.map(({ certificateIssuer }) => certificateIssuer?.text)).toEqual([
      'CN=Second',
      'CN=First',
      undefined,
    ]);
    expect(sameSerial).toEqual(whole.findEntries('01' as SerialNumber));
  });
});
