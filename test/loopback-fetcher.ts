import { createFetcher, type Fetcher } from '../src/fetching/fetcher.ts';

/** The real one, which may ask this machine and nothing else that is private. */
export function createLoopbackFetcher(): Fetcher {
  return createFetcher({ allowPrivate: ['127.0.0.1'] });
}
