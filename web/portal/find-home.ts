import type { ApplicationView, RefusalView, SessionView } from '../../src/portal/contract.ts';

interface HomeFacts {
  readonly session: Pick<SessionView, 'applications' | 'lastApplication'>;
  /** `?application=` of the page: an id that anybody may have written. */
  readonly asked?: string | undefined;
  readonly refusal?: Pick<RefusalView, 'application' | 'returnUrl'> | undefined;
}

interface Home {
  /** Undefined: the portal's own home. */
  readonly application: ApplicationView | undefined;
  readonly url: string;
}

/**
 * Where «На главную» leads: to what was refused, else to the application that the person came from, the one entered
 * last in this session, the only one there is, and at last to the portal's home. An address comes from the server only.
 */
export function findHome({ session, asked, refusal }: HomeFacts): Home {
  if (refusal !== undefined) return { application: refusal.application, url: refusal.returnUrl };
  const { applications, lastApplication } = session;
  const find = (wanted: string | null | undefined) => applications.find(({ id }) => id === wanted);
  const only = applications.length === 1 ? applications[0] : undefined;
  const application = find(asked) ?? find(lastApplication) ?? only;
  return { application, url: application?.homeUrl ?? '/' };
}
