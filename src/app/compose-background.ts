import { createFetcher } from '../fetching/fetcher.ts';
import { revocationLetter } from '../reminders/revocation-texts.ts';
import { startBackground } from '../workspace/status/background.ts';
import { originOf } from './configuration/configuration.ts';
import type { Instance } from './instance.ts';

/** A person looks at the page meanwhile; the question costs one look at an index. */
const INTERVAL_MS = 1_000;

/** What is found out about people's certificates while nobody waits for it. */
export function composeBackground({ configuration, store, clock, logger }: Instance): {
  stop(): Promise<void>;
} {
  const { values, mail } = configuration;
  if (values.console === undefined) return { stop: () => Promise.resolve() };
  return startBackground({
    checking: store.checking,
    fetching: store.fetching,
    fetcher: createFetcher({ allowPrivate: values.outgoing.allowPrivate }),
    clock,
    logger,
    intervalMs: INTERVAL_MS,
    letterOf:
      values.reminders.email && mail !== undefined
        ? revocationLetter({
            healthUrl: `${originOf(values.console.host, values)}/health`,
            productName: values.productName,
          })
        : undefined,
  });
}
