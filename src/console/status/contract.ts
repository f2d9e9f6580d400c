import { z } from 'zod';
import { CHECK_REASONS } from '../../workspace/status/reasons.ts';
import { CHECK_STATES } from '../../workspace/stores/ports.ts';

const instant = z.iso.datetime();
const reason = z.enum(CHECK_REASONS);
const state = z.enum(CHECK_STATES);

export const fixView = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['fetch-issuer', 'fetch-list']), urls: z.array(z.string()) }),
  z.object({ kind: z.literal('install-anchor'), sha256: z.string() }),
  z.object({ kind: z.enum(['import-issuer', 'import-list', 'ask-issuer', 'recheck']) }),
]);

const factsView = z.object({
  at: instant.optional(),
  issuer: z.string().optional(),
  algorithm: z.string().optional(),
  revocationReason: z.string().optional(),
  url: z.string().optional(),
  category: z.string().optional(),
  rule: z.string().optional(),
});

const culpritView = z.object({ sha256: z.string(), name: z.string() });

/** An address that was asked in the background. */
export const addressView = z.object({
  url: z.string(),
  kind: z.enum(['issuer', 'list']),
  /** `waiting`: it has not been asked yet, or is being asked. */
  outcome: z.enum(['waiting', 'fetched', 'failed']),
  category: z.string().nullable(),
  lastAt: instant.nullable(),
  nextAt: instant,
  durationMs: z.number().nullable(),
});

export const statusView = z.object({
  sha256: z.string(),
  state,
  reason: reason.nullable(),
  facts: factsView,
  culprit: culpritView.nullable(),
  checkedAt: instant.nullable(),
  chain: z.array(
    z.object({
      sha256: z.string(),
      name: z.string(),
      notAfter: instant,
      isTrusted: z.boolean(),
      state: z.enum(['valid', 'unknown', 'invalid']),
      reason: reason.nullable(),
    }),
  ),
  fixes: z.array(fixView),
  lists: z.array(
    z.object({ issuer: z.string(), sha256: z.string(), thisUpdate: instant, nextUpdate: instant.nullable() }),
  ),
  addresses: z.array(addressView),
  skippedUrls: z.array(z.string()),
});

export const healthView = z.object({
  counts: z.record(state, z.number()),
  /** One cause each, the one that concerns most certificates first. */
  groups: z.array(
    z.object({
      key: z.string(),
      reason,
      culprit: culpritView.nullable(),
      facts: factsView,
      fixes: z.array(fixView),
      count: z.number(),
      /** At most 20 of them. */
      certificates: z.array(z.object({ sha256: z.string(), owner: z.string(), notAfter: instant })),
    }),
  ),
});

export const recheckBody = z.object({
  sha256s: z
    .array(z.string().regex(/^[0-9a-f]{64}$/u))
    .max(10_000)
    .optional(),
});
export const recheckedView = z.object({ count: z.number() });
export const fetchBody = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  kind: z.enum(['issuer', 'list']),
});

export type StatusView = z.infer<typeof statusView>;
export type HealthView = z.infer<typeof healthView>;
export type HealthGroup = HealthView['groups'][number];
export type FixView = z.infer<typeof fixView>;
export type ReasonCode = z.infer<typeof reason>;
