import { Navigate, useMatch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { SessionView } from '../../src/portal/contract.ts';
import { useSession } from './queries.ts';
import { wishOf } from './wish.ts';

export type Account = NonNullable<SessionView['account']>;

/** Shows its page to whom is signed in and leads everybody else to the sign-in page, and from there back to it. */
export function SignedIn({ children }: { readonly children: (account: Account) => ReactNode }) {
  const { account } = useSession();
  // Of this very page: the location is the next one's while this one is still shown.
  const { pathname, search } = useMatch({ strict: false });
  if (account === null) return <Navigate to="/sign-in" search={wishOf(pathname, search)} replace />;
  if (account.password === 'first') {
    return <Navigate to="/password" search={wishOf(pathname, search)} replace />;
  }
  return children(account);
}
