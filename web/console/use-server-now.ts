import { useEffect, useState } from 'react';
import { useConsole } from './console-context.tsx';

/** The server's time, looked at again each `intervalMs` (a minute): "three minutes ago" is wrong by a wrong clock else. */
export function useServerNow(intervalMs = 60_000): Date {
  const { http } = useConsole();
  const [now, setNow] = useState(() => new Date(Date.now() + http.clockOffsetMs()));
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date(Date.now() + http.clockOffsetMs())), intervalMs);
    return () => clearInterval(timer);
  }, [http, intervalMs]);
  return now;
}
