import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  AttemptsView,
  AttemptView,
  ConnectionsView,
  NewConnectionInput,
  ServicesView,
} from '../../../src/console/dss/contract.ts';
import { useConsole } from '../console-context.tsx';

const DSS = ['dss'] as const;
const CONNECTIONS = [...DSS, 'connections'] as const;
const ATTEMPTS = [...DSS, 'attempts'] as const;
const BUSY_MS = 1_500;
/** Tokens may live five minutes: the list says within one that a sign-in is over. */
const IDLE_MS = 30_000;

export function useConnections() {
  const { http } = useConsole();
  return useQuery({
    queryKey: CONNECTIONS,
    queryFn: ({ signal }) => http.get<ConnectionsView>('/api/dss/connections', signal),
    refetchInterval: IDLE_MS,
  });
}

export function useServices() {
  const { http } = useConsole();
  return useQuery({
    queryKey: [...DSS, 'services'],
    queryFn: ({ signal }) => http.get<ServicesView>('/api/dss/services', signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What this session has begun; asked often only while something runs. */
export function useAttempts() {
  const { http } = useConsole();
  return useQuery({
    queryKey: ATTEMPTS,
    queryFn: ({ signal }) => http.get<AttemptsView>('/api/dss/attempts', signal),
    refetchInterval: ({ state }) => (state.data?.attempts.some(isRunning) ? BUSY_MS : false),
  });
}

export function useAttempt(id: string) {
  const { http } = useConsole();
  const queryClient = useQueryClient();
  return useQuery({
    queryKey: [...ATTEMPTS, id],
    queryFn: async ({ signal }) => {
      const attempt = await http.get<AttemptView>(`/api/dss/attempts/${encodeURIComponent(id)}`, signal);
      if (!isRunning(attempt)) void queryClient.invalidateQueries({ queryKey: CONNECTIONS });
      return attempt;
    },
    retry: false,
    refetchInterval: ({ state }) => (state.data !== undefined && isRunning(state.data) ? BUSY_MS : false),
  });
}

/** What the form was filled with before; undefined while it is not known yet, null when it never will be. */
export function useFormerAttempt(id: string | undefined): AttemptView | null | undefined {
  const queryClient = useQueryClient();
  const attempts = useAttempts();
  if (id === undefined) return null;
  const listed = attempts.data?.attempts.find((each) => each.id === id);
  // The server forgets what was cancelled.
  const former = listed ?? queryClient.getQueryData<AttemptView>([...ATTEMPTS, id]);
  return former ?? (attempts.isFetched ? null : undefined);
}

/** Something that answers with an attempt: it is known at once and the list of attempts is asked for anew. */
function useAttemptMutation<Input>(request: (input: Input) => { path: string; body?: object | undefined }) {
  const { http } = useConsole();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => {
      const { path, body } = request(input);
      return http.send<AttemptView>('POST', path, { body });
    },
    onSuccess: (attempt) => {
      queryClient.setQueryData([...ATTEMPTS, attempt.id], attempt);
      void queryClient.invalidateQueries({ queryKey: ATTEMPTS, exact: true });
      void queryClient.invalidateQueries({ queryKey: CONNECTIONS });
    },
  });
}

export function useConnect() {
  return useAttemptMutation((input: NewConnectionInput) => ({ path: '/api/dss/connections', body: input }));
}

export function useRefresh() {
  return useAttemptMutation((id: string) => ({ path: `/api/dss/connections/${id}/refresh` }));
}

export function useTestSignature(id: string) {
  return useAttemptMutation((body: { certificateId: string; pin: string }) => ({
    path: `/api/dss/connections/${id}/test-signature`,
    body,
  }));
}

export function useAnswer(id: string, kind: 'password' | 'code' | 'method') {
  return useAttemptMutation((body: object) => ({ path: `/api/dss/attempts/${id}/${kind}`, body }));
}

/** The answer stays on the page; to the server the attempt is gone. */
export function useCancel() {
  const { http } = useConsole();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => http.send<AttemptView>('DELETE', `/api/dss/attempts/${id}`),
    onSuccess: async (attempt) => {
      // A question on its way would find that the attempt is gone.
      await queryClient.cancelQueries({ queryKey: [...ATTEMPTS, attempt.id] });
      queryClient.setQueryData([...ATTEMPTS, attempt.id], attempt);
      void queryClient.invalidateQueries({ queryKey: ATTEMPTS, exact: true });
      void queryClient.invalidateQueries({ queryKey: CONNECTIONS });
    },
  });
}

export function useRename(id: string) {
  return useDssChange((name: string) => ({
    method: 'PATCH',
    path: `/api/dss/connections/${id}`,
    body: { name },
  }));
}

export function useDisconnect(id: string) {
  return useDssChange((certificates: 'kept' | 'removed') => ({
    method: 'POST',
    path: `/api/dss/connections/${id}/disconnect`,
    body: { certificates },
  }));
}

function useDssChange<Input>(
  request: (input: Input) => { method: 'POST' | 'PATCH'; path: string; body?: object },
) {
  const { http } = useConsole();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => {
      const { method, path, body } = request(input);
      return http.send<undefined>(method, path, { body });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: DSS }),
  });
}

export function isRunning({ state }: AttemptView): boolean {
  return state.kind !== 'done' && state.kind !== 'failed' && state.kind !== 'cancelled';
}
