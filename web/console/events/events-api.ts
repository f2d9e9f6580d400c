import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { EventsView } from '../../../src/console/events/contract.ts';
import { useConsole } from '../console-context.tsx';

const EVENTS = ['events'] as const;
const REFETCH_MS = 30_000;

export function useEvents() {
  const { http } = useConsole();
  return useQuery({
    queryKey: EVENTS,
    queryFn: ({ signal }) => http.get<EventsView>('/api/events', signal),
    refetchInterval: REFETCH_MS,
  });
}

/** Undefined: all of them. */
export function useRead() {
  const { http } = useConsole();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (ids: readonly string[] | undefined) =>
      http.send<undefined>('POST', '/api/events/read', { body: ids === undefined ? {} : { ids } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: EVENTS }),
  });
}
