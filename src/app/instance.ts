import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Random } from '../kernel/random.ts';
import { openStore, type Store } from '../store/store.ts';
import type { Configuration } from './configuration/configuration.ts';
import { type DataDirectory, openDataDirectory } from './data-directory.ts';

/** An installation that is open: its configuration and its database. */
export interface Instance {
  readonly configuration: Configuration;
  readonly dataDirectory: DataDirectory;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  close(): Promise<void>;
}

/** @throws {ProblemError} `data-directory`, `database-unavailable`, `sealed-data` */
export async function openInstance(
  configuration: Configuration,
  { clock, random, logger }: { readonly clock: Clock; readonly random: Random; readonly logger: Logger },
): Promise<Instance> {
  const { databaseUrl, dataSecret, values } = configuration;
  const dataDirectory = openDataDirectory(values.dataDirectory);
  const store = await openStore({
    ...(databaseUrl === undefined ? { databaseFile: dataDirectory.databaseFile } : { databaseUrl }),
    dataSecret: new TextEncoder().encode(dataSecret),
    clock,
    random,
    logger,
    retention: { decisionDays: values.retention.decisionsDays, auditDays: values.retention.auditDays },
  });
  return {
    configuration,
    dataDirectory,
    store,
    clock,
    random,
    logger,
    async close() {
      await store.audit.writeHead(dataDirectory.auditHeadsFile);
      await store.close();
    },
  };
}
