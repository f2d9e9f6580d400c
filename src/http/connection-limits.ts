import { prefixOf } from './client-address.ts';

/** How many connections may be open at once from one place. */
export interface ConnectionLimits {
  /** An IPv4 address: a whole office may sit behind one. */
  readonly ipv4: number;
  /** An IPv6 /64: one network, in which each device makes up addresses as it likes. */
  readonly ipv6Network: number;
  /** A /56: what a household or a small office gets (RFC 6177). */
  readonly ipv6Site: number;
  /** A /48: what an organisation gets, so it may have what an office behind one IPv4 address may have. */
  readonly ipv6Organisation: number;
}

/** Of the 10,000 that a listener has altogether. */
export const DEFAULT_CONNECTION_LIMITS: ConnectionLimits = {
  ipv4: 2_000,
  ipv6Network: 500,
  ipv6Site: 1_000,
  ipv6Organisation: 2_000,
};

export interface ConnectionCounter {
  /** Counts a connection; the function is called at its end. Undefined: a limit is reached, and nothing was counted. */
  enter(address: string): (() => void) | undefined;
}

export function createConnectionCounter(limits: ConnectionLimits): ConnectionCounter {
  const counts = new Map<string, number>();
  return {
    enter(address) {
      const places = placesOf(address, limits);
      if (places.some(([place, limit]) => (counts.get(place) ?? 0) >= limit)) return undefined;
      for (const [place] of places) counts.set(place, (counts.get(place) ?? 0) + 1);
      return () => {
        for (const [place] of places) {
          const left = (counts.get(place) ?? 1) - 1;
          if (left > 0) counts.set(place, left);
          else counts.delete(place);
        }
      };
    },
  };
}

function placesOf(address: string, limits: ConnectionLimits): readonly (readonly [string, number])[] {
  if (!address.includes(':')) return [[address, limits.ipv4]];
  return [
    [prefixOf(address, 64), limits.ipv6Network],
    [prefixOf(address, 56), limits.ipv6Site],
    [prefixOf(address, 48), limits.ipv6Organisation],
  ];
}
