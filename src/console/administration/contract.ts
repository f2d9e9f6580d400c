import { z } from 'zod';

/**
 * The API of the administration, below `/api/administration/`. Who may do what is one table (`GET /roles`); the server
 * asks it at every request. Nothing here yields a file, a private key, or the password of a file.
 */
const instant = z.iso.datetime();
const role = z.enum(['user', 'operator', 'administrator']);

/** `GET /roles` */
export const rolesView = z.object({
  permissions: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      operator: z.enum(['no', 'users', 'all']),
      administrator: z.enum(['no', 'users', 'all']),
    }),
  ),
});

const count = z.coerce.number().int().min(0);
const days = z.coerce.number().int().min(1).max(3_660);

/** `GET /accounts?…`: a window of the list. */
export const accountsQuery = z.object({
  search: z.string().trim().max(200).optional(),
  certificate: z.enum(['none', 'active', 'expired', 'suspended', 'revoked']).optional(),
  expires: days.optional(),
  signedIn: z.literal('never').optional(),
  status: z.enum(['active', 'blocked']).optional(),
  role: role.optional(),
  sort: z.enum(['login', 'created']).default('login'),
  direction: z.enum(['ascending', 'descending']).default('ascending'),
  offset: count.max(10_000_000).default(0),
  limit: count.min(1).max(500).default(100),
});

const certificateBrief = z.object({
  id: z.string(),
  state: z.enum(['active', 'expired', 'superseded', 'suspended', 'revoked']),
  notAfter: instant,
  serialNumber: z.string(),
});

export const accountItem = z.object({
  id: z.string(),
  login: z.string(),
  displayName: z.string(),
  role,
  status: z.enum(['active', 'blocked']),
  signedInAt: instant.nullable(),
  createdAt: instant,
  certificate: certificateBrief.nullable(),
});
export const accountsView = z.object({
  count: z.number(),
  offset: z.number(),
  accounts: z.array(accountItem),
});

/** `GET /accounts/{id}`, with `ETag`. */
export const accountView = accountItem.extend({
  phone: z.string().nullable(),
  email: z.string().nullable(),
  /** none: imported, nobody can sign in yet. first: to be changed at the next sign-in. */
  password: z.enum(['none', 'first', 'own']),
  sessions: z.number(),
  /** Nothing is issued to the number before it; null: it is not held. */
  phoneHeldUntil: instant.nullable(),
  /** What the one who asks may do with it. */
  may: z.object({
    edit: z.boolean(),
    changeRole: z.boolean(),
    block: z.boolean(),
    resetPassword: z.boolean(),
    confirmPhone: z.boolean(),
    revoke: z.boolean(),
    allowDownload: z.boolean(),
  }),
  /** Whether a first password can go by SMS. */
  canSend: z.boolean(),
});

/** `POST /accounts` -> {@link createdView}. */
export const createRequest = z.object({
  login: z.string().min(1).max(256),
  displayName: z.string().max(200),
  phone: z.string().max(40),
  email: z.string().max(254),
  role,
  delivery: z.enum(['shown', 'sms']),
});
/** `password`: shown once; null: it went by SMS. */
export const createdView = z.object({ id: z.string(), login: z.string(), password: z.string().nullable() });

/** `PUT /accounts/{id}` with `If-Match`. Empty: none. */
export const editRequest = z.object({
  displayName: z.string().max(200),
  phone: z.string().max(40),
  email: z.string().max(254),
  role,
});
/** `POST /accounts/{id}/password` with `If-Match` -> {@link createdView}. */
export const resetRequest = z.object({ delivery: z.enum(['shown', 'sms']) });
/*
 * POST /accounts/{id}/block | unblock | confirm-phone with If-Match -> 204
 * POST /accounts/{id}/allow-download -> 204
 * GET  /accounts.csv -> text/csv
 */

/** `POST /import/preview?encoding=…&separator=…`, body: the file as it is. */
export const previewQuery = z.object({
  encoding: z.enum(['auto', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1251']).default('auto'),
  separator: z.enum(['auto', 'comma', 'semicolon', 'tab']).default('auto'),
});
export const importRow = z.object({
  login: z.string().max(256),
  displayName: z.string().max(200),
  phone: z.string().max(40),
  email: z.string().max(254),
});
export const previewView = z.object({
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1251']),
  separator: z.enum(['comma', 'semicolon', 'tab']),
  /** As the file's first line names them. */
  columns: z.array(z.string()),
  total: z.number(),
  ready: z.array(importRow),
  /** The first 500. */
  problems: z.array(
    z.object({
      line: z.number(),
      login: z.string(),
      code: z.enum([
        'login-invalid',
        'phone-invalid',
        'email-invalid',
        'duplicate-in-file',
        'account-exists',
        'columns-missing',
      ]),
    }),
  ),
  problemCount: z.number(),
});
/** `POST /import/rows`: at most 500 at once; what is there already stays as it is. */
export const importRequest = z.object({ rows: z.array(importRow).min(1).max(500) });
export const importView = z.object({
  outcomes: z.array(z.enum(['created', 'exists', 'login-invalid', 'phone-invalid', 'email-invalid'])),
});

/** `GET /certificates?…` */
export const certificatesQuery = z.object({
  search: z.string().trim().max(200).optional(),
  state: z.enum(['active', 'expired', 'superseded', 'suspended', 'revoked']).optional(),
  expires: days.optional(),
  offset: count.max(10_000_000).default(0),
  limit: count.min(1).max(500).default(100),
});
export const certificateItem = certificateBrief.extend({
  accountId: z.string(),
  login: z.string(),
  displayName: z.string(),
  issuedAt: instant,
});
export const certificatesView = z.object({
  count: z.number(),
  offset: z.number(),
  certificates: z.array(certificateItem),
});
/** `GET /certificates/{id}` */
export const certificateView = certificateItem.extend({
  notBefore: instant,
  sha256Fingerprint: z.string(),
  statusChangedAt: instant,
  revocationReason: z.string().nullable(),
  firstPresentedAt: instant.nullable(),
  isCurrent: z.boolean(),
  /** Live sessions of the owner: what is open closes with the certificate. */
  sessions: z.number(),
  /** From the certificate up to the root: subject and end of each. */
  path: z.array(z.object({ subject: z.string(), notAfter: instant, serialNumber: z.string() })),
  may: z.object({ revoke: z.boolean(), allowDownload: z.boolean() }),
});

export const revocationReason = z.enum([
  'keyCompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'privilegeWithdrawn',
]);
const comment = z.string().trim().max(500);
/** `POST /certificates/{id}/revoke` -> 204; `certificateHold` suspends. */
export const revokeRequest = z.object({ reason: revocationReason, comment });
/** `POST /certificates/{id}/resume` -> 204 */
export const resumeRequest = z.object({ comment });
/** `POST /certificates/revoke-many`: at most 50 at once, each by itself. */
export const revokeManyRequest = z.object({
  ids: z.array(z.uuid()).min(1).max(50),
  reason: revocationReason.exclude(['certificateHold']),
  comment,
});
export const revokeManyView = z.object({
  outcomes: z.array(z.object({ id: z.string(), outcome: z.string() })),
});
/** `POST /certificates/preview` -> what {@link revokeManyRequest} would concern. */
export const previewManyRequest = z.object({ ids: z.array(z.uuid()).min(1).max(1_000) });
export const previewManyView = z.object({
  certificates: z.array(certificateItem.extend({ sessions: z.number(), mayRevoke: z.boolean() })),
  sessions: z.number(),
});

/** `POST /password` for everybody: one's own. */
export const passwordRequest = z.object({
  current: z.string().min(1).max(1024),
  wanted: z.string().min(1).max(1024),
});

export type RolesView = z.infer<typeof rolesView>;
export type AccountItem = z.infer<typeof accountItem>;
export type AccountsView = z.infer<typeof accountsView>;
export type AccountView = z.infer<typeof accountView>;
export type CreateRequest = z.infer<typeof createRequest>;
export type CreatedView = z.infer<typeof createdView>;
export type EditRequest = z.infer<typeof editRequest>;
export type ImportRowView = z.infer<typeof importRow>;
export type PreviewView = z.infer<typeof previewView>;
export type ImportView = z.infer<typeof importView>;
export type CertificateItem = z.infer<typeof certificateItem>;
export type CertificatesView = z.infer<typeof certificatesView>;
export type CertificateView = z.infer<typeof certificateView>;
export type RevokeRequest = z.infer<typeof revokeRequest>;
export type PreviewManyView = z.infer<typeof previewManyView>;
export type RevokeManyView = z.infer<typeof revokeManyView>;
