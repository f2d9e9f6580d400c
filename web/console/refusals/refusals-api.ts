import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RefusalsView, RefusalView } from '../../../src/console/refusals/contract.ts';
import { useConsole } from '../console-context.tsx';

const REFUSALS = ['refusals'] as const;
const REFETCH_MS = 30_000;

export interface RefusalFilter {
  readonly search: string;
  readonly reason: string;
  /** As the fields write it: local time without a zone. */
  readonly from: string;
  readonly to: string;
}

export function useRefusals({ search, reason, from, to }: RefusalFilter) {
  const { http } = useConsole();
  return useInfiniteQuery({
    queryKey: [...REFUSALS, 'list', search, reason, from, to],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams();
      if (search !== '') query.set('search', search);
      if (reason !== '') query.set('reason', reason);
      for (const [name, value] of Object.entries({ from, to })) {
        const at = Date.parse(value);
        if (!Number.isNaN(at)) query.set(name, new Date(at).toISOString());
      }
      if (pageParam !== '') query.set('before', pageParam);
      return http.get<RefusalsView>(`/api/refusals?${query}`, signal);
    },
    initialPageParam: '',
    getNextPageParam: ({ hasMore, refusals }) => (hasMore ? refusals.at(-1)?.id : undefined),
    refetchInterval: REFETCH_MS,
  });
}

export function useRefusal(id: string) {
  const { http } = useConsole();
  return useQuery({
    queryKey: [...REFUSALS, 'one', id],
    queryFn: ({ signal }) => http.get<RefusalView>(`/api/refusals/${encodeURIComponent(id)}`, signal),
  });
}

export function useFix(id: string, act: 'allow-download' | 'send-password') {
  const { http } = useConsole();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => http.send<undefined>('POST', `/api/refusals/${encodeURIComponent(id)}/${act}`),
    onSettled: () => queryClient.invalidateQueries({ queryKey: REFUSALS }),
  });
}
