import type { Arena } from '../arena.ts';
import { makeHandshakes, type Negotiated } from '../load/handshakes.ts';
import { describeTarget, type TlsVersion } from '../load/target.ts';
import { cpuSeconds } from '../measure/cpu-time.ts';
import { interleave } from '../measure/interleave.ts';
import { atLeast, type Row } from '../report/row.ts';

/** Against nginx's CPU time; the reasons are in the results. */
const AIMS = { 'TLSv1.2': 0.75, 'TLSv1.3': 0.65 } as const satisfies Record<TlsVersion, number>;

/** V8 optimises what runs often, in the background; a server runs for weeks. */
const WARM_UP = 3_000;
const SAMPLE = 600;
const PAIRS = 9;
const BUDGET_MS = 55_000;

/** Full mutual TLS handshakes, each with one small permitted request: the server's CPU time for one. */
export async function measureHandshakes(arena: Arena): Promise<Row[]> {
  const rows: Row[] = [];
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) rows.push(await measureVersion(arena, version));
  return rows;
}

async function measureVersion(arena: Arena, version: TlsVersion): Promise<Row> {
  const { gate, peer, installation } = arena;
  const negotiated = new Map<typeof gate, Negotiated>();
  const measure = async (server: typeof gate, count = SAMPLE): Promise<number> => {
    const target = describeTarget(installation, version, server.port);
    const before = cpuSeconds(server.program.pid);
    negotiated.set(server, await makeHandshakes(target, count));
    return ((cpuSeconds(server.program.pid) - before) / count) * 1e6;
  };
  await measure(gate, WARM_UP);
  await measure(peer);
  const pair = await interleave({
    ours: () => measure(gate),
    peer: () => measure(peer),
    ratio: (ours, theirs) => theirs / ours,
    pairs: PAIRS,
    budgetMs: BUDGET_MS,
  });
  const ciphers = [negotiated.get(gate)?.cipher, negotiated.get(peer)?.cipher];
  if (ciphers[0] !== ciphers[1]) throw new Error(`different ciphers: ${ciphers.join(' and ')}`);
  return {
    scenario: `mTLS handshake with one request, ${version.replace('v', ' ')}`,
    unit: 'µs of server CPU',
    ours: pair.ours,
    peer: { name: 'nginx', value: pair.peer },
    ratio: pair.ratio,
    aim: atLeast(AIMS[version], pair.ratio.median),
    note: `${pair.pairs} pairs of ${SAMPLE} full handshakes, no resumption; ${ciphers[0]}, X25519, P-256 on both sides`,
  };
}
