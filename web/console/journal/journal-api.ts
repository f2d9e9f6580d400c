import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type {
  JournalLevel,
  JournalSectionName,
  JournalView,
  ReportView,
} from '../../../src/console/journal/contract.ts';
import { useConsole } from '../console-context.tsx';

export interface JournalFilter {
  readonly section: JournalSectionName | undefined;
  readonly level: JournalLevel | undefined;
  readonly text: string;
  /** `2026-11-22`, of the reader's own zone. */
  readonly from: string;
  readonly until: string;
}

const DAY_MS = 86_400_000;

export function parametersOf({ section, level, text, from, until }: JournalFilter): URLSearchParams {
  const parameters = new URLSearchParams();
  if (section) parameters.set('section', section);
  if (level) parameters.set('level', level);
  if (text.trim() !== '') parameters.set('text', text.trim());
  const start = dayOf(from);
  const end = dayOf(until);
  if (start !== undefined) parameters.set('from', new Date(start).toISOString());
  if (end !== undefined) parameters.set('until', new Date(end + DAY_MS).toISOString());
  return parameters;
}

function dayOf(date: string): number | undefined {
  const at = Date.parse(`${date}T00:00:00`);
  return Number.isNaN(at) ? undefined : at;
}

export function useJournal(filter: JournalFilter) {
  const { http } = useConsole();
  const parameters = parametersOf(filter);
  return useInfiniteQuery({
    queryKey: ['journal', parameters.toString()],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ signal, pageParam }) => {
      const page = new URLSearchParams(parameters);
      if (pageParam !== undefined) page.set('before', String(pageParam));
      return http.get<JournalView>(`/api/journal?${page}`, signal);
    },
    getNextPageParam: ({ before }) => before ?? undefined,
  });
}

export function useReport(query: string) {
  const { http } = useConsole();
  return useQuery({
    queryKey: ['journal', 'report', query],
    queryFn: ({ signal }) => http.get<ReportView>(`/api/journal/report?${query}`, signal),
  });
}
