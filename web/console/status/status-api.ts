import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { HealthView, RecheckedView, StatusView } from '../../../src/console/status/contract.ts';
import { useConsole } from '../console-context.tsx';

const STATUS = ['status'] as const;
/** States change by themselves: checks and fetches go on in the background. */
const SOON_MS = 2_000;
const LATER_MS = 15_000;

export function useStatus(sha256: string) {
  const { http } = useConsole();
  return useQuery({
    queryKey: [...STATUS, sha256],
    queryFn: ({ signal }) => http.get<StatusView>(`/api/status/certificates/${sha256}`, signal),
    refetchInterval: ({ state }) => {
      const isWaiting =
        state.data?.state === 'checking' ||
        state.data?.addresses.some(({ outcome }) => outcome === 'waiting') === true;
      return isWaiting ? SOON_MS : LATER_MS;
    },
  });
}

export function useHealth() {
  const { http } = useConsole();
  return useQuery({
    queryKey: [...STATUS, 'health'],
    queryFn: ({ signal }) => http.get<HealthView>('/api/status/health', signal),
    refetchInterval: ({ state }) => ((state.data?.counts.checking ?? 0) > 0 ? SOON_MS : LATER_MS),
  });
}

const FETCHED = { 'fetch-issuer': 'issuer', 'fetch-list': 'list', 'ask-responder': 'status' } as const;

interface Act {
  readonly kind: 'fetch-issuer' | 'fetch-list' | 'ask-responder' | 'recheck';
  /** Of the certificate that has the problem. */
  readonly sha256: string;
}

export function useAct() {
  const { http } = useConsole();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, sha256 }: Act) => {
      switch (kind) {
        case 'fetch-issuer':
        case 'fetch-list':
        case 'ask-responder':
          return http.send<unknown>('POST', '/api/status/fetch', {
            body: { sha256, kind: FETCHED[kind] },
          });
        case 'recheck':
          return http.send<unknown>('POST', '/api/status/recheck', { body: { sha256s: [sha256] } });
      }
    },
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: STATUS }),
        queryClient.invalidateQueries({ queryKey: ['workspace'] }),
      ]),
  });
}

/** A level of a chain that the person does not have. */
export function useKeep() {
  const { http } = useConsole();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (sha256: string) => http.send<unknown>('POST', `/api/status/levels/${sha256}/keep`),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: STATUS }),
        queryClient.invalidateQueries({ queryKey: ['workspace'] }),
      ]),
  });
}

export function useRecheckAll() {
  const { http } = useConsole();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => http.send<{ count: number }>('POST', '/api/status/recheck', { body: {} }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: STATUS }),
  });
}

/** Of several certificates. */
export function useRecheck() {
  const { http } = useConsole();
  return useMutation({
    mutationFn: (sha256s: readonly string[]) =>
      http.send<RecheckedView>('POST', '/api/status/recheck', { body: { sha256s } }),
  });
}
