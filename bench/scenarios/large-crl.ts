import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SerialNumber } from '../../src/kernel/brand.ts';
import { issueRevocationList } from '../../src/pki/crl/issue-revocation-list.ts';
import { DerReader, readDer } from '../../src/pki/der/der-element.ts';
import { encodeBitString, encodeSequence } from '../../src/pki/der/der-writer.ts';
import { encodePem } from '../../src/pki/pem/pem.ts';
import { makeGostSigner } from '../../src/pki/testing/gost-signer.ts';
import { makeAuthorities, NOW } from '../../src/pki/testing/test-authorities.ts';
import { interleave } from '../measure/interleave.ts';
import { spreadOf } from '../measure/statistics.ts';
import { atMost, type Row } from '../report/row.ts';
import type { Workbench } from '../workbench.ts';

const INDEX = resolve(import.meta.dirname, '../servers/bare-list-index.ts');
const ENTRIES = 600_000;
const PAIRS = 5;
const BUDGET_MS = 60_000;

interface Run {
  readonly verdict: string;
  readonly tookMs: number;
  readonly lookupMicros: number;
  readonly mebibytes: number;
}

/** A list of 20 MB: read, verified over its octets, indexed; beside `openssl crl`, which reads and verifies it. */
export async function measureLargeList(workbench: Workbench): Promise<Row[]> {
  const { issuing } = await makeAuthorities();
  const der = issueRevocationList({
    issuer: issuing.issuer,
    number: 1,
    thisUpdate: NOW,
    nextUpdate: new Date(NOW.getTime() + 86_400_000),
    entries: entries(),
    distributionPointUrl: 'http://pki.propusk.example/issuing.crl',
    covers: 'user-certificates',
  });
  const file = (name: string, content: Uint8Array | string): string => {
    const path = join(workbench.directory, name);
    writeFileSync(path, content);
    return path;
  };
  const authority = file('authority.pem', encodePem('CERTIFICATE', issuing.certificateDer));
  const list = file('list.der', der);
  const key = file('key.der', issuing.issuer.certificate.publicKeySpki);
  const run = (...args: string[]): Run =>
    JSON.parse(execFileSync(process.execPath, [INDEX, ...args], { encoding: 'utf8' }));
  const runs: Run[] = [];
  const pair = await interleave({
    ours: async () => {
      const result = run(list, key, 'here');
      if (result.verdict !== 'verified') throw new Error(`the list: ${result.verdict}`);
      runs.push(result);
      return result.tookMs;
    },
    peer: async () => {
      const startedAt = performance.now();
      execFileSync('openssl', ['crl', '-inform', 'DER', '-in', list, '-noout', '-CAfile', authority], {
        stdio: 'pipe',
      });
      return performance.now() - startedAt;
    },
    ratio: (ours, theirs) => theirs / ours,
    pairs: PAIRS,
    budgetMs: BUDGET_MS,
  });
  const megabytes = (der.length / 1e6).toFixed(1);
  const memory = spreadOf(runs.map(({ mebibytes }) => mebibytes));
  const lookup = spreadOf(runs.map(({ lookupMicros }) => lookupMicros));
  const common = { peer: undefined, ratio: undefined };
  return [
    {
      scenario: 'list of 20 MB, signed with ECDSA',
      unit: 'ms',
      ours: pair.ours,
      peer: { name: 'openssl crl', value: pair.peer },
      ratio: pair.ratio,
      aim: atMost('time', 500, 'ms', pair.ours.median),
      note: `${megabytes} MB, ${ENTRIES.toLocaleString('en')} entries: reading the file, signature, index; the first list of its process`,
    },
    {
      scenario: 'list of 20 MB, memory above idle',
      unit: 'MiB',
      ours: memory,
      ...common,
      aim: atMost('memory', 95, 'MiB', memory.median),
      note: 'the highest, sampled; the list itself included',
    },
    {
      scenario: 'list of 20 MB, finding a serial number',
      unit: 'µs',
      ours: lookup,
      ...common,
      aim: atMost('time', 50, 'µs', lookup.median),
      note: 'found, with its date and reason decoded',
    },
    measureGostList(run, file, der),
  ];
}

function measureGostList(
  run: (...args: string[]) => Run,
  file: (name: string, content: Uint8Array) => string,
  der: Uint8Array,
): Row {
  const signer = makeGostSigner('1.2.643.7.1.2.1.1.1');
  const [tbs] = readDer(der, 'list').reader().rest();
  const fields = tbs ? new DerReader(tbs.content).rest().map((field) => field.der) : [];
  fields[1] = signer.signatureAlgorithm;
  const resigned = encodeSequence(...fields);
  const list = file(
    'gost-list.der',
    encodeSequence(resigned, signer.signatureAlgorithm, encodeBitString(signer.sign(resigned))),
  );
  const key = file('gost-key.der', signer.subjectPublicKeyInfo);
  const runs = Array.from({ length: 3 }, () => run(list, key, 'worker'));
  if (runs.some(({ verdict }) => verdict !== 'verified'))
    throw new Error('the list signed with GOST is not verified');
  const took = spreadOf(runs.map(({ tookMs }) => tookMs));
  return {
    scenario: 'list of 20 MB, signed with GOST, in a worker',
    unit: 'ms',
    ours: took,
    peer: undefined,
    ratio: undefined,
    aim: atMost('time', 2500, 'ms', took.median),
    note: `starting the worker included; memory above idle ${Math.max(...runs.map(({ mebibytes }) => mebibytes)).toFixed(0)} MiB`,
  };
}

function* entries() {
  for (let index = 0; index < ENTRIES; index += 1) {
    yield {
      serialNumber: (0x4000_0000 + index * 7).toString(16) as SerialNumber,
      revokedAt: new Date(NOW.getTime() - index * 60_000),
      ...(index % 4 === 0 ? {} : { reason: 'superseded' as const }),
    };
  }
}
