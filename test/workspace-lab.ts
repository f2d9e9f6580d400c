import { systemRandom } from '../src/kernel/random.ts';
import { addPerson } from '../src/store/testing/people.ts';
import { createImports } from '../src/workspace/importing/imports.ts';
import { createUploadReader } from '../src/workspace/importing/upload-reader.ts';
import type { CastName } from './cast.ts';
import { createFrozenClock } from './frozen-clock.ts';
import { type AtEnd, openRealStore } from './real-store.ts';

/** Ivanov's workspace over a real store, with a thread that reads what he brings. */
export async function openWorkspaceLab(atEnd: AtEnd) {
  const clock = createFrozenClock();
  const store = await openRealStore(clock, atEnd);
  const ivanov = await addPerson(store, clock, 'ivanov');
  const reader = createUploadReader();
  atEnd(() => reader.close());
  const imports = createImports({ port: store.workspace, reader, clock, random: systemRandom });
  const actor = { kind: 'account', accountId: ivanov.id } as const;
  return {
    clock,
    store,
    ivanov,
    imports,
    actor,
    addPerson: (name: CastName) => addPerson(store, clock, name),
  };
}
