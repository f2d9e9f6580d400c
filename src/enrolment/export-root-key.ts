import type { Actor } from '../kernel/audit-event.ts';
import type { IssuerId } from '../kernel/brand.ts';
import type { Clock } from '../kernel/clock.ts';
import { ProblemError } from '../kernel/problem.ts';
import type { Random } from '../kernel/random.ts';
import { openRootKeyFile, sealRootKeyFile } from '../pki/pkcs8/root-key-file.ts';
import type { EnrolmentPort } from './ports.ts';
import { type RevocationListDependencies, refreshRevocationLists } from './revocation-list.ts';

export interface RootKeyExport {
  readonly issuerId: IssuerId;
  /** PEM of the encrypted key, to be written into the file that is taken away. */
  readonly pem: string;
  /**
   * Wipes the key here. Call it when the file is safely written, with what is read back from it.
   *
   * @throws {ProblemError} `sealed-data` when the file does not give the key back; nothing is wiped then
   */
  drop(readBack: string): Promise<void>;
}

/**
 * Prepares the root's key for leaving the server; its long revocation list is made before.
 *
 * @throws {ProblemError} `issuer-unavailable` when the key has left already
 */
export async function exportRootKey(
  dependencies: RevocationListDependencies & {
    readonly port: Pick<EnrolmentPort, 'dropRootKey'>;
    readonly random: Random;
    readonly clock: Clock;
  },
  passphrase: string,
  actor: Actor,
): Promise<RootKeyExport> {
  const { port, random, clock } = dependencies;
  const root = (await port.listIssuers()).find((issuer) => issuer.role === 'root');
  const privateKeyPkcs8 = root?.privateKeyPkcs8;
  if (root === undefined || privateKeyPkcs8 === undefined) {
    throw new ProblemError('issuer-unavailable', { detail: 'the key of the root is not on this server' });
  }
  await refreshRevocationLists(dependencies);
  return {
    issuerId: root.id,
    pem: sealRootKeyFile(privateKeyPkcs8, passphrase, { random }),
    async drop(readBack) {
      if (Buffer.compare(openRootKeyFile(readBack, passphrase), privateKeyPkcs8) !== 0) {
        throw new ProblemError('sealed-data', { detail: 'the file does not hold the key that was written' });
      }
      await port.dropRootKey(root.id, actor, clock.now());
    },
  };
}
