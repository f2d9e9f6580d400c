import { join, resolve } from 'node:path';
import { stayOn } from './measure/cores.ts';
import { findFreePort } from './servers/free-port.ts';
import { startGate } from './servers/gate.ts';
import { createInstallation, type Installation } from './servers/installation.ts';
import { startPeer, startUpstream } from './servers/nginx.ts';
import { type Program, startProgram, waitForPort } from './servers/program.ts';
import type { Workbench } from './workbench.ts';

const BARE_PROXY = resolve(import.meta.dirname, 'servers/bare-proxy.ts');

/** Gate and nginx side by side before the same application, both on one core, everything else on another. */
export interface Arena {
  readonly installation: Installation;
  readonly gate: { readonly program: Program; readonly port: number };
  readonly peer: { readonly program: Program; readonly port: number };
  /** Node without the product, to tell what of the distance to nginx is whose. */
  startBareProxy(): Promise<{ readonly program: Program; readonly port: number }>;
}

export async function openArena(workbench: Workbench): Promise<Arena> {
  const [gatePort, peerPort, upstream] = [await findFreePort(), await findFreePort(), await findFreePort()];
  const installation = await createInstallation(join(workbench.directory, 'arena'), {
    https: gatePort,
    upstream,
  });
  stayOn(workbench.cores.client);
  await startUpstream(workbench, upstream);
  const peer = await startPeer(workbench, installation, { https: peerPort, upstream });
  const gate = await startGate(workbench, installation);
  return {
    installation,
    gate: { program: gate, port: gatePort },
    peer: { program: peer, port: peerPort },
    async startBareProxy() {
      const port = await findFreePort();
      const { serverCertificateFile, serverKeyFile, clientAuthoritiesFile } = installation;
      const logFile = join(workbench.directory, 'bare-proxy.log');
      const program = await startProgram({
        command: [
          process.execPath,
          BARE_PROXY,
          String(port),
          String(upstream),
          serverCertificateFile,
          serverKeyFile,
          clientAuthoritiesFile,
        ],
        core: workbench.cores.server,
        logFile,
      });
      workbench.onClose(program.stop);
      await waitForPort(port, program, logFile);
      return { program, port };
    },
  };
}
