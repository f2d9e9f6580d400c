import { Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { SessionView } from '../../src/portal/contract.ts';
import { useSession } from './queries.ts';

export type Account = NonNullable<SessionView['account']>;

/** Shows its page to whom is signed in and leads everybody else to the sign-in page. */
export function SignedIn({ children }: { readonly children: (account: Account) => ReactNode }) {
  const { account } = useSession();
  if (account === null) return <Navigate to="/sign-in" replace />;
  if (account.password === 'first') return <Navigate to="/password" replace />;
  return children(account);
}
