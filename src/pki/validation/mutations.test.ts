/** Damaged certificates, lists and responses: a typed error or an outcome, in bounded time, and never another exception. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ProblemError } from '../../kernel/problem.ts';
import { type IndexedRevocationList, indexRevocationList } from '../crl/indexed-revocation-list.ts';
import { parseRevocationList } from '../crl/parse-revocation-list.ts';
import { OID } from '../der/oid.ts';
import { parseOcspResponse } from '../ocsp/parse-ocsp-response.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { trustAnchorOf } from './path-inputs.ts';
import type { OcspEvidence } from './revocation/certificate-status.ts';
import { extendedKeyUsage } from './testing/extensions.ts';
import { seeded } from './testing/random-chain.ts';
import { makeAuthority, makeCertificate, makeResponseDer, TEST_TIME } from './testing/test-pki.ts';
import { buildCertificationPath, validateCertificationPath } from './validate-certification-path.ts';

const FOLDER = resolve(import.meta.dirname, '../../../test/vectors/pkits');
const BUDGET_MS = 12_000;
const next = seeded(20261122);

/** Few octets change, so that most of what is damaged is still read and reaches the rules. */
function damage(original: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(original);
  for (let count = next(3); count >= 0; count -= 1) {
    const position = next(bytes.length);
    const octet = bytes[position] ?? 0;
    bytes[position] = [next(256), octet ^ (1 << next(8)), octet + 1, 0, 0xff][next(5)] ?? 0;
  }
  return bytes;
}

function tryTo<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ProblemError && error.code !== 'internal') return undefined;
    throw error;
  }
}

const filesOf = (folder: string): Uint8Array[] =>
  readdirSync(resolve(FOLDER, folder)).map((name) => readFileSync(resolve(FOLDER, folder, name)));

test('damaged certificates and lists end in an outcome or a problem', () => {
  const certificateFiles = filesOf('certs');
  const listFiles = filesOf('crls');
  const intact = certificateFiles.map(parseCertificate);
  const anchor = trustAnchorOf(
    parseCertificate(readFileSync(resolve(FOLDER, 'certs', 'TrustAnchorRootCertificate.crt'))),
  );
  const lists = listFiles.map((der) => indexRevocationList(parseRevocationList(der)));
  const outcomes = { refused: 0, valid: 0, unknown: 0, invalid: 0 };
  const deadline = performance.now() + BUDGET_MS;
  let slowestMs = 0;
  for (let round = 0; round < 600 && performance.now() < deadline; round += 1) {
    const certificates: Certificate[] = [];
    for (let count = 0; count < 6; count += 1) {
      const der = certificateFiles[next(certificateFiles.length)];
      const certificate = der && tryTo(() => parseCertificate(damage(der)));
      if (certificate) certificates.push(certificate);
      else outcomes.refused += 1;
    }
    const damagedLists: IndexedRevocationList[] = [];
    for (let count = 0; count < 4; count += 1) {
      const der = listFiles[next(listFiles.length)];
      const list = der && tryTo(() => indexRevocationList(parseRevocationList(damage(der))));
      if (list) damagedLists.push(list);
      else outcomes.refused += 1;
    }
    const inputs = { time: new Date('2011-04-15T00:00:00Z'), weakDigests: 'accepted' } as const;
    const revocation = { lists: [...damagedLists, ...lists] };
    for (const endEntity of certificates) {
      const startedAt = performance.now();
      const question = { inputs, revocation, certificates: [...certificates, ...intact] };
      outcomes[buildCertificationPath({ endEntity, anchors: [anchor], ...question }).verdict] += 1;
      // Signatures that do not match end most paths early: the same rules without looking for a path.
      const path = [certificates[next(certificates.length)], endEntity].filter((c) => c !== undefined);
      outcomes[validateCertificationPath({ anchor, path, ...question }).verdict] += 1;
      slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    }
  }
  expect(outcomes.refused).toBeGreaterThan(20);
  expect(outcomes.invalid).toBeGreaterThan(20);
  expect(slowestMs).toBeLessThan(5000);
});

test('damaged OCSP responses end in an outcome or a problem', () => {
  const issuer = makeAuthority('CN=Root');
  const signer = makeCertificate('CN=Responder', { issuer, extensions: [extendedKeyUsage(OID.ocspSigning)] });
  const { certificate } = makeCertificate('CN=x', { issuer });
  const nonce = Uint8Array.of(4, 1, 7);
  const sample = makeResponseDer({ certificate, issuer, signer, nonce, certificates: [signer.certificate] });
  const verdicts = { refused: 0, error: 0, valid: 0, unknown: 0, invalid: 0 };
  const deadline = performance.now() + BUDGET_MS;
  for (let round = 0; round < 3000 && performance.now() < deadline; round += 1) {
    const response = tryTo(() => parseOcspResponse(damage(sample)));
    if (!response) verdicts.refused += 1;
    else if (response.kind === 'error') verdicts.error += 1;
    else {
      const evidence: OcspEvidence = { response, nonce };
      const outcome = validateCertificationPath({
        anchor: trustAnchorOf(issuer.certificate),
        path: [certificate],
        revocation: { lists: [], responses: [evidence] },
        inputs: { time: TEST_TIME },
      });
      verdicts[outcome.verdict] += 1;
    }
  }
  expect(verdicts.refused).toBeGreaterThan(20);
  expect(verdicts.unknown).toBeGreaterThan(20);
  // A change within the signed part may never leave a revocation, nor another certificate’s answer.
  expect(verdicts.invalid).toBe(0);
});
