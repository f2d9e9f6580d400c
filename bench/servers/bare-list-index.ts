/**
 * Indexes one revocation list in a process of its own, so that its memory can be told.
 *
 *     node bare-list-index.ts list.der public-key.der here|worker
 */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { SerialNumber } from '../../src/kernel/brand.ts';
import { indexRevocationListInWorker } from '../../src/pki/crl/index-in-worker.ts';
import {
  buildRevocationListIndex,
  openRevocationListIndex,
} from '../../src/pki/crl/large-revocation-list.ts';

const [listFile = '', keyFile = '', place = 'here'] = process.argv.slice(2);
const publicKey = readFileSync(keyFile);
await wait(300);
const idle = process.memoryUsage.rss();
let highest = idle;
const sampler = setInterval(() => {
  highest = Math.max(highest, process.memoryUsage.rss());
}, 10);

const startedAt = performance.now();
const der = readFileSync(listFile);
const list =
  place === 'worker'
    ? await indexRevocationListInWorker(der, [publicKey])
    : openRevocationListIndex(buildRevocationListIndex(der, [publicKey]));
const verdict = list.verifySignature(publicKey);
const tookMs = performance.now() - startedAt;
highest = Math.max(highest, process.memoryUsage.rss());
clearInterval(sampler);

const serials = Array.from(
  { length: 20_000 },
  (_, index) => (0x4000_0000 + index * 7).toString(16) as SerialNumber,
);
for (const serial of serials) list.findEntry(serial, list.issuer);
const lookupAt = performance.now();
let found = 0;
for (const serial of serials) if (list.findEntry(serial, list.issuer)) found += 1;
const lookupMicros = ((performance.now() - lookupAt) * 1000) / serials.length;

process.stdout.write(
  JSON.stringify({
    verdict,
    tookMs,
    lookupMicros,
    found,
    entries: list.entryCount,
    mebibytes: (highest - idle) / 2 ** 20,
  }),
);
