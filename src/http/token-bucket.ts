export interface TokenBuckets {
  /** Takes one token of the key's bucket; false when it is empty. */
  take(key: string, nowMs: number): boolean;
}

/**
 * Limits how often something happens per key: `capacity` at once, `refillPerSecond` over time. At most `maxKeys` are
 * remembered; the one that was used longest ago is forgotten first, which gives it a full bucket again.
 */
export function createTokenBuckets(options: {
  readonly capacity: number;
  readonly refillPerSecond: number;
  readonly maxKeys: number;
}): TokenBuckets {
  const { capacity, refillPerSecond, maxKeys } = options;
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return {
    take(key, nowMs) {
      const known = buckets.get(key);
      const bucket = known ?? { tokens: capacity, atMs: nowMs };
      const elapsedSeconds = Math.max(0, nowMs - bucket.atMs) / 1_000;
      bucket.tokens = Math.min(capacity, bucket.tokens + elapsedSeconds * refillPerSecond);
      bucket.atMs = nowMs;
      // A Map keeps the order of insertion: setting the key anew moves it to the end.
      if (known !== undefined) buckets.delete(key);
      buckets.set(key, bucket);
      if (buckets.size > maxKeys) {
        for (const oldest of buckets.keys()) {
          buckets.delete(oldest);
          break;
        }
      }
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
  };
}
