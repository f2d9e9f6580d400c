import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { OverviewPeriod, OverviewView } from '../../../src/console/overview/contract.ts';
import { useConsole } from '../console-context.tsx';

const REFETCH_MS = 30_000;

export function useOverview(period: OverviewPeriod) {
  const { http } = useConsole();
  return useQuery({
    queryKey: ['overview', period],
    queryFn: ({ signal }) => http.get<OverviewView>(`/api/overview?period=${period}`, signal),
    refetchInterval: REFETCH_MS,
    placeholderData: keepPreviousData,
  });
}
