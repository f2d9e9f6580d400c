import { once } from 'node:events';
import type { Command } from 'commander';
import { openInstance } from '../../instance.ts';
import { createLog } from '../../log.ts';
import type { Terminal } from '../terminal.ts';
import { type InstanceOptions, readConfiguration } from '../with-instance.ts';

export function addServeCommand(program: Command, terminal: Terminal): void {
  program
    .command('serve')
    .description('runs the portal and the gate until SIGTERM or SIGINT')
    .action(async (_, command: Command) => {
      const configuration = readConfiguration(terminal, command.optsWithGlobals<InstanceOptions>());
      const { clock, random } = terminal;
      const logger = createLog(configuration.values.logLevel);
      const instance = await openInstance(configuration, { clock, random, logger });
      try {
        // Loaded only here: the other commands start in a third of the time without it.
        const { startServer } = await import('../../server/start-server.ts');
        const server = await startServer(instance);
        terminal.tell(`Propusk: portal ${configuration.portalOrigin}`);
        if (server.consoleUrl !== undefined) terminal.tell(`Propusk: console ${server.consoleUrl}`);
        for (const { name, url } of server.applications) terminal.tell(`Propusk: ${name} ${url}`);
        await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
        await server.close();
      } finally {
        await instance.close();
      }
    });
}
