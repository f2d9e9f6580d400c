import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { EndedView, HistoryView, SessionsView } from '../../../src/console/sessions/contract.ts';
import { useConsole } from '../console-context.tsx';

const SESSIONS = ['sessions'] as const;
const REFETCH_MS = 30_000;

export function useSessions() {
  const { http } = useConsole();
  return useQuery({
    queryKey: SESSIONS,
    queryFn: ({ signal }) => http.get<SessionsView>('/api/sessions', signal),
    refetchInterval: REFETCH_MS,
  });
}

export function useHistory() {
  const { http } = useConsole();
  return useQuery({
    queryKey: [...SESSIONS, 'history'],
    queryFn: ({ signal }) => http.get<HistoryView>('/api/sessions/history', signal),
  });
}

export function useEndSession() {
  const { http } = useConsole();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => http.send<undefined>('POST', `/api/sessions/${encodeURIComponent(id)}/end`),
    onSettled: () => queryClient.invalidateQueries({ queryKey: SESSIONS }),
  });
}

export function useEndOthers() {
  const { http } = useConsole();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => http.send<EndedView>('POST', '/api/sessions/end-others'),
    onSettled: () => queryClient.invalidateQueries({ queryKey: SESSIONS }),
  });
}
