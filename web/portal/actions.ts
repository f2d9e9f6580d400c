import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FileFormat } from '../../src/portal/contract.ts';
import type { FileExtension, PortalClient } from '../api/portal-client.ts';
import { type BrowserFamily, browserFamily } from './client/this-client.ts';
import { usePortal } from './portal-context.tsx';
import { CERTIFICATE, setCertificate } from './queries.ts';

/** A page of its own, because the sign-out ends with a walk through every application. */
export function useSignOut() {
  const { client } = usePortal();
  return useMutation({
    mutationFn: () => client.signOut(),
    onSuccess: ({ next }) => location.assign(next),
  });
}

interface DownloadChoice {
  readonly issue: boolean;
  readonly format: FileFormat;
  readonly extension: FileExtension;
}

/** Issues where asked to, then saves the file. The certificate's state is fresh afterwards, also after a failure. */
export function useDownload(onSaved?: () => void) {
  const { client, setSavedFile } = usePortal();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ issue, format, extension }: DownloadChoice) => {
      if (issue) setCertificate(queryClient, await client.issueCertificate());
      const file = await client.fetchFile(format, extension);
      const name = file.name ?? `certificate.${extension}`;
      saveFile(file.content, name);
      return name;
    },
    onSuccess: (name) => {
      setSavedFile(name);
      onSaved?.();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: CERTIFICATE }),
  });
}

/** From memory, so that a refusal of the server is told on the page instead of being saved as a file. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the address after this turn; a minute is more than any of them takes.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export function useSendPassword() {
  const { client } = usePortal();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => client.sendPassword(),
    onSuccess: (view) => setCertificate(queryClient, view),
    onError: () => queryClient.invalidateQueries({ queryKey: CERTIFICATE }),
  });
}

/**
 * Where the browser remembers no choice it asks for this very request, and a person may read for a while: with an end in
 * between it would ask for the navigation once more.
 */
const ALERT_TIMEOUT_MS = 90_000;

/**
 * Makes the browser forget its choice and go to the application. The request at the application's host fails: the gate
 * ends that very connection with a TLS alert, after which a Chromium asks again; unless it has just asked.
 */
export async function makeBrowserAsk(
  client: PortalClient,
  application: string,
  family: BrowserFamily,
): Promise<string> {
  const { url, token, returnUrl } = await client.chooseAgain(application);
  // It forgets nothing by an alert; and where it remembers nothing («once»), it would ask for this request as well as for the
  // navigation (measured with Firefox 153). The refusal has closed its connection already.
  if (family === 'firefox') return returnUrl;
  await fetch(url, {
    method: 'POST',
    mode: 'no-cors',
    // On the connections that navigations use. Without credentials Chromium opens others, and there it took the end under
    // HTTP/1.1 and TLS 1.2 for an empty response and kept the choice (measured with Chromium 156).
    credentials: 'include',
    cache: 'no-store',
    // Fetch standard, "serializing a request origin": with `no-referrer` the Origin would be null.
    referrerPolicy: 'strict-origin',
    headers: { 'Content-Type': 'text/plain' },
    body: token,
    signal: AbortSignal.timeout(ALERT_TIMEOUT_MS),
  }).catch(() => {});
  return returnUrl;
}

export function useChooseAgain() {
  const { client, reader } = usePortal();
  return useMutation({
    mutationFn: (application: string) => makeBrowserAsk(client, application, browserFamily(reader)),
    onSuccess: (returnUrl) => location.assign(returnUrl),
  });
}
