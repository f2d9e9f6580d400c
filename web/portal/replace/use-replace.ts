import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReplacementCodeView } from '../../../src/portal/contract.ts';
import { saveFile } from '../actions.ts';
import { defaultExtension } from '../certificate/file-choice.ts';
import { ownSystem } from '../instructions/own-guide.ts';
import { usePortal } from '../portal-context.tsx';
import { CERTIFICATE, setCertificate } from '../queries.ts';

/** Replaces, then saves the file. Where only the saving fails, the page shows the new certificate and downloads again. */
export function useReplace() {
  const { client, reader, setSavedFile } = usePortal();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (code: string | undefined) => {
      const view = await client.replaceCertificate(code);
      const extension = defaultExtension(ownSystem(reader));
      const file = await client.fetchFile('compatible', extension).catch(() => undefined);
      if (file !== undefined) {
        const name = file.name ?? `certificate.${extension}`;
        saveFile(file.content, name);
        setSavedFile(name);
      }
      setCertificate(queryClient, view);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: CERTIFICATE }),
  });
}

export function useSendCode(onSent: (sent: ReplacementCodeView) => void) {
  const { client } = usePortal();
  return useMutation({ mutationFn: () => client.sendReplacementCode(), onSuccess: onSent });
}
