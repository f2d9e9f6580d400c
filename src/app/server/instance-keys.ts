import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Random } from '../../kernel/random.ts';
import type { Store } from '../../store/store.ts';

/** Keys that every node of an installation shares; made at the first start and kept encrypted in the database. */
export interface InstanceKeys {
  /** P-256; signs the assertions about people that applications get. */
  readonly assertionKey: KeyObject;
  /** 32 octets; binds CSRF tokens to sessions and hides unknown logins. */
  readonly portalSecret: Uint8Array;
  /** 32 octets; seals where people wanted to go when the gate sends them to the portal. */
  readonly entrySecret: Uint8Array;
}

const SECRET_BYTES = 32;

export async function loadInstanceKeys({ secrets }: Store, random: Random): Promise<InstanceKeys> {
  const load = async (name: string, make: () => Uint8Array): Promise<Uint8Array> =>
    (await secrets.readSecret(name)) ?? (await secrets.storeSecretOnce(name, make()));
  const assertionKey = await load('assertion-key', makeAssertionKey);
  return {
    assertionKey: createPrivateKey({ key: Buffer.from(assertionKey), format: 'der', type: 'pkcs8' }),
    portalSecret: await load('portal-secret', () => random.bytes(SECRET_BYTES)),
    entrySecret: await load('entry-secret', () => random.bytes(SECRET_BYTES)),
  };
}

function makeAssertionKey(): Uint8Array {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ format: 'der', type: 'pkcs8' });
}
