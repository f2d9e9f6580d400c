import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import { describeTarget, type Target } from '../load/target.ts';
import { cpuSeconds, residentMebibytes } from '../measure/cpu-time.ts';
import { type Spread, spreadOf } from '../measure/statistics.ts';
import { atMost, type Row } from '../report/row.ts';
import { findFreePort } from '../servers/free-port.ts';
import { launchGate } from '../servers/gate.ts';
import { createInstallation } from '../servers/installation.ts';
import { startUpstream } from '../servers/nginx.ts';
import { type Program, startProgram } from '../servers/program.ts';
import type { Workbench } from '../workbench.ts';

const STARTS = 5;
const IDLE_MS = 5_000;
const BARE = resolve(import.meta.dirname, '../servers/bare-https.ts');

/** From the start of the process to the first answer that passed the decision, and what it then holds of memory. */
export async function measureStartUp(workbench: Workbench): Promise<Row[]> {
  const [https, bare, upstream] = [await findFreePort(), await findFreePort(), await findFreePort()];
  const installation = await createInstallation(join(workbench.directory, 'start-up'), { https, upstream });
  await startUpstream(workbench, upstream);
  const target = describeTarget(installation, 'TLSv1.3', https);
  const launchBare = (): Promise<Program> =>
    startProgram({
      command: [
        process.execPath,
        BARE,
        String(bare),
        installation.serverCertificateFile,
        installation.serverKeyFile,
      ],
      core: workbench.cores.server,
      logFile: join(workbench.directory, 'bare.log'),
    });
  const ours = await start(target, () => launchGate(workbench, installation));
  const peer = await start(describeTarget(installation, 'TLSv1.3', bare), launchBare);
  return [
    {
      scenario: 'start-up to the first answer',
      unit: 'ms',
      ours: ours.ms,
      peer: { name: 'bare Node https server', value: peer.ms },
      ratio: undefined,
      aim: atMost('time', 2_000, 'ms', ours.ms.median),
      note: `${STARTS} starts on an existing database, one core; the answer is the application's, through the decision; ${ours.cpuMs.median.toFixed(0)} ms of CPU, of the peer ${peer.cpuMs.median.toFixed(0)} ms`,
    },
    {
      scenario: 'idle memory',
      unit: 'MiB resident',
      ours: ours.memory,
      peer: { name: 'bare Node https server', value: peer.memory },
      ratio: undefined,
      aim: atMost('RSS', 150, 'MiB', ours.memory.median),
      note: `${IDLE_MS / 1000} s after the first answer`,
    },
  ];
}

async function start(
  target: Target,
  launch: () => Promise<Program>,
): Promise<{ readonly ms: Spread; readonly cpuMs: Spread; readonly memory: Spread }> {
  const ms: number[] = [];
  const cpuMs: number[] = [];
  const memory: number[] = [];
  for (let index = 0; index < STARTS; index += 1) {
    const startedAt = performance.now();
    const program = await launch();
    try {
      while (!(await answers(target))) {
        if (performance.now() - startedAt > 60_000) throw new Error('no answer after a minute');
        await sleep(10);
      }
      ms.push(performance.now() - startedAt);
      cpuMs.push(cpuSeconds(program.pid) * 1000);
      // The first and the last start are enough to see whether memory differs.
      if (index === 0 || index === STARTS - 1) {
        await sleep(IDLE_MS);
        memory.push(residentMebibytes(program.pid));
      }
    } finally {
      await program.stop();
    }
  }
  return { ms: spreadOf(ms), cpuMs: spreadOf(cpuMs), memory: spreadOf(memory) };
}

function answers(target: Target): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = tls.connect(target.options, () => socket.write(target.request('close')));
    socket.once('data', (chunk) => {
      resolve(chunk.toString('latin1', 0, 13) === 'HTTP/1.1 200 ');
      socket.destroy();
    });
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  });
}
