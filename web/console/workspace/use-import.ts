import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type {
  CertificateStore,
  CommittedView,
  ImportStarted,
  ImportView,
  PasswordView,
} from '../../../src/console/workspace/contract.ts';
import { problemCode } from '../../api/problem.ts';
import { useConsole } from '../console-context.tsx';
import { WORKSPACE } from './workspace-api.ts';

const ADDRESS = '/api/workspace/imports';
const MAX_BYTES = 64 * 1024 * 1024;

export interface UploadFault {
  readonly name: string;
  readonly code: string;
}

/** One import, from its first file to saving or leaving. */
export function useImport() {
  const { http } = useConsole();
  const queryClient = useQueryClient();
  const started = useRef<Promise<string>>(undefined);
  const [id, setId] = useState<string>();
  const [reading, setReading] = useState<string>();
  const [faults, setFaults] = useState<readonly UploadFault[]>([]);
  const key = ['import', id] as const;
  const preview = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => http.get<ImportView>(`${ADDRESS}/${id}`, signal),
    enabled: id !== undefined,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const begin = () => {
    started.current ??= http.send<ImportStarted>('POST', ADDRESS).then((answer) => {
      setId(answer.id);
      return answer.id;
    });
    return started.current;
  };
  const add = async (name: string, send: (address: string) => Promise<unknown>) => {
    setReading(name);
    try {
      await send(`${ADDRESS}/${await begin()}`);
    } catch (error) {
      const code = problemCode(error);
      setFaults((before) => [...before, { name, code }]);
      if (id === undefined && code !== 'request-too-large') started.current = undefined;
    }
  };
  const refresh = async () => {
    setReading(undefined);
    // A first answer that is still on its way may have been read before the file: it would be waited for, and kept.
    await queryClient.cancelQueries({ queryKey: ['import'] });
    await queryClient.invalidateQueries({ queryKey: ['import'] });
  };

  return {
    preview,
    reading,
    faults,
    addFiles: async (files: readonly File[]) => {
      setFaults([]);
      for (const file of files) {
        if (file.size > MAX_BYTES) {
          setFaults((before) => [...before, { name: file.name, code: 'request-too-large' }]);
          continue;
        }
        const name = encodeURIComponent(file.name.slice(-200));
        await add(file.name, (address) => http.upload(`${address}/files?name=${name}`, file));
      }
      await refresh();
    },
    addText: async (text: string) => {
      setFaults([]);
      await add('…', (address) => http.send<undefined>('POST', `${address}/text`, { body: { text } }));
      await refresh();
    },
    unlock: useMutation({
      mutationFn: ({ itemId, password }: { readonly itemId: string; readonly password: string }) =>
        http.send<PasswordView>('POST', `${ADDRESS}/${id}/items/${itemId}/password`, { body: { password } }),
      onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
    }),
    commit: useMutation({
      mutationFn: (body: {
        readonly token: string;
        readonly chosen: readonly { readonly id: string; readonly store?: CertificateStore }[];
        readonly trusted: readonly string[];
      }) => http.send<CommittedView>('POST', `${ADDRESS}/${id}/commit`, { body }),
      onSuccess: () => queryClient.invalidateQueries({ queryKey: WORKSPACE }),
      onError: () => queryClient.invalidateQueries({ queryKey: key }),
    }),
    discard: async () => {
      if (id !== undefined) await http.send<undefined>('DELETE', `${ADDRESS}/${id}`).catch(() => {});
    },
  };
}
