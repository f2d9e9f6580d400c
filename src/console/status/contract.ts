import { z } from 'zod';
import { REVOCATION_REASONS } from '../../kernel/audit-event.ts';
import { CHECK_REASONS } from '../../workspace/status/reasons.ts';
import { CHECK_STATES } from '../../workspace/stores/ports.ts';

const instant = z.iso.datetime();
const reason = z.enum(CHECK_REASONS);
const state = z.enum(CHECK_STATES);

export const fixView = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['fetch-issuer', 'fetch-list', 'ask-responder']), urls: z.array(z.string()) }),
  z.object({ kind: z.literal('install-anchor'), sha256: z.string() }),
  z.object({ kind: z.enum(['import-issuer', 'import-list', 'ask-issuer', 'recheck', 'replace-access']) }),
]);

const factsView = z.object({
  at: instant.optional(),
  issuer: z.string().optional(),
  algorithm: z.string().optional(),
  revocationReason: z.string().optional(),
  url: z.string().optional(),
  category: z.string().optional(),
  rule: z.string().optional(),
  /** The certificate for signing in: replaced here, not asked for elsewhere. */
  isAccess: z.boolean().optional(),
});

const culpritView = z.object({ sha256: z.string(), name: z.string() });

/** An address that was asked in the background. */
export const addressView = z.object({
  url: z.string(),
  /** `status`: a responder, about one certificate (OCSP). */
  kind: z.enum(['issuer', 'list', 'status']),
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
      /** Null: the certificate is not here any more. */
      notBefore: instant.nullable(),
      notAfter: instant,
      isTrusted: z.boolean(),
      isAuthority: z.boolean(),
      /** `here`: among the person's certificates; `known`: trusted by everybody, and can be kept; `gone`: neither. */
      presence: z.enum(['here', 'known', 'gone']),
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
export const recheckedView = z.object({ count: z.number(), since: instant });

/** `POST /api/status/progress`: how many of these have been checked since then. */
export const progressBody = z.object({
  sha256s: z
    .array(z.string().regex(/^[0-9a-f]{64}$/u))
    .min(1)
    .max(10_000),
  since: instant,
});
export const progressView = z.object({ count: z.number(), done: z.number() });

export const fetchBody = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  kind: z.enum(['issuer', 'list', 'status']),
});

const entryView = z.object({
  serialNumber: z.string(),
  revokedAt: instant,
  /** Null: the authority does not say. */
  reason: z.enum(REVOCATION_REASONS).nullable(),
  /** Where it is not the issuer of the list. */
  issuer: z.string().nullable(),
  /** Of a delta list: it was revoked, and is not any more. */
  isRemoved: z.boolean(),
});

/** `GET /api/status/lists/{sha256}` -> what the list is about, and which of the person's certificates it concerns. */
export const listContentsView = z.object({
  /** The whole name of the issuer (RFC 4514). */
  issuer: z.string(),
  authorityKeyIdentifier: z.string().nullable(),
  /** Of a delta list: the number of the complete list it goes with. */
  baseNumber: z.string().nullable(),
  about: z.enum(['all', 'user-certificates', 'ca-certificates', 'attribute-certificates']),
  isIndirect: z.boolean(),
  concerned: z.object({
    count: z.number(),
    revoked: z.number(),
    /** At most 50 of them, the revoked ones first. */
    certificates: z.array(
      z.object({ sha256: z.string(), owner: z.string(), notAfter: instant, entry: entryView.nullable() }),
    ),
  }),
});

/** `GET /api/status/lists/{sha256}/entries?serial=`: as people copy it. */
export const entriesQuery = z.object({ serial: z.string().trim().min(1).max(300) });
export const entriesView = z.object({
  /** `not-a-number`: that is no serial number. */
  outcome: z.enum(['listed', 'not-listed', 'not-a-number']),
  /** As it was looked for. */
  serialNumber: z.string().nullable(),
  entries: z.array(entryView),
});

export type RecheckedView = z.infer<typeof recheckedView>;
export type ProgressView = z.infer<typeof progressView>;
export type ChainLevelView = StatusView['chain'][number];
export type ListContentsView = z.infer<typeof listContentsView>;
export type EntriesView = z.infer<typeof entriesView>;
export type ListedEntry = z.infer<typeof entryView>;
export type StatusView = z.infer<typeof statusView>;
export type HealthView = z.infer<typeof healthView>;
export type HealthGroup = HealthView['groups'][number];
export type FixView = z.infer<typeof fixView>;
export type ReasonCode = z.infer<typeof reason>;
