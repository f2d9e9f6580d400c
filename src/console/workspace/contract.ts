import { z } from 'zod';

const instant = z.iso.datetime();
/** SHA-256 of the DER: 64 hexadecimal digits in lower case. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

export const storeSchema = z.enum(['personal', 'others', 'authorities']);
export const sourceSchema = z.enum(['file', 'paste', 'dss', 'fetched', 'administrator', 'access']);
export const stateSchema = z.enum(['checking', 'valid', 'valid-expires-soon', 'unknown', 'invalid']);
export const anchorSchema = z.enum(['none', 'own', 'everybody', 'own-and-everybody']);
export const sortSchema = z.enum([
  'owner',
  'issuer',
  'organisation',
  'not-before',
  'not-after',
  'added',
  'algorithm',
]);
export const groupBySchema = z.enum(['store', 'owner', 'issuer', 'status', 'organisation', 'algorithm']);
export const exportFormatSchema = z.enum(['der', 'pem', 'chain', 'p7b', 'zip']);

const facts = z.object({
  sha256: z.string(),
  owner: z.string(),
  issuer: z.string(),
  /** To ask for all certificates of this issuer. */
  issuerKey: z.string(),
  /** Empty: none. */
  organisation: z.string(),
  inn: z.string().nullable(),
  innLe: z.string().nullable(),
  snils: z.string().nullable(),
  ogrn: z.string().nullable(),
  email: z.string().nullable(),
  serialNumber: z.string(),
  notBefore: instant,
  notAfter: instant,
  /** `gost-2012-256`, `rsa-2048`, `ec-p-256`, …; an object identifier where there is no name. */
  algorithm: z.string(),
  isCa: z.boolean(),
  isSelfIssued: z.boolean(),
});

export const certificateItem = facts.extend({
  store: storeSchema,
  hasKeyElsewhere: z.boolean(),
  sources: z.array(sourceSchema),
  addedAt: instant,
  state: stateSchema,
  /** Why it is unknown or invalid. */
  reason: z.string().nullable(),
  anchor: anchorSchema,
});

/** `GET /api/workspace/stores` -> how many there are, and how many need attention. */
export const storesView = z.object({
  stores: z.array(
    z.object({
      store: z.enum([...storeSchema.options, 'revocation-lists']),
      count: z.int(),
      problems: z.int(),
    }),
  ),
});

const filters = {
  store: storeSchema.optional(),
  /** Plain text; every word is found, in any order. */
  q: z.string().max(500).optional(),
  state: stateSchema.optional(),
  ends: z.enum(['expired', 'soon', 'later']).optional(),
  source: sourceSchema.optional(),
  issuer: sha256Schema.optional(),
  organisation: z.string().max(600).optional(),
  algorithm: z.string().max(100).optional(),
};
export const certificateFilters = z.object(filters);

/** `GET /api/workspace/certificates?…` */
export const certificatesQuery = z.object({
  ...filters,
  /** Rows of a group stand together, in the order of `GET /api/workspace/groups`. */
  group: groupBySchema.optional(),
  sort: sortSchema.default('owner'),
  direction: z.enum(['ascending', 'descending']).default('ascending'),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export const certificatesView = z.object({ total: z.int(), rows: z.array(certificateItem) });

/** `GET /api/workspace/certificates/keys?…` -> those of all found ones, at most 10,000: for "select all". */
export const keysView = z.object({ sha256s: z.array(z.string()) });

/** `GET /api/workspace/groups?by=…&…` */
export const groupsQuery = z.object({ ...filters, by: groupBySchema });
export const groupsView = z.object({
  groups: z.array(z.object({ value: z.string(), title: z.string(), count: z.int() })),
});

const field = z.object({ type: z.string(), value: z.string() });

/** `GET /api/workspace/certificates/{sha256}` -> everything that the certificate says. */
export const certificateView = certificateItem.extend({
  version: z.int(),
  /** Attributes of the names: object identifier and text. */
  subject: z.array(field),
  issuerName: z.array(field),
  /** Object identifiers. */
  signatureAlgorithm: z.string(),
  keyUsage: z.array(z.string()),
  extendedKeyUsage: z.array(z.string()),
  policies: z.array(z.string()),
  alternativeNames: z.array(z.string()),
  revocationListUrls: z.array(z.string()),
  caIssuersUrls: z.array(z.string()),
  ocspUrls: z.array(z.string()),
  subjectKeyIdentifier: z.string().nullable(),
  authorityKeyIdentifier: z.string().nullable(),
  /** Null: not said; otherwise how many authorities may come below, or `unlimited`. */
  pathLength: z.union([z.int(), z.literal('unlimited')]).nullable(),
  criticalExtensions: z.array(z.string()),
  /** Extensions that have no place above. */
  otherExtensions: z.array(z.object({ type: z.string(), isCritical: z.boolean(), hex: z.string() })),
  pem: z.string(),
  sourceDetails: z.array(z.object({ kind: sourceSchema, detail: z.string(), at: instant })),
  /** The access certificate is not removed here but replaced. */
  mayRemove: z.boolean(),
});

export const listItem = z.object({
  sha256: z.string(),
  issuer: z.string(),
  issuerKey: z.string(),
  /** Decimal digits. */
  number: z.string().nullable(),
  isDelta: z.boolean(),
  thisUpdate: instant,
  nextUpdate: instant.nullable(),
  entryCount: z.int(),
  size: z.int(),
  sources: z.array(sourceSchema),
  addedAt: instant,
});
/** `GET /api/workspace/lists?q&offset&limit` */
export const listsQuery = z.object({
  q: z.string().max(500).optional(),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export const listsView = z.object({ total: z.int(), rows: z.array(listItem) });
/** `GET /api/workspace/lists/{sha256}` -> `listItem`. `GET …/lists/{sha256}/file` -> the list, as a file. */

/** `POST /api/workspace/remove`, `/restore`. */
export const sha256sRequest = z.object({ sha256s: z.array(sha256Schema).min(1).max(10_000) });
export const removedView = z.object({ sha256s: z.array(z.string()) });
export const restoredView = z.object({ restored: z.int() });

/** `POST /api/workspace/export` -> the file. */
export const exportRequest = sha256sRequest.extend({ format: exportFormatSchema });

/** `POST /api/workspace/certificates/{sha256}/move` -> 204 */
export const moveRequest = z.object({ store: storeSchema });
/** `POST /api/workspace/certificates/{sha256}/trust`, `/distrust` -> 204. `everybody`: administrators. */
export const trustRequest = z.object({ scope: z.enum(['own', 'everybody']) });

/** `POST /api/workspace/imports` {} -> an import without files, for 15 minutes. */
export const importStarted = z.object({ id: z.string() });
/** `POST /api/workspace/imports/{id}/files?name=` with the file, at most 64 MB, as `application/octet-stream` -> 204 */
export const fileQuery = z.object({ name: z.string().min(1).max(255) });
/** `POST /api/workspace/imports/{id}/text` -> 204 */
export const textRequest = z.object({ text: z.string().min(1).max(1_000_000) });
/** `POST /api/workspace/imports/{id}/items/{itemId}/password` */
export const passwordRequest = z.object({ password: z.string().max(500) });
export const passwordView = z.object({ outcome: z.enum(['opened', 'wrong']) });

const presence = z.enum(['new', 'here', 'removed']);
const sibling = z.object({ sha256: z.string(), owner: z.string(), notAfter: instant });

/** `GET /api/workspace/imports/{id}` -> what would be saved, where and why. */
export const importView = z.object({
  id: z.string(),
  token: z.string(),
  expiresAt: instant,
  rows: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('certificate'),
        id: z.string(),
        file: z.string(),
        certificate: facts,
        hasKey: z.boolean(),
        store: storeSchema,
        placement: z.enum(['authority', 'from-dss', 'with-key', 'without-key']),
        presence,
        replaces: sibling.nullable(),
        olderThan: sibling.nullable(),
      }),
      z.object({
        kind: z.literal('list'),
        id: z.string(),
        file: z.string(),
        sha256: z.string(),
        issuer: z.string(),
        thisUpdate: instant,
        nextUpdate: instant.nullable(),
        entryCount: z.int(),
        presence,
        age: z.enum(['only', 'newer', 'older']),
      }),
      z.object({ kind: z.literal('locked'), id: z.string(), file: z.string(), tries: z.int() }),
      z.object({
        kind: z.literal('not-importable'),
        id: z.string(),
        file: z.string(),
        what: z.string(),
        detail: z.string().nullable(),
      }),
    ]),
  ),
});

/** `POST /api/workspace/imports/{id}/commit`; `import-changed`: look at the preview again. */
export const commitRequest = z.object({
  token: z.string().max(64),
  chosen: z.array(z.object({ id: z.string().max(20), store: storeSchema.optional() })).max(10_000),
  trusted: z.array(z.string().max(20)).max(1000),
});
export const committedView = z.object({ added: z.int(), alreadyThere: z.int(), trusted: z.int() });

export type CertificateItem = z.infer<typeof certificateItem>;
export type CertificateView = z.infer<typeof certificateView>;
export type CertificatesView = z.infer<typeof certificatesView>;
export type CertificateFacts = z.infer<typeof facts>;
export type StoresView = z.infer<typeof storesView>;
export type ListItem = z.infer<typeof listItem>;
export type ListsView = z.infer<typeof listsView>;
export type GroupsView = z.infer<typeof groupsView>;
export type KeysView = z.infer<typeof keysView>;
export type ImportStarted = z.infer<typeof importStarted>;
export type ImportView = z.infer<typeof importView>;
export type ImportRow = ImportView['rows'][number];
export type CommittedView = z.infer<typeof committedView>;
export type PasswordView = z.infer<typeof passwordView>;
export type RemovedView = z.infer<typeof removedView>;
export type ExportFormat = z.infer<typeof exportFormatSchema>;
export type CertificateStore = z.infer<typeof storeSchema>;
