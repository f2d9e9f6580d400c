import type { Arena } from '../arena.ts';
import { openKeepAliveClient } from '../load/keep-alive.ts';
import { describeTarget } from '../load/target.ts';
import { cpuSeconds } from '../measure/cpu-time.ts';
import { interleave } from '../measure/interleave.ts';
import { atLeast, type Row } from '../report/row.ts';

const AIM = 0.35;
const CONNECTIONS = 32;
/** V8 optimises what runs often, in the background; a server runs for weeks. */
const WARM_UP = 50_000;
const SAMPLE = 10_000;
const BUDGET_MS = 40_000;

type Server = Arena['gate'];

/** Requests over connections that stay open: how many one second of the server's CPU carries. */
export async function measureKeepAlive(arena: Arena): Promise<Row[]> {
  const gate = await compare(arena, arena.gate, 9);
  const bare = await compare(arena, await arena.startBareProxy(), 5);
  const unit = 'requests per second of server CPU';
  return [
    {
      scenario: 'keep-alive requests, HTTP/1.1 over TLS 1.3',
      unit,
      ours: gate.ours,
      peer: { name: 'nginx', value: gate.peer },
      ratio: gate.ratio,
      aim: atLeast(AIM, gate.ratio.median),
      note: describe(gate),
    },
    {
      scenario: '  the same by Node and undici alone, no decision',
      unit,
      ours: bare.ours,
      peer: { name: 'nginx', value: bare.peer },
      ratio: bare.ratio,
      aim: undefined,
      note: `${describe(bare)}; of what it carries the gate carries ${percent(gate.ours.median / bare.ours.median)}`,
    },
  ];
}

async function compare({ peer, installation }: Arena, server: Server, pairs: number) {
  const open = ({ port }: Server) =>
    openKeepAliveClient(describeTarget(installation, 'TLSv1.3', port), CONNECTIONS);
  const serverClient = await open(server);
  await serverClient.send(WARM_UP);
  const peerClient = await open(peer);
  const busy: number[] = [];
  const measure = async (client: typeof serverClient, pid: number): Promise<number> => {
    const [before, startedAt] = [cpuSeconds(pid), performance.now()];
    await client.send(SAMPLE);
    const seconds = cpuSeconds(pid) - before;
    busy.push(seconds / ((performance.now() - startedAt) / 1000));
    return SAMPLE / seconds;
  };
  try {
    await peerClient.send(SAMPLE);
    const pair = await interleave({
      ours: () => measure(serverClient, server.program.pid),
      peer: () => measure(peerClient, peer.program.pid),
      ratio: (ours, theirs) => ours / theirs,
      pairs,
      budgetMs: BUDGET_MS,
    });
    const share = (first: number): number =>
      busy.reduce((sum, part, index) => sum + (index % 2 === first ? part : 0), 0) / pair.pairs;
    return { ...pair, busy: { ours: share(1), peer: share(0) } };
  } finally {
    serverClient.close();
    peerClient.close();
  }
}

function describe({ pairs, busy }: Awaited<ReturnType<typeof compare>>): string {
  return `${pairs} pairs of ${SAMPLE} requests over ${CONNECTIONS} connections; the core was busy with it ${percent(busy.ours)}, with nginx ${percent(busy.peer)} of the time`;
}

function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}
