import { join } from 'node:path';
import type { Configuration } from '../configuration/configuration.ts';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import { type Instance, openInstance } from '../instance.ts';
import { createLog } from '../log.ts';
import type { Terminal } from './terminal.ts';

export const DEFAULT_CONFIGURATION_FILE = 'propusk.json';

/** What every command of an installation takes. */
export interface InstanceOptions {
  readonly config?: string | undefined;
}

export function configurationPath(terminal: Terminal, { config }: InstanceOptions): string {
  return (
    config ??
    terminal.environment.PROPUSK_CONFIG ??
    join(terminal.workingDirectory, DEFAULT_CONFIGURATION_FILE)
  );
}

/** @throws {ProblemError} `configuration-invalid` */
export function readConfiguration(terminal: Terminal, options: InstanceOptions): Configuration {
  return loadConfiguration(configurationPath(terminal, options), terminal.environment, terminal.clock);
}

/** Opens the installation for one command and closes it whatever happens. */
export async function withInstance<T>(
  terminal: Terminal,
  options: InstanceOptions,
  act: (instance: Instance) => Promise<T>,
): Promise<T> {
  const configuration = readConfiguration(terminal, options);
  const { clock, random } = terminal;
  // A command's own words are its result; of the log only what went wrong.
  const instance = await openInstance(configuration, { clock, random, logger: createLog('error') });
  try {
    return await act(instance);
  } finally {
    await instance.close();
  }
}
