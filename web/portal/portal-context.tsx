import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { PortalClient } from '../api/portal-client.ts';
import type { Client } from './client/detect-client.ts';

interface PortalContextValue {
  readonly client: PortalClient;
  readonly reader: Client;
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

export function PortalProvider({ client, reader, children }: PortalProviderProps) {
  const [savedFile, setSavedFile] = useState<string>();
  const value = useMemo(() => ({ client, reader, savedFile, setSavedFile }), [client, reader, savedFile]);
  return <PortalContext value={value}>{children}</PortalContext>;
}

export function usePortal(): PortalContextValue {
  const value = useContext(PortalContext);
  if (value === undefined) throw new TypeError('usePortal() outside PortalProvider');
  return value;
}
