import { decide } from '../../src/access/decide.ts';
import type { Entry } from '../../src/gate/ports.ts';
import type { Sha256Fingerprint } from '../../src/kernel/brand.ts';
import { keysOf } from './people-sql.ts';

/** The gate's decision over what was read for a person. @throws Error when it is no permit */
export function decideOver(entry: Entry | undefined, person: number, now: Date): void {
  if (entry === undefined) throw new Error(`person ${person} is not signed in`);
  const { outcome } = decide({
    now,
    session: { kind: 'signed-in', account: entry.account, current: entry.current },
    presented: {
      kind: 'certificate',
      sha256Fingerprint: keysOf(person).sha256Fingerprint as Sha256Fingerprint,
    },
  });
  if (outcome !== 'permit') throw new Error(`person ${person} is denied`);
}
