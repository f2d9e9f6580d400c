import { useEffect, useState } from 'react';

/** Counts down in whole seconds. By the clock, so that a sleeping computer does not make the wait longer. */
export function useCountdown(): { readonly seconds: number; readonly start: (seconds: number) => void } {
  const [endsAt, setEndsAt] = useState<number>();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (endsAt === undefined) return undefined;
    const look = () => {
      const left = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000));
      setSeconds(left);
      if (left === 0) setEndsAt(undefined);
    };
    look();
    const timer = setInterval(look, 250);
    return () => clearInterval(timer);
  }, [endsAt]);
  return {
    seconds,
    start: (wait) => {
      setSeconds(wait);
      setEndsAt(Date.now() + wait * 1000);
    },
  };
}
