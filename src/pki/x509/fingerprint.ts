/** The fingerprint by which a presented certificate is looked up. No parsing: any bytes have one. */
import { hash } from 'node:crypto';
import type { Sha256Fingerprint } from '../../kernel/brand.ts';

export function fingerprintOf(certificateDer: Uint8Array): Sha256Fingerprint {
  return hash('sha256', certificateDer, 'hex') as Sha256Fingerprint;
}
