import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { AuditLogEvent, AuditLogReport, AuditLogView } from '../../../src/console/audit-log/contract.ts';
import { useConsole } from '../console-context.tsx';

const AUDIT_LOG = ['audit-log'] as const;
const TAIL_MS = 3_000;
const PAGE = 100;
const TAIL_MAX = 500;

/** @param asked the filter as the server takes it */
export function useAuditLog(asked: string) {
  const { http } = useConsole();
  return useInfiniteQuery({
    queryKey: [...AUDIT_LOG, 'list', asked],
    queryFn: ({ pageParam, signal }) =>
      http.get<AuditLogView>(
        `/api/audit-log/events?${asked}&limit=${PAGE}${pageParam === 0 ? '' : `&before=${pageParam}`}`,
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: ({ hasMore, events }) => (hasMore ? events.at(-1)?.sequence : undefined),
    // New ones are put before them by the tail; the pages that are here do not change.
    refetchOnWindowFocus: false,
  });
}

/** What came after `newest`, newest first; asked for again and again while `isLive`. */
export function useTail(
  asked: string,
  newest: number | undefined,
  isLive: boolean,
): readonly AuditLogEvent[] {
  const { http } = useConsole();
  const [fresh, setFresh] = useState<{ readonly of: string; readonly events: readonly AuditLogEvent[] }>({
    of: asked,
    events: [],
  });
  const events = fresh.of === asked ? fresh.events : [];
  const after = events[0]?.sequence ?? newest;
  const { data } = useQuery({
    queryKey: [...AUDIT_LOG, 'tail', asked, after],
    queryFn: ({ signal }) =>
      http.get<AuditLogView>(`/api/audit-log/events?${asked}&limit=${TAIL_MAX}&after=${after ?? 0}`, signal),
    enabled: isLive && after !== undefined,
    refetchInterval: TAIL_MS,
    gcTime: 0,
  });
  useEffect(() => {
    if (data === undefined || data.events.length === 0) return;
    setFresh((known) => {
      const before = known.of === asked ? known.events : [];
      const last = before[0]?.sequence ?? 0;
      return { of: asked, events: [...data.events.filter(({ sequence }) => sequence > last), ...before] };
    });
  }, [data, asked]);
  return events;
}

export function useAuditLogEvent(sequence: string) {
  const { http } = useConsole();
  return useQuery({
    queryKey: [...AUDIT_LOG, 'one', sequence],
    queryFn: ({ signal }) =>
      http.get<AuditLogEvent>(`/api/audit-log/events/${encodeURIComponent(sequence)}`, signal),
    // A line never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useVerification() {
  const { http } = useConsole();
  return useMutation({
    mutationFn: () => http.send<AuditLogReport>('POST', '/api/audit-log/verify'),
  });
}
