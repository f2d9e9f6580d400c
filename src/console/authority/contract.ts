import { z } from 'zod';

const instant = z.iso.datetime();

export const issuerView = z.object({
  id: z.string(),
  role: z.enum(['root', 'issuing']),
  /** `retired`: signs no more certificates; its own stay good until they end. */
  status: z.enum(['active', 'retired']),
  subject: z.string(),
  serialNumber: z.string(),
  sha256Fingerprint: z.string(),
  notBefore: instant,
  notAfter: instant,
  /** Whether its private key is in the database. */
  hasKey: z.boolean(),
  /** Certificates of people that are active and not past their end. */
  certificates: z.int(),
  list: z
    .object({ number: z.int(), thisUpdate: instant, nextUpdate: instant, isOverdue: z.boolean() })
    .nullable(),
  listUrl: z.string(),
});

/** What has to be done, and until when. */
export const warning = z.object({
  code: z.enum([
    /** New certificates end with their issuer already, or will soon: `propusk ca rotate`. */
    'issuer-ends-soon',
    'issuer-ended',
    'root-key-here',
    'list-overdue',
    'server-certificate-ends-soon',
    'server-certificate-ended',
    'responder-silent',
  ]),
  subject: z.string(),
  at: instant.nullable(),
});

/** `GET /api/authority` -> issuers, lists, the server's certificate. */
export const authorityView = z.object({
  issuers: z.array(issuerView),
  /** A key waits for its certificate from somebody else's root (`propusk ca install`). */
  requestedAt: instant.nullable(),
  server: z.object({ subject: z.string(), hosts: z.array(z.string()), notAfter: instant }),
  /** Answers about single certificates (OCSP). `none`: not set up on this machine. */
  responder: z.object({ url: z.string().nullable(), state: z.enum(['answers', 'silent', 'none']) }),
  warnings: z.array(warning),
});

export type IssuerView = z.infer<typeof issuerView>;
export type AuthorityView = z.infer<typeof authorityView>;
export type AuthorityWarning = z.infer<typeof warning>;
