import { type QueryClient, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import type { CertificateView, LocaleCode, SessionView } from '../../src/portal/contract.ts';
import { ApiProblem } from '../api/problem.ts';
import { pollIntervalMs } from './certificate/certificate-progress.ts';
import { changeLocale } from './i18n.ts';
import { usePortal } from './portal-context.tsx';

export const SESSION = ['session'] as const;
export const CERTIFICATE = ['certificate'] as const;

/** The session, and with its first answer the language. Suspends; a failure goes to the error page. */
export function useSession(): SessionView {
  const { client } = usePortal();
  const { data } = useSuspenseQuery({
    queryKey: SESSION,
    queryFn: async (): Promise<SessionView> => {
      const entryRequest = new URLSearchParams(location.search).get('request') ?? undefined;
      const session = await client.getSession(entryRequest);
      await changeLocale(session.locale);
      return session;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}

export function useSetLocale(): (locale: LocaleCode) => Promise<void> {
  const { client } = usePortal();
  const queryClient = useQueryClient();
  return async (locale) => {
    await changeLocale(locale);
    queryClient.setQueryData<SessionView>(SESSION, (session) => session && { ...session, locale });
    // The page is in the new language already; the next visit may ask again.
    await client.setLocale(locale).catch(() => {});
  };
}

export function useRefusal(decision: string | undefined, enabled = true) {
  const { client } = usePortal();
  return useQuery({
    queryKey: ['refusal', decision ?? null],
    queryFn: () => client.getRefusal(decision),
    staleTime: Number.POSITIVE_INFINITY,
    enabled,
  });
}

export function useCertificate() {
  const { client } = usePortal();
  return useQuery({
    queryKey: CERTIFICATE,
    queryFn: () => client.getCertificate(),
    refetchInterval: (query) =>
      pollIntervalMs(query.state.data, new Date(Date.now() + client.clockOffsetMs())),
  });
}

export function setCertificate(queryClient: QueryClient, view: CertificateView): void {
  queryClient.setQueryData(CERTIFICATE, view);
}

/** A request that may come right by itself is asked again twice; a refusal is an answer. */
export function shouldRetry(failures: number, error: unknown): boolean {
  const transient =
    error instanceof ApiProblem && (error.code === 'network' || error.status === 502 || error.status === 503);
  return transient && failures < 2;
}

/**
 * For a page that has nothing to show: the error page shows the error. Except a session that has ended, which leads to
 * the sign-in page by itself; until then the page stays as it is while loading.
 */
export function throwFault(error: unknown): void {
  if (error instanceof ApiProblem && error.code === 'sign-in-required') return;
  if (error !== null && error !== undefined) throw error;
}
