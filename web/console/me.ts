import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import type { Locale, MeView } from '../../src/console/contract.ts';
import { useConsole } from './console-context.tsx';
import { changeLocale } from './i18n.ts';

export const ME = ['me'] as const;

/** Who is here, and with the first answer the language. Suspends; a failure goes to the error page. */
export function useMe(): MeView {
  const { http } = useConsole();
  const { data } = useSuspenseQuery({
    queryKey: ME,
    queryFn: async ({ signal }): Promise<MeView> => {
      const me = await http.get<MeView>('/api/me', signal);
      await changeLocale(me.locale);
      return me;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}

export function useSetLocale(): (locale: Locale) => Promise<void> {
  const { http } = useConsole();
  const queryClient = useQueryClient();
  return async (locale) => {
    await changeLocale(locale);
    queryClient.setQueryData<MeView>(ME, (me) => me && { ...me, locale });
    // The page is in the new language already; the next visit may ask again.
    await http.send<undefined>('PUT', '/api/locale', { body: { locale } }).catch(() => {});
  };
}
