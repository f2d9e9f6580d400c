import { repeat } from '../../enrolment/repeat.ts';
import { encodePem } from '../../pki/pem/pem.ts';
import type { Instance } from '../instance.ts';

const INTERVAL_MS = 2_000;

/** PEM of all authorities that people's certificates are from: their names filter the browser's picker. */
export async function readClientAuthorities({ store }: Pick<Instance, 'store'>): Promise<string> {
  const issuers = await store.enrolment.listIssuers();
  return issuers
    .filter(({ role }) => role === 'issuing')
    .map(({ certificateDer }) => encodePem('CERTIFICATE', certificateDer))
    .join('');
}

/** Tells when another authority took over, by whichever process: browsers then have to be offered its name too. */
export function followIssuers(
  instance: Instance,
  known: string,
  onChange: (authoritiesPem: string) => void,
): { stop(): Promise<void> } {
  let revision: number | undefined;
  let current = known;
  return repeat(async () => {
    try {
      const found = await instance.store.enrolment.readCertificateRevision();
      if (found === revision) return;
      const authorities = await readClientAuthorities(instance);
      if (authorities !== current) onChange(authorities);
      [revision, current] = [found, authorities];
    } catch (error) {
      instance.logger.error({ err: error }, 'the authorities could not be read; it is tried again');
    }
  }, INTERVAL_MS);
}
