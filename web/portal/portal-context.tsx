import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { PortalClient } from '../api/portal-client.ts';
import type { Client } from './client/detect-client.ts';

interface PortalContextValue {
  readonly client: PortalClient;
  /** What the browser says, or what the reader has said instead. */
  readonly reader: Client;
  readonly setReader: (reader: Client) => void;
  /** The name of the file that this page has saved; undefined before, and after a reload. */
  readonly savedFile: string | undefined;
  readonly setSavedFile: (name: string) => void;
}

const PortalContext = createContext<PortalContextValue | undefined>(undefined);

interface PortalProviderProps {
  readonly client: PortalClient;
  readonly reader: Client;
  readonly children: ReactNode;
}

export function PortalProvider({ client, reader: detected, children }: PortalProviderProps) {
  const [reader, setReader] = useState(detected);
  const [savedFile, setSavedFile] = useState<string>();
  const value = useMemo(
    () => ({ client, reader, setReader, savedFile, setSavedFile }),
    [client, reader, savedFile],
  );
  return <PortalContext value={value}>{children}</PortalContext>;
}

export function usePortal(): PortalContextValue {
  const value = useContext(PortalContext);
  if (value === undefined) throw new TypeError('usePortal() outside PortalProvider');
  return value;
}
