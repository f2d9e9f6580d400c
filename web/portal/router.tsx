import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { Suspense } from 'react';
import { CertificatePage } from './certificate/certificate-page.tsx';
import { FaultPage } from './faults/fault-page.tsx';
import { NotFoundPage } from './faults/not-found-page.tsx';
import { PageSkeleton } from './faults/page-skeleton.tsx';
import { HomePage } from './home/home-page.tsx';
import { ChooseAgainPage } from './menu/choose-again-page.tsx';
import { ExpiresSoonPage } from './menu/expires-soon-page.tsx';
import { PasswordPage } from './password/password-page.tsx';
import { RecoveryPage } from './recovery/recovery-page.tsx';
import { RefusalPage } from './refusal/refusal-page.tsx';
import { ReplacePage } from './replace/replace-page.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';
import { SignOutPage } from './sign-out/sign-out-page.tsx';
import { SignedOutPage } from './sign-out/signed-out-page.tsx';
import { parseWish, searchText } from './wish.ts';

const root = createRootRoute({
  component: () => (
    <Suspense fallback={<PageSkeleton />}>
      <Outlet />
    </Suspense>
  ),
  errorComponent: FaultPage,
  notFoundComponent: NotFoundPage,
});

interface DecisionSearch {
  readonly decision?: string;
}

function decisionSearch(search: Record<string, unknown>): DecisionSearch {
  const decision = searchText(search.decision);
  return decision === undefined ? {} : { decision };
}

/** Of the application that the person came from: an id, never an address. */
function applicationSearch(search: Record<string, unknown>): { readonly application?: string } {
  const application = searchText(search.application);
  return application === undefined ? {} : { application };
}

const home = createRoute({ getParentRoute: () => root, path: '/', component: HomePage });
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: parseWish,
  component: () => <SignInPage wish={signIn.useSearch()} />,
});
const password = createRoute({
  getParentRoute: () => root,
  path: '/password',
  validateSearch: parseWish,
  component: () => <PasswordPage wish={password.useSearch()} />,
});
const recover = createRoute({
  getParentRoute: () => root,
  path: '/recover',
  validateSearch: (search: Record<string, unknown>): { readonly proof?: string } => {
    const { proof } = search;
    return typeof proof === 'string' && proof.length <= 512 ? { proof } : {};
  },
  component: () => <RecoveryPage proof={recover.useSearch().proof} />,
});
const refused = createRoute({
  getParentRoute: () => root,
  path: '/refused',
  validateSearch: decisionSearch,
  component: RefusalPage,
});
const certificate = createRoute({
  getParentRoute: () => root,
  path: '/certificate',
  validateSearch: (search: Record<string, unknown>) => ({
    ...decisionSearch(search),
    ...applicationSearch(search),
  }),
  component: CertificatePage,
});
const replace = createRoute({
  getParentRoute: () => root,
  path: '/replace',
  validateSearch: (search: Record<string, unknown>) => ({
    ...decisionSearch(search),
    ...applicationSearch(search),
  }),
  component: ReplacePage,
});
const chooseAgain = createRoute({
  getParentRoute: () => root,
  path: '/choose-again',
  validateSearch: applicationSearch,
  component: ChooseAgainPage,
});
const expiresSoon = createRoute({
  getParentRoute: () => root,
  path: '/expires-soon',
  validateSearch: (search: Record<string, unknown>): { readonly request?: string } => {
    const { request } = search;
    return typeof request === 'string' && request.length <= 4_096 ? { request } : {};
  },
  component: ExpiresSoonPage,
});
const signOut = createRoute({
  getParentRoute: () => root,
  path: '/sign-out',
  validateSearch: applicationSearch,
  component: SignOutPage,
});
const signedOut = createRoute({ getParentRoute: () => root, path: '/signed-out', component: SignedOutPage });
/** Which browser's words to show; the page takes only one that the system has. */
function browserSearch(search: Record<string, unknown>): { readonly browser?: string } {
  const browser = searchText(search.browser);
  return browser === undefined ? {} : { browser };
}
const ownInstructions = createRoute({
  getParentRoute: () => root,
  path: '/instructions',
  validateSearch: browserSearch,
  component: lazyRouteComponent(() => import('./instructions/instructions-page.tsx'), 'OwnInstructionsPage'),
  pendingComponent: PageSkeleton,
});
const instructions = createRoute({
  getParentRoute: () => root,
  path: '/instructions/$system',
  validateSearch: browserSearch,
  component: lazyRouteComponent(() => import('./instructions/instructions-page.tsx'), 'InstructionsPage'),
  pendingComponent: PageSkeleton,
});

const routeTree = root.addChildren([
  home,
  signIn,
  password,
  recover,
  refused,
  certificate,
  replace,
  chooseAgain,
  expiresSoon,
  signOut,
  signedOut,
  ownInstructions,
  instructions,
]);

export function createPortalRouter() {
  return createRouter({
    routeTree,
    scrollRestoration: true,
    defaultErrorComponent: FaultPage,
    // A decision id or a request is text, whatever it looks like.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(
        Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      ).toString();
      return text === '' ? '' : `?${text}`;
    },
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPortalRouter>;
  }
}
