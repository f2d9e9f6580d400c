import { useQuery } from '@tanstack/react-query';
import type { AuthorityView } from '../../../src/console/authority/contract.ts';
import { useConsole } from '../console-context.tsx';

const REFETCH_MS = 60_000;

export function useAuthority() {
  const { http } = useConsole();
  return useQuery({
    queryKey: ['authority'],
    queryFn: ({ signal }) => http.get<AuthorityView>('/api/authority', signal),
    refetchInterval: REFETCH_MS,
  });
}
