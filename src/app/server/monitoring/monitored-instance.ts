import type { Instance } from '../../instance.ts';

/** What monitoring looks at. */
export type MonitoredInstance = Pick<Instance, 'store' | 'clock' | 'logger'> & {
  readonly configuration: Pick<Instance['configuration'], 'serverCertificate'>;
};
