import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useConsole } from '../console-context.tsx';
import type { RowSource } from '../table/row-source.ts';

const PAGE = 100;

/** Rows of a long list, fetched by the hundred as they come into sight. */
export function useWindows<View extends { readonly count: number }, Row>(
  key: string,
  path: string,
  filters: Readonly<Record<string, string>>,
  rowsOf: (view: View) => readonly Row[],
) {
  const { http } = useConsole();
  const [range, setRange] = useState<readonly [number, number]>([0, PAGE - 1]);
  const first = Math.floor(range[0] / PAGE);
  const last = Math.max(first, Math.floor(range[1] / PAGE));
  const pages = Array.from({ length: Math.min(last - first + 1, 4) }, (_, index) => first + index);
  const queries = useQueries({
    queries: pages.map((page) => ({
      queryKey: [key, filters, page],
      queryFn: ({ signal }: { signal: AbortSignal }) => {
        const query = new URLSearchParams({ ...filters, offset: String(page * PAGE), limit: String(PAGE) });
        return http.get<View>(`${path}?${query}`, signal);
      },
      placeholderData: page === 0 ? keepPreviousData : undefined,
      staleTime: 5_000,
    })),
  });
  const views = queries.map(({ data }) => data as View | undefined);
  const count = views.find((view) => view !== undefined)?.count;
  const rows: RowSource<Row> = {
    count,
    rowAt: (index) => {
      const view = views[Math.floor(index / PAGE) - first];
      return view && rowsOf(view)[index % PAGE];
    },
  };
  const onRange = useCallback((from: number, to: number) => setRange([from, to]), []);
  const failed = queries.find(({ isError }) => isError);
  return { rows, count, onRange, failed };
}
