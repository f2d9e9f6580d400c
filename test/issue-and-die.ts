/**
 * A program of the tests: issues a certificate and kills itself at the step that is named.
 * Usage: issue-and-die.ts <folder of the database> <account> <step>
 */
import type { IssuanceStep } from '../src/enrolment/options.ts';
import type { AccountId } from '../src/kernel/brand.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { createTestEnrolment } from './enrolled.ts';
import { openStoreIn } from './store-in.ts';

const [directory = '', account = '', deadlyStep = ''] = process.argv.slice(2);
const accountId = account as AccountId;
const store = await openStoreIn(directory, systemClock);
const onStep = (step: IssuanceStep) => {
  // SIGKILL: no handler, no flush, no transaction rolled back by hand.
  if (step === deadlyStep) process.kill(process.pid, 'SIGKILL');
};
const { service } = await createTestEnrolment(store, systemClock, { onStep });
await service.issue(accountId, { kind: 'account', accountId });
await store.close();
