import type { Arena } from '../arena.ts';
import { type KeepAliveClient, openKeepAliveClient } from '../load/keep-alive.ts';
import { describeTarget } from '../load/target.ts';
import { cpuSeconds } from '../measure/cpu-time.ts';
import { interleave } from '../measure/interleave.ts';
import { atLeast, type Row } from '../report/row.ts';

const AIM = 0.35;
const CONNECTIONS = 32;
const WARM_UP = 20_000;
const SAMPLE = 10_000;
const PAIRS = 9;
const BUDGET_MS = 50_000;

/** Requests over connections that stay open: how many one second of the server's CPU carries. */
export async function measureKeepAlive({ gate, peer, installation }: Arena): Promise<Row[]> {
  const open = (port: number): Promise<KeepAliveClient> =>
    openKeepAliveClient(describeTarget(installation, 'TLSv1.3', port), CONNECTIONS);
  const [gateClient, peerClient] = [await open(gate.port), await open(peer.port)];
  const busy: number[] = [];
  const measure = async (client: KeepAliveClient, pid: number): Promise<number> => {
    const [before, startedAt] = [cpuSeconds(pid), performance.now()];
    await client.send(SAMPLE);
    const seconds = cpuSeconds(pid) - before;
    busy.push(seconds / ((performance.now() - startedAt) / 1000));
    return SAMPLE / seconds;
  };
  try {
    await gateClient.send(WARM_UP);
    await peerClient.send(SAMPLE);
    const pair = await interleave({
      ours: () => measure(gateClient, gate.program.pid),
      peer: () => measure(peerClient, peer.program.pid),
      ratio: (ours, theirs) => ours / theirs,
      pairs: PAIRS,
      budgetMs: BUDGET_MS,
    });
    const percent = (part: number): number =>
      Math.round(
        (busy.filter((_, index) => index % 2 === part).reduce((a, b) => a + b, 0) / pair.pairs) * 100,
      );
    return [
      {
        scenario: 'keep-alive requests, HTTP/1.1 over TLS 1.3',
        unit: 'requests per second of server CPU',
        ours: pair.ours,
        peer: { name: 'nginx', value: pair.peer },
        ratio: pair.ratio,
        aim: atLeast(AIM, pair.ratio.median),
        note: `${pair.pairs} pairs of ${SAMPLE} requests over ${CONNECTIONS} connections; the core was busy with the gate ${percent(1)} %, with nginx ${percent(0)} % of the time`,
      },
    ];
  } finally {
    gateClient.close();
    peerClient.close();
  }
}
