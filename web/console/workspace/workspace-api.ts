import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type {
  CertificateStore,
  CertificatesView,
  CertificateView,
  ExportFormat,
  GroupsView,
  KeysView,
  ListItem,
  ListsView,
  RemovedView,
  StoresView,
} from '../../../src/console/workspace/contract.ts';
import { useConsole } from '../console-context.tsx';
import type { RowSource } from '../table/row-source.ts';
import { saveFile } from './save-file.ts';

export const WORKSPACE = ['workspace'] as const;
const PAGE = 100;
const ADDRESS = '/api/workspace';

/** What the address of the page asks for. */
export type Filters = Readonly<Record<string, string>>;

export function useStores() {
  const { http } = useConsole();
  return useQuery({
    queryKey: [...WORKSPACE, 'stores'],
    queryFn: ({ signal }) => http.get<StoresView>(`${ADDRESS}/stores`, signal),
  });
}

/** Rows page by page, as they come into sight. */
function usePages<Row>(kind: 'certificates' | 'lists', filters: Filters) {
  const { http } = useConsole();
  const [range, setRange] = useState({ first: 0, last: 0 });
  const onRange = useCallback((first: number, last: number) => {
    const next = { first: Math.floor(first / PAGE), last: Math.floor(last / PAGE) };
    setRange((before) => (before.first === next.first && before.last === next.last ? before : next));
  }, []);
  const pages = [
    ...new Set([0, ...Array.from({ length: range.last - range.first + 1 }, (_, at) => range.first + at)]),
  ];
  const queries = useQueries({
    queries: pages.map((page) => ({
      queryKey: [...WORKSPACE, kind, filters, page],
      queryFn: ({ signal }: { signal: AbortSignal }) => {
        const query = new URLSearchParams({ ...filters, offset: String(page * PAGE), limit: String(PAGE) });
        return http.get<{ total: number; rows: Row[] }>(`${ADDRESS}/${kind}?${query}`, signal);
      },
    })),
  });
  const byPage = new Map(pages.map((page, at) => [page, queries[at]?.data]));
  const [first] = queries;
  const rows: RowSource<Row> = {
    count: byPage.get(0)?.total,
    rowAt: (index) => byPage.get(Math.floor(index / PAGE))?.rows[index % PAGE],
  };
  const failed = queries.find(({ isError }) => isError);
  return {
    rows,
    onRange,
    error: first?.data === undefined ? failed?.error : undefined,
    refetch: () => failed?.refetch(),
  };
}

export const useCertificates = (filters: Filters) =>
  usePages<CertificatesView['rows'][number]>('certificates', filters);
export const useLists = (filters: Filters) => usePages<ListsView['rows'][number]>('lists', filters);

export function useCertificate(sha256: string | undefined) {
  const { http } = useConsole();
  return useQuery({
    queryKey: [...WORKSPACE, 'certificate', sha256],
    queryFn: ({ signal }) => http.get<CertificateView>(`${ADDRESS}/certificates/${sha256}`, signal),
    enabled: sha256 !== undefined,
    retry: false,
  });
}

export function useList(sha256: string | undefined) {
  const { http } = useConsole();
  return useQuery({
    queryKey: [...WORKSPACE, 'list', sha256],
    queryFn: ({ signal }) => http.get<ListItem>(`${ADDRESS}/lists/${sha256}`, signal),
    enabled: sha256 !== undefined,
    retry: false,
  });
}

export function useGroups(filters: Filters, by: string | undefined) {
  const { http } = useConsole();
  return useQuery({
    queryKey: [...WORKSPACE, 'groups', filters, by],
    queryFn: ({ signal }) =>
      http.get<GroupsView>(`${ADDRESS}/groups?${new URLSearchParams({ ...filters, by: by ?? '' })}`, signal),
    enabled: by !== undefined,
  });
}

/** All that are found, also those not in sight. */
export function useFoundKeys() {
  const { http } = useConsole();
  return (filters: Filters) => {
    const { sort: _sort, direction: _direction, ...others } = filters;
    return http.get<KeysView>(`${ADDRESS}/certificates/keys?${new URLSearchParams(others)}`);
  };
}

function useChange<Input, Output>(
  act: (http: ReturnType<typeof useConsole>['http'], input: Input) => Promise<Output>,
) {
  const { http } = useConsole();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => act(http, input),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: WORKSPACE }),
        queryClient.invalidateQueries({ queryKey: ['status'] }),
      ]),
  });
}

export const useRemove = () =>
  useChange((http, sha256s: readonly string[]) =>
    http.send<RemovedView>('POST', `${ADDRESS}/remove`, { body: { sha256s } }),
  );
export const useRestore = () =>
  useChange((http, sha256s: readonly string[]) =>
    http.send<{ restored: number }>('POST', `${ADDRESS}/restore`, { body: { sha256s } }),
  );
export const useMove = () =>
  useChange((http, { sha256, store }: { sha256: string; store: CertificateStore }) =>
    http.send<undefined>('POST', `${ADDRESS}/certificates/${sha256}/move`, { body: { store } }),
  );
export const useTrust = () =>
  useChange(
    (
      http,
      { sha256, act, scope }: { sha256: string; act: 'trust' | 'distrust'; scope: 'own' | 'everybody' },
    ) => http.send<undefined>('POST', `${ADDRESS}/certificates/${sha256}/${act}`, { body: { scope } }),
  );

export function useExport() {
  const { http } = useConsole();
  return useMutation({
    mutationFn: async (input: { readonly sha256s: readonly string[]; readonly format: ExportFormat }) => {
      saveFile(await http.download(`${ADDRESS}/export`, input));
    },
  });
}
