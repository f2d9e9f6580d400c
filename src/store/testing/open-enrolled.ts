import type { DATABASES } from '../../../test/databases.ts';
import { createFrozenClock } from '../../../test/frozen-clock.ts';
import { addIssuers, addPerson } from './people.ts';

/** A store with both issuers and ivanov, who has no certificate yet. */
export async function openEnrolled(create: (typeof DATABASES)[number]['create']) {
  const clock = createFrozenClock();
  const database = await create();
  const store = await database.openStore(clock);
  const ivanov = await addPerson(store, clock, 'ivanov');
  const { root, issuing } = await addIssuers(store, clock);
  return { database, clock, store, enrolment: store.enrolment, ivanov, root, issuing };
}
