import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { indexRevocationList } from '../../src/pki/crl/indexed-revocation-list.ts';
import { parseRevocationList } from '../../src/pki/crl/parse-revocation-list.ts';
import { encodePem } from '../../src/pki/pem/pem.ts';
import { trustAnchorOf } from '../../src/pki/validation/path-inputs.ts';
import {
  makeAuthority,
  makeCertificate,
  makeListDer,
  TEST_TIME,
} from '../../src/pki/validation/testing/test-pki.ts';
import { buildCertificationPath } from '../../src/pki/validation/validate-certification-path.ts';
import { parseCertificate } from '../../src/pki/x509/certificate.ts';
import { stayOn } from '../measure/cores.ts';
import { interleave } from '../measure/interleave.ts';
import { atLeast, type Row } from '../report/row.ts';
import type { Workbench } from '../workbench.ts';

const PATHS = 1_000;
const LISTED = 100;
const PAIRS = 9;
const BUDGET_MS = 40_000;

/** An end entity, its authority and the root, with the lists of both, beside `openssl verify -crl_check_all`. */
export async function measureValidation(workbench: Workbench): Promise<Row[]> {
  const root = makeAuthority('O=Romashka,CN=Root');
  const authority = makeAuthority('O=Romashka,CN=Authority', { issuer: root });
  const { certificate } = makeCertificate('O=Romashka,CN=ivanov', { issuer: authority });
  const entries = Array.from({ length: LISTED }, () => makeCertificate('CN=revoked', { issuer: authority }));
  const listsDer = [makeListDer(root, { entries }), makeListDer(authority, { entries })];

  const file = (name: string, label: string, all: readonly Uint8Array[]): string => {
    const path = join(workbench.directory, name);
    writeFileSync(path, all.map((der) => encodePem(label, der)).join(''));
    return path;
  };
  const fixed = [
    ...['verify', '-crl_check_all', '-no-CApath', '-no-CAstore'],
    ...['-attime', String(TEST_TIME.getTime() / 1000)],
    ...['-CAfile', file('root.pem', 'CERTIFICATE', [root.certificate.der])],
    ...['-untrusted', file('authority.pem', 'CERTIFICATE', [authority.certificate.der])],
    ...['-CRLfile', file('lists.pem', 'X509 CRL', listsDer)],
  ];
  const endEntityFile = file('x.pem', 'CERTIFICATE', [certificate.der]);
  const runPeer = (paths: number): number => {
    const files = Array.from({ length: paths }, () => endEntityFile);
    const startedAt = performance.now();
    execFileSync('openssl', [...fixed, ...files], { stdio: ['ignore', 'ignore', 'pipe'] });
    return performance.now() - startedAt;
  };

  // Both read what many paths share once, and everything of each path anew: parsing, building, signatures.
  const anchors = [trustAnchorOf(root.certificate)];
  const lists = listsDer.map(parseRevocationList);
  const validateOnce = (): void => {
    const { verdict } = buildCertificationPath({
      endEntity: parseCertificate(certificate.der),
      anchors,
      certificates: [authority.certificate],
      revocation: { lists: lists.map(indexRevocationList) },
      inputs: { time: TEST_TIME },
    });
    if (verdict !== 'valid') throw new Error(`the path is ${verdict}`);
  };

  stayOn(workbench.cores.server);
  for (let index = 0; index < PATHS; index += 1) validateOnce();
  const pair = await interleave({
    ours: async () => {
      const startedAt = performance.now();
      for (let index = 0; index < PATHS; index += 1) validateOnce();
      return (PATHS * 1000) / (performance.now() - startedAt);
    },
    // Without the start of the process.
    peer: async () => (PATHS * 1000) / (runPeer(PATHS + 1) - runPeer(1)),
    ratio: (ours, theirs) => ours / theirs,
    pairs: PAIRS,
    budgetMs: BUDGET_MS,
  });
  return [
    {
      scenario: 'validation of a path of 3 certificates with lists',
      unit: 'paths per second',
      ours: pair.ours,
      peer: { name: 'openssl verify -crl_check_all', value: pair.peer },
      ratio: pair.ratio,
      aim: atLeast(0.5, pair.ratio.median),
      note: `${pair.pairs} pairs of ${PATHS.toLocaleString('en')} paths, P-256, ${LISTED} entries in each list, both on one core; OpenSSL's start is taken off, and it looks the root up in the root's list as well`,
    },
  ];
}
