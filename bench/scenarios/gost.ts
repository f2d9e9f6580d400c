import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { streebog } from '../../src/pki/gost/streebog.ts';
import { verifyGostDigest } from '../../src/pki/gost/verify-gost.ts';
import { makeGostSigner } from '../../src/pki/testing/gost-signer.ts';
import { stayOn } from '../measure/cores.ts';
import { interleave } from '../measure/interleave.ts';
import { atLeast, type Row } from '../report/row.ts';
import type { Workbench } from '../workbench.ts';

/** As OpenSSL's engine names them; the other names stand for the same curves. */
const SETS = [
  { name: '256 bits, TC26 A', oid: '1.2.643.7.1.2.1.1.1', key: ['gost2012_256', 'TCA'] },
  { name: '256 bits, CryptoPro A', oid: '1.2.643.2.2.35.1', key: ['gost2012_256', 'A'] },
  { name: '256 bits, CryptoPro B', oid: '1.2.643.2.2.35.2', key: ['gost2012_256', 'B'] },
  { name: '256 bits, CryptoPro C', oid: '1.2.643.2.2.35.3', key: ['gost2012_256', 'C'] },
  { name: '512 bits, TC26 A', oid: '1.2.643.7.1.2.1.2.1', key: ['gost2012_512', 'A'] },
  { name: '512 bits, TC26 B', oid: '1.2.643.7.1.2.1.2.2', key: ['gost2012_512', 'B'] },
  { name: '512 bits, TC26 C', oid: '1.2.643.7.1.2.1.2.3', key: ['gost2012_512', 'C'] },
] as const;

/** More than are remembered with their tables. */
const KEYS = 40;
const PEER_COUNT = 300;
const PAIRS = 5;
const BUDGET_MS = 15_000;

/** Signatures of GOST R 34.10-2012, beside certificates that OpenSSL verifies with its engine. */
export async function measureGost(workbench: Workbench): Promise<Row[]> {
  stayOn(workbench.cores.server);
  const rows: Row[] = [];
  for (const { name, oid, key } of SETS) {
    const runPeer = makePeer(workbench.directory, key);
    const signers = Array.from({ length: KEYS }, () => makeGostSigner(oid));
    const bits = key[0] === 'gost2012_256' ? 256 : 512;
    const digest = streebog(bits, Buffer.from('message'));
    const cases = signers.map((signer) => [signer.subjectPublicKeyInfo, signer.signDigest(digest)] as const);
    const verifyAll = (known: boolean): number => {
      const startedAt = performance.now();
      for (const [index] of cases.entries()) {
        const [publicKey, signature] = cases[known ? 0 : index] ?? [];
        if (!publicKey || !signature || verifyGostDigest(digest, signature, publicKey) !== 'verified')
          throw new Error(`${name}: not verified`);
      }
      return (KEYS * 1000) / (performance.now() - startedAt);
    };
    verifyAll(true);
    const knownKey = verifyAll(true);
    const pair = await interleave({
      ours: async () => verifyAll(false),
      peer: async () => (PEER_COUNT * 1000) / (runPeer(PEER_COUNT + 1) - runPeer(1)),
      ratio: (ours, theirs) => ours / theirs,
      pairs: PAIRS,
      budgetMs: BUDGET_MS,
    });
    rows.push({
      scenario: `GOST R 34.10-2012, ${name}`,
      unit: 'verifications per second',
      ours: pair.ours,
      peer: { name: 'openssl verify with the engine', value: pair.peer },
      ratio: pair.ratio,
      aim: atLeast(0.05, pair.ratio.median),
      note: `each time another key; with a key that came before ${knownKey.toFixed(0)} per second; of the peer the difference of ${PEER_COUNT + 1} certificates and one, reading them included`,
    });
  }
  return rows;
}

function makePeer(directory: string, [algorithm, set]: readonly [string, string]): (count: number) => number {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' });
  const engine = ['-engine', 'gost'];
  openssl('genpkey', ...engine, '-algorithm', algorithm, '-pkeyopt', `paramset:${set}`, '-out', 'gost.key');
  openssl(
    'req',
    ...engine,
    '-x509',
    '-new',
    '-key',
    'gost.key',
    '-subj',
    '/CN=Root',
    '-out',
    'gost-root.pem',
  );
  openssl('req', ...engine, '-new', '-key', 'gost.key', '-subj', '/CN=ivanov', '-out', 'gost.csr');
  openssl(
    ...['x509', ...engine, '-req', '-in', 'gost.csr', '-CA', 'gost-root.pem', '-CAkey', 'gost.key'],
    ...['-set_serial', '2', '-out', 'gost-leaf.pem'],
  );
  const root = join(directory, 'gost-root.pem');
  return (count) => {
    const files = Array.from({ length: count }, () => 'gost-leaf.pem');
    const startedAt = performance.now();
    openssl('verify', ...engine, '-CAfile', root, ...files);
    return performance.now() - startedAt;
  };
}
