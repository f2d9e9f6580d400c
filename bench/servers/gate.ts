import { join, resolve } from 'node:path';
import type { Workbench } from '../workbench.ts';
import type { Installation } from './installation.ts';
import { type Program, startProgram, waitForPort } from './program.ts';

const PROGRAM = resolve(import.meta.dirname, '../../dist/app/main.js');

/** `propusk serve`, the compiled product, as it is installed. Returns at once. */
export function launchGate(workbench: Workbench, installation: Installation): Promise<Program> {
  const { profileDirectory, directory, cores } = workbench;
  const profile =
    profileDirectory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(profileDirectory)}`];
  return startProgram({
    command: [process.execPath, ...profile, PROGRAM, '--config', installation.configurationFile, 'serve'],
    core: cores.server,
    logFile: join(directory, 'gate.log'),
  });
}

export async function startGate(workbench: Workbench, installation: Installation): Promise<Program> {
  const program = await launchGate(workbench, installation);
  workbench.onClose(program.stop);
  await waitForPort(installation.port, program, join(workbench.directory, 'gate.log'));
  return program;
}
