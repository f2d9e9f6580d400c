import { useEffect, useState } from 'react';
import { usePortal } from './portal-context.tsx';

/** The server's time, looked at again each `intervalMs`; 0 stops the clock. */
export function useServerNow(intervalMs: number): Date {
  const { client } = usePortal();
  const [now, setNow] = useState(() => new Date(Date.now() + client.clockOffsetMs()));
  useEffect(() => {
    const look = () => setNow(new Date(Date.now() + client.clockOffsetMs()));
    look();
    if (intervalMs === 0) return undefined;
    const timer = setInterval(look, intervalMs);
    return () => clearInterval(timer);
  }, [client, intervalMs]);
  return now;
}
