import type { SignInJournalPort } from '../accounts/ports.ts';
import { countEvent } from './audit/journal-counts.ts';
import type { StoreContext } from './context.ts';

export function createSignInJournalPort({ write }: StoreContext): SignInJournalPort {
  return {
    recordSignInFailure: ({ accountId, address, now }) =>
      write(now, (unit) =>
        countEvent(
          unit,
          { type: 'sign-in-failed', address, ...(accountId === undefined ? {} : { accountId }) },
          1,
        ),
      ),
  };
}
