/** What tests outside of the store do to a real one: people sign in and are handed over to an application. */
export type { Store } from '../src/store/store.ts';
export { CRM, handOver, signIn } from '../src/store/testing/people.ts';
