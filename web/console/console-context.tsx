import { createContext, type ReactNode, useContext } from 'react';
import type { ConsoleHttp } from '../api/console-http.ts';
import type { ConsoleSection } from './section.ts';

interface ConsoleContextValue {
  readonly http: ConsoleHttp;
  readonly sections: readonly ConsoleSection[];
}

const ConsoleContext = createContext<ConsoleContextValue | undefined>(undefined);

interface ConsoleProviderProps {
  readonly value: ConsoleContextValue;
  readonly children: ReactNode;
}

export function ConsoleProvider({ value, children }: ConsoleProviderProps) {
  return <ConsoleContext value={value}>{children}</ConsoleContext>;
}

/** The API's client, and what this console is made of. */
export function useConsole(): ConsoleContextValue {
  const value = useContext(ConsoleContext);
  if (value === undefined) throw new TypeError('useConsole() outside ConsoleProvider');
  return value;
}
